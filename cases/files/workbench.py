"""Where strangers' bytes are opened: a process of its own, without Django, with little time, memory and room.

    python -m cases.files.workbench <limits as JSON> <file> <where a picture is drawn anew>

It answers with one line of JSON. A bomb ends this process and nothing else: `admitting` starts it and reads the line.
"""

import json
import resource
import sys

from cases.files.verdict import JPEG, PDF, PNG, Held, Refused, Verdict

SIGNATURES = {b"%PDF-": PDF, b"\xff\xd8\xff": JPEG, b"\x89PNG\r\n\x1a\n": PNG}
# What people are likeliest to add besides, told from its first bytes, with what to do instead.
OTHERS = {
    b"PK\x03\x04": "a Word, OpenDocument or Excel document, or a ZIP archive. Save each document as PDF, and add that",
    b"PK\x05\x06": "an empty ZIP archive. Add the documents themselves, as PDF",
    b"\xd0\xcf\x11\xe0": "an older Word, Excel or Outlook document. Save it as PDF, and add that",
    b"{\\rtf": "a Rich Text document. Save it as PDF, and add that",
    b"GIF8": "a GIF picture. Save it as JPEG or PNG, and add that",
    b"RIFF": "a WebP picture, sound or film. Save a picture as JPEG or PNG, and add that",
    b"II*\0": "a TIFF picture. Save it as PDF, and add that",
    b"MM\0*": "a TIFF picture. Save it as PDF, and add that",
    b"MZ": "a program. Programs are never taken",
    b"\x7fELF": "a program. Programs are never taken",
}
ANY_OTHER = (
    "neither a PDF nor a JPEG or PNG picture, whatever its name says. Save it as one of these, and add that"
)
HEIC = "a HEIC photograph. Save or send it as JPEG, and add that"


def judge(path, new_path, most_pixels):
    """What is found about one file. Nothing here says yes but to a kind that is known to the last."""
    try:
        kind = kind_of(path)
        if kind == PDF:
            from cases.files import documents

            return documents.check(path)
        from cases.files import pictures

        return pictures.remake(path, new_path, kind, most_pixels=most_pixels)
    except Held as held:
        return Verdict("held", PDF, str(held))
    except Refused as refused:
        return Verdict("refused", because=str(refused))


def kind_of(path):
    """By its first bytes, never by its name."""
    with open(path, "rb") as opened:
        begins = opened.read(16)
    for signature, kind in SIGNATURES.items():
        if begins.startswith(signature):
            return kind
    if begins[4:8] == b"ftyp" and begins[8:11] in (b"hei", b"hev", b"mif", b"msf"):
        raise Refused(f"This is {HEIC}.")
    what = next((words for signature, words in OTHERS.items() if begins.startswith(signature)), ANY_OTHER)
    raise Refused(f"This is {what}.")


def confine(seconds, memory, room):
    """From here on a bomb finds no memory, no time, no disk, and nothing to start."""
    for what, most in (
        (resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_FSIZE, room),
        (resource.RLIMIT_CORE, 0), (resource.RLIMIT_NOFILE, 64),
    ):  # fmt: skip
        resource.setrlimit(what, (most, most))


def main(given, path, new_path):
    limits = json.loads(given)
    confine(limits["seconds"], limits["memory"], limits["room"])
    verdict = judge(path, new_path, limits["pixels"])
    sys.stdout.write(json.dumps(verdict.as_dict()) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
