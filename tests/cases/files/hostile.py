"""Everything somebody might send who means harm: the name it comes under, the bytes, what becomes of it, and why."""

from functools import cache

from tests.cases.files import hostile_pdfs, hostile_pictures
from tests.cases.files.making import EICAR, HTML, MEGABYTE, zipped

LAUGHS = b"".join(b'<!ENTITY l%d "%s">' % (number, b"&l%d;" % (number - 1) * 10) for number in range(1, 10))
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg">%s</svg>'
BILLION = (
    b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY l0 "ha">' + LAUGHS + b"]><svg><text>&l9;</text></svg>"
)


@cache
def every():
    """Every one of them, an address in them where the address of a listener goes."""
    return [*hostile_pdfs.held(), *hostile_pdfs.refused(), *hostile_pictures.every(), *_others()]


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
