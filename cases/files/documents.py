"""A PDF is paper, or somebody looks at it first: nothing in it may act, reach outside, carry files or unpack for ever.

Every object is looked at, wherever it hides, as qpdf reads it: in streams of objects, under names written with `#`,
in parts no page shows. What is found is held for a person; what cannot be read, or is a trap, is refused.
"""

import re
from pathlib import Path

import pikepdf

from cases.files.verdict import PDF, Held, Refused, admitted

SCRIPT, STARTS, OUTSIDE = "a script", "an act that starts by itself", "something outside it"
INSIDE, FORM, MOVES = "files inside it", "a form that works by itself", "sound, film or models"
KEYS = {
    "/JS": SCRIPT, "/JavaScript": SCRIPT, "/AA": STARTS, "/XFA": FORM, "/EmbeddedFiles": INSIDE, "/EF": INSIDE,
    "/EmbeddedFile": INSIDE, "/AF": INSIDE, "/Collection": INSIDE, "/RichMediaContent": MOVES,
}  # fmt: skip
ACTS = {
    "/JavaScript": SCRIPT, "/Launch": "a program to start", "/SubmitForm": OUTSIDE, "/ImportData": OUTSIDE,
    "/GoToR": OUTSIDE, "/GoToE": INSIDE, "/Rendition": MOVES, "/Movie": MOVES, "/Sound": MOVES,
    "/RichMediaExecute": MOVES, "/GoTo3DView": MOVES,
}  # fmt: skip
KINDS = {
    "/FileAttachment": INSIDE, "/EmbeddedFile": INSIDE, "/RichMedia": MOVES, "/Screen": MOVES, "/Movie": MOVES,
    "/Sound": MOVES, "/3D": MOVES,
}  # fmt: skip
# Also where a reader that mends what is broken might find them: an older revision, or what no table lists.
LEFT_OVER = {
    b"/JavaScript": SCRIPT, b"/Launch": ACTS["/Launch"], b"/EmbeddedFile": INSIDE, b"/RichMedia": MOVES, b"/XFA": FORM,
}  # fmt: skip
# A link that is pressed leads to a page or a mailbox; any other kind of address is not a link.
LINKS = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)
PICTURE_FILTERS = {"/DCTDecode", "/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode"}
# In the dictionary of a stream, its bytes or its picture stand in another file.
REACHES = {"/F", "/Ref", "/OPI"}
MOST_OBJECTS, MOST_PAGES = 200_000, 2_000
MOST_UNPACKED = 64 * 1024 * 1024
MOST_PIXELS = 200_000_000
SMALL = 4_000_000

ENCRYPTED = "The PDF is locked with a password or rights, so it cannot be looked at. Save it without, and add the new one."
DAMAGED = "The PDF is damaged or not quite a PDF. Print it to a new PDF, look whether it is all there, and add the new one."
TOO_LARGE = "The PDF unpacks to more than a paper ever does. Print it to a new PDF, and add the new one."


def check(path):
    """Admitted as it came; else raises `Held` or `Refused` with a sentence."""
    try:
        with pikepdf.open(path, attempt_recovery=False, suppress_warnings=True) as pdf:
            found = _look(pdf, Path(path).read_bytes())
    except pikepdf.PasswordError as locked:
        raise Refused(ENCRYPTED) from locked
    except (
        pikepdf.PdfError,
        pikepdf.DataDecodingError,
        ValueError,
        RuntimeError,
        KeyError,
        TypeError,
    ) as fault:
        raise Refused(DAMAGED) from fault
    if found:
        things = ", ".join(sorted(found))
        raise Held(f"The PDF holds more than paper does: {things}.")
    return admitted(PDF)


def _look(pdf, raw):
    if pdf.is_encrypted:
        raise Refused(ENCRYPTED)
    if len(pdf.objects) > MOST_OBJECTS or len(pdf.pages) > MOST_PAGES:
        raise Refused(
            f"The PDF has more than {MOST_PAGES:,} pages, or is far too intricate. Add it in parts."
        )
    if not len(pdf.pages):
        raise Refused(DAMAGED)
    found = set(_in_catalog(pdf.Root)) | set(_left_over(raw))
    for thing in pdf.objects:
        found.update(_in(thing))
    if pdf.get_warnings():
        found.add("something out of order")
    return found


def _in_catalog(root):
    """What happens as it is opened: turning to a page is all that may."""
    opens = root.get("/OpenAction")
    is_dictionary = isinstance(opens, pikepdf.Dictionary)
    if is_dictionary and (opens.get("/S") != "/GoTo" or "/Next" in opens):
        yield STARTS


def _left_over(raw):
    yield from (what for written, what in LEFT_OVER.items() if written in raw)
    if raw[raw.rfind(b"%%EOF") :].removeprefix(b"%%EOF").strip(b"\0\r\n\t "):
        yield "something behind its end"


def _in(thing):
    """Everything an object holds directly; what it only points to is an object of its own."""
    waiting = [thing]
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Stream):
            _check_stream(one)
            if REACHES & set(one.keys()):
                yield OUTSIDE
        if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            yield from _in_dictionary(one)
            waiting += [value for value in dict(one.items()).values() if _is_direct(value)]
        elif isinstance(one, pikepdf.Array):
            waiting += [value for value in one if _is_direct(value)]


def _is_direct(value):
    return isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect


def _in_dictionary(one):
    yield from (what for key, what in KEYS.items() if key in one)
    act, kind = one.get("/S"), one.get("/Subtype")
    yield from _named(act, ACTS)
    yield from _named(kind, KINDS)
    yield from _named(one.get("/Type"), {"/EmbeddedFile": INSIDE})
    if isinstance(act, pikepdf.Name) and act == "/URI" and not LINKS.match(str(one.get("/URI", ""))):
        yield OUTSIDE


def _named(name, meanings):
    if isinstance(name, pikepdf.Name) and str(name) in meanings:
        yield meanings[str(name)]


def _check_stream(stream):
    """How large it is once unpacked. A large picture is as large as it says, and is unpacked by nobody here."""
    filters = stream.get("/Filter", [])
    filters = [str(filters)] if isinstance(filters, pikepdf.Name) else [str(each) for each in filters]
    if stream.get("/Subtype") == "/Image":
        pixels = int(stream.get("/Width", 0)) * int(stream.get("/Height", 0))
        if pixels > MOST_PIXELS:
            raise Refused(TOO_LARGE)
        if PICTURE_FILTERS & set(filters):
            return
        if len(filters) > 1 or (pixels < SMALL and _unpacked(stream) > MOST_UNPACKED):
            raise Refused(TOO_LARGE)
    elif not PICTURE_FILTERS & set(filters) and _unpacked(stream) > MOST_UNPACKED:
        raise Refused(TOO_LARGE)


def _unpacked(stream):
    try:
        return len(stream.read_bytes())
    except MemoryError as full:
        raise Refused(TOO_LARGE) from full
    except pikepdf.DataDecodingError as fault:
        raise Refused(TOO_LARGE if "bad_alloc" in str(fault) else DAMAGED) from fault
