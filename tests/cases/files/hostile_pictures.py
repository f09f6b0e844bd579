"""Pictures that say more than they show, are larger than they look, or are damaged."""

import io

from PIL import Image, PngImagePlugin

from tests.cases.files.making import HTML, MEGABYTE, chunk, picture, png, zeros, zipped


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


def every():
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
