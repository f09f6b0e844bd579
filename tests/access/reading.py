"""What a page says when it is read as a browser reads it: its forms and their inputs, its links, and what could run."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urljoin, urlsplit

VOID = {"input", "br", "img", "meta", "link", "hr", "source", "path", "use"}
ADDRESSES = {"href", "src", "action", "formaction", "data", "poster", "hx-get", "hx-post"}
MAY_RUN = ("javascript:", "vbscript:", "data:text")
SHUT = "\t\n\r\x0c "


@dataclass
class Input:
    name: str
    kind: str
    values: list = field(default_factory=list)
    choices: list = field(default_factory=list)


@dataclass
class Form:
    action: str
    method: str
    is_multipart: bool
    inputs: dict = field(default_factory=dict)

    def untouched(self):
        """What pressing the button would send, where nothing was typed that the page does not hold already."""
        return {name: sent for name, one in self.inputs.items() if (sent := _answer(one))}


def _answer(one):
    if one.kind in ("file", "button"):
        return one.values[:1]
    if one.kind in ("radio", "select", "checkbox"):
        return one.values or [choice for choice in one.choices if choice][:1]
    if any(one.values):
        return one.values
    for ending, part in (("_day", "10"), ("_month", "12"), ("_year", "2025")):
        if one.name.endswith(ending):
            return [part]
    return {
        "hidden": one.values,
        "number": ["2"],
        "email": ["somebody@example.org"],
        "tel": ["01632 960999"],
    }.get(one.kind, ["Something was typed."])


class Page(HTMLParser):
    """`typed` holds what is in the inputs by name; `could_run` what no page of ours should have."""

    def __init__(self, text, url):
        super().__init__(convert_charrefs=True)
        self.url, self.forms, self.links, self.typed = url, [], [], {}
        self.elements, self.attributes, self.could_run, self.scripts = set(), set(), [], []
        self.is_refused = "govuk-error-summary" in text
        self._form = self._textarea = self._select = None
        self._in_script = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self._look_for_what_runs(tag, given)
        if tag == "a":
            self.links.append(given.get("href", ""))
        elif tag == "form":
            action = urljoin(self.url, given.get("action") or self.url)
            is_multipart = "multipart" in given.get("enctype", "")
            self._form = Form(action, given.get("method", "get").lower(), is_multipart)
            self.forms.append(self._form)
        elif tag in ("input", "select", "textarea", "button") and given.get("name"):
            self._has(tag, given)
        elif tag == "option" and self._select is not None:
            self._select.choices.append(given.get("value", ""))
            if "selected" in given:
                self._select.values.append(given.get("value", ""))

    def _look_for_what_runs(self, tag, given):
        self._in_script = tag == "script"
        is_ours = given.get("nonce") or given.get("src", "").startswith("/static/")
        if tag == "script" and not is_ours and given.get("type") != "application/json":
            self.could_run.append(f"script {given}")
        for name, value in given.items():
            if name.startswith("on"):
                self.could_run.append(f"{tag} {name}={value[:40]!r}")
            address = "".join(sign for sign in value if sign > " ").lower()
            if name in ADDRESSES and address.startswith(MAY_RUN):
                self.could_run.append(f"{tag} {name}={value[:40]!r}")
            if name in ADDRESSES and "//bad7" in address.replace("\\", "/")[:20]:
                self.could_run.append(f"{tag} {name}={value[:40]!r} leads elsewhere")

    def _has(self, tag, given):
        name = given["name"]
        kind = given.get("type", "text") if tag == "input" else tag
        if kind in ("submit", "image"):
            kind = "button"
        one = Input(name, kind)
        if self._form is not None:
            one = self._form.inputs.setdefault(name, one)
        value = given.get("value", "on" if kind in ("checkbox", "radio") else "")
        if kind in ("checkbox", "radio"):
            one.choices.append(value)
            if "checked" in given:
                one.values.append(value)
        elif tag == "select":
            self._select = one
        elif tag == "textarea":
            self._textarea = (one, [])
        else:
            one.values.append(value)
            self.typed.setdefault(name, []).append(value)

    def handle_data(self, data):
        if self._in_script:
            self.scripts.append(data)
        elif self._textarea:
            self._textarea[1].append(data)

    def handle_endtag(self, tag):
        self._in_script = False
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea" and self._textarea:
            one, parts = self._textarea
            text = "".join(parts)
            one.values.append(text.removeprefix("\n"))
            self.typed.setdefault(one.name, []).append(one.values[-1])
            self._textarea = None

    def asked(self):
        """Address and names of whatever its links ask with."""
        for link in self.links:
            parts = urlsplit(urljoin(self.url, link))
            if parts.query and not parts.netloc:
                yield parts.path, {name for name, _ in parse_qsl(parts.query)}
