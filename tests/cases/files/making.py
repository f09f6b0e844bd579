"""Files made in code, and what they are made of: a PDF, a picture, an archive, and much of nothing."""

import io
import struct
import zipfile
import zlib
from functools import cache

import pikepdf
from PIL import Image

# The signature every scanner knows, put together here so that no scanner stops at this file.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"
# As long as the address of any listener is: a PDF's table counts bytes.
BEACON = b"http://127.0.0.1:55555/"
HTML = b"<!doctype html><img src='http://127.0.0.1:55555/'><script>fetch('http://127.0.0.1:55555/')</script>"
MEGABYTE = 1024 * 1024


def pdf(change=None, **how):
    """One blank page, and whatever `change` does to it. The same bytes each time."""
    document = pikepdf.new()
    document.add_blank_page(page_size=(595, 842))
    if change:
        change(document)
    written = io.BytesIO()
    if "encryption" not in how:
        as_it_is = {"compress_streams": False, "stream_decode_level": pikepdf.StreamDecodeLevel.none}
        how |= as_it_is | {"deterministic_id": True}
    document.save(written, **how)
    return written.getvalue()


def picture(kind="JPEG", size=(40, 30), **how):
    written = io.BytesIO()
    Image.new("RGB", size, "teal").save(written, kind, **how)
    return written.getvalue()


def zipped(**entries):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return written.getvalue()


def chunk(kind, content):
    return struct.pack("!L", len(content)) + kind + content + struct.pack("!L", zlib.crc32(kind + content))


def png(width, height, *between, rows=b""):
    header = struct.pack("!LLBBBBB", width, height, 8, 0, 0, 0, 0)
    body = [chunk(b"IHDR", header), *between, chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(body)


@cache
def zeros(megabytes):
    """So many megabytes of nothing, packed: one packed megabyte, repeated."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    one = packer.compress(bytes(MEGABYTE)) + packer.flush(zlib.Z_FULL_FLUSH)
    ends = struct.pack("!L", (megabytes * MEGABYTE % 65_521) << 16 | 1)
    return b"\x78\xda" + one * megabytes + b"\x03\0" + ends
