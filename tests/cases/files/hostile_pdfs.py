"""PDFs that do more than paper does, which are held, and those nobody could open, which are refused."""

import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from tests.cases.files.making import EICAR, HTML, pdf, zeros, zipped

SCRIPT = "app.launchURL('http://127.0.0.1:55555/')"


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


# --- The name each comes under, the bytes, what becomes of it, and a word of why ----------------------------------


def held():
    script_in_a_stream = pdf(named_script, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    files = {
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
    return [(f"{name}.pdf", content, "held", "more than paper does") for name, content in files.items()]


def refused():
    whole = pdf()
    locked = {"owner": "x", "user": "y"}
    files = {
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
    return [(f"{name}.pdf", content, "refused", why) for name, (content, why) in files.items()]
