"""How what nobody means to send travels: the bytes are made here, because no client of good manners would make them."""

import re
from urllib.parse import quote_from_bytes

LIMIT = "x7Boundary7x"
FORM = "application/x-www-form-urlencoded"
MULTIPART = f"multipart/form-data; boundary={LIMIT}"


def as_bytes(value):
    """Also half a surrogate pair, which is no Unicode."""
    return value.encode("utf-8", "surrogatepass")


def quoted(value, safe=""):
    return quote_from_bytes(as_bytes(value), safe=safe)


def as_form(fields):
    """Names and lists of values as a form sends them."""
    pairs = [(name, value) for name, values in fields.items() for value in values]
    return "&".join(f"{quoted(name)}={quoted(value)}" for name, value in pairs).encode(), FORM


def as_multipart(fields, files=()):
    """The same with files: (field, name, content). A name is escaped as browsers do."""
    parts = [
        b'--%b\r\nContent-Disposition: form-data; name="%b"\r\n\r\n%b\r\n'
        % (LIMIT.encode(), _in_a_header(name), as_bytes(value))
        for name, values in fields.items()
        for value in values
    ]
    parts += [
        b'--%b\r\nContent-Disposition: form-data; name="%b"; filename="%b"\r\nContent-Type: text/plain\r\n\r\n%b\r\n'
        % (LIMIT.encode(), _in_a_header(field), _in_a_header(name), content)
        for field, name, content in files
    ]
    return b"".join(parts) + b"--%b--\r\n" % LIMIT.encode(), MULTIPART


def _in_a_header(text):
    return as_bytes(text).replace(b'"', b"%22").replace(b"\r", b"%0D").replace(b"\n", b"%0A")


def _numbered(fields):
    """What has a number in its name once more, with numbers that no row has."""
    numbered = [name for name in fields if re.search(r"\d", name)]
    absurd = ("9" * 5_000, "99999999999999999999", "-1", "0", "٣", "²", "", "x")
    return {re.sub(r"\d+", number, name): fields[name] for name in numbered for number in absurd}


def bodies(fields, name):
    """Bodies that are wrong as a whole, by what is wrong; `name` is the field that is tried."""
    good, kind = as_form(fields)
    parts, multipart = as_multipart(fields)
    file = [(name, "a.txt", b"text")]
    without = {other: values for other, values in fields.items() if other != name}
    twice = {**fields, name: ["one", "two", "", "\0"]}
    return {
        "nothing at all": (b"", FORM),
        "the field is missing": as_form(without),
        "the field is empty": as_form({**without, name: [""]}),
        "the field comes four times": as_form(twice),
        "the field comes as a list of PHP's": as_form(
            {**without, f"{name}[]": ["a"], f"{name}[a][b]": ["b"]}
        ),
        "the field comes with an index": as_form({**without, f"{name}.0": ["a"], f"{name}__in": ["b"]}),
        "the numbers in names are absurd": as_form({**fields, **_numbered(fields)}),
        "the name is in another case": as_form({**without, name.upper(): ["a"]}),
        "a file instead of text": as_multipart(without, file),
        "a file and text": as_multipart(fields, file),
        "a file without a name": as_multipart(without, [(name, "", b"\0\xff")]),
        "JSON": (b'{"%b": "a"}' % name.encode(), "application/json"),
        "JSON that is a form": (good, "application/json"),
        "XML": (b'<?xml version="1.0"?><a/>', "text/xml"),
        "plain text": (good, "text/plain"),
        "no content type": (good, ""),
        "nonsense for a content type": (good, "\x7f/\xff; =;;"),
        "another character set": (good, f"{FORM}; charset=utf-7"),
        "a character set nobody knows": (parts, f"{multipart}; charset=bad7"),
        "a character set of two bytes": (parts, f"{multipart}; charset=utf-16"),
        "multipart without a boundary": (parts, "multipart/form-data"),
        "multipart with another boundary": (parts, "multipart/form-data; boundary=other"),
        "multipart with a boundary that is none": (parts, "multipart/form-data; boundary=\xff\xff"),
        "multipart cut off": (parts[: len(parts) // 2], multipart),
        "multipart with a header of ten thousand letters": (
            b'--%b\r\nX: %b\r\nContent-Disposition: form-data; name="%b"\r\n\r\na\r\n--%b--\r\n'
            % (LIMIT.encode(), b"x" * 10_000, name.encode(), LIMIT.encode()),
            multipart,
        ),
        "multipart in base64 that is none": (
            b'--%b\r\nContent-Disposition: form-data; name="%b"\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!\r\n--%b--\r\n'
            % (LIMIT.encode(), name.encode(), LIMIT.encode()),
            multipart,
        ),
        "a name that is no Unicode": (good + b"&%ff%fe=1&%ED%A0%80=1&\xff=\xfe", kind),
        "a name with a line's end": (good + b"&a%0d%0aX-Bad7:%201=1&%00=%00", kind),
        "half an escape": (good + b"&" + name.encode() + b"=%&%=%z", kind),
        "three thousand fields": (good + b"".join(b"&f%d=1" % number for number in range(3_000)), kind),
        "three megabytes": (good + b"&bad7=" + b"x" * 3_000_000, kind),
    }
