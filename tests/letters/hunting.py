"""What is looked for in a printed letter, and the trap that is set while it is printed."""

import html
import re
import sys
import time
from io import BytesIO

import pikepdf
from lxml import html as parsed

from cases.files import documents
from letters.wording import ELEMENTS

SECONDS, LARGEST = 20, 500_000
ACTS = {
    "/JS", "/JavaScript", "/AA", "/OpenAction", "/A", "/URI", "/Launch", "/EmbeddedFiles", "/EF", "/AF", "/XFA", "/AcroForm",
    "/RichMediaContent", "/Collection",
}  # fmt: skip
OUR_OWN = {"html", "head", "meta", "title", "body", "article", "header", "footer", "div", *ELEMENTS}
OUR_ATTRIBUTES = {"class", "lang", "charset", "name", "content"}


class Trap:
    """What this process opens, connects to and starts while it is set."""

    def __init__(self):
        self.is_set, self.caught, self.secret = False, [], ""

    def __call__(self, event, arguments):
        if not self.is_set:
            return
        if event in ("socket.connect", "subprocess.Popen", "os.system", "os.exec", "urllib.Request"):
            self.caught.append((event, str(arguments[:2])))
        elif event == "open" and str(arguments[0]) in (self.secret, "/etc/passwd"):
            self.caught.append((event, str(arguments[0])))


TRAP = Trap()
sys.addaudithook(TRAP)


def printed(make):
    """What is made, with the trap set, in the time it may take."""
    began, TRAP.is_set = time.monotonic(), True
    try:
        made = make()
    finally:
        TRAP.is_set = False
    assert time.monotonic() - began < SECONDS
    return made


def faults(content, hunted, tmp_path):
    """What is wrong with a printed letter, a line each."""
    yield from (f"caught: {one}" for one in TRAP.caught)
    yield from (f"fetched: {one}" for one in hunted.visits)
    if len(content) > LARGEST:
        yield f"{len(content):,} bytes"
    with pikepdf.open(BytesIO(content)) as document:
        for thing in document.objects:
            if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream) and (acts := ACTS & set(thing.keys())):
                yield f"acts: {acts}"
        if len(document.attachments):
            yield "carries files"
        shown = b"".join(page.Contents.read_bytes() for page in document.pages)
        if b"secret in the file" in content + shown:
            yield "tells the secret"
    (tmp_path / "letter.pdf").write_bytes(content)
    try:
        documents.check(tmp_path / "letter.pdf")
    except (documents.Held, documents.Refused) as found:
        yield f"would not be taken as an upload: {found}"


def foreign(page):
    """Elements and attributes of a page that no sheet and no wording of ours has."""
    for element in parsed.document_fromstring(page).iter():
        if not isinstance(element.tag, str) or element.tag not in OUR_OWN:
            yield str(element.tag)
        yield from set(element.attrib) - OUR_ATTRIBUTES


def said(page):
    """The words of a page, as a reader has them."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


def as_read(words):
    return " ".join(words.split())
