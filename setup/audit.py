"""Compares what is locked with known advisories: `ADVISORIES=folder-or-zip make check-advisories`.

The advisories are files in the OSV format (osv.dev publishes them as one zip for each ecosystem); nothing is fetched
from here. Ends with 1 when something locked is affected or a file cannot be read, and says aloud when nobody gave it
any advisories.
"""

import json
import os
import re
import sys
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

ROOT = Path(__file__).resolve().parent.parent
PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)")


def locked(root):
    """Every package that is locked, with its version and the file that says so."""
    for path in sorted(root.glob("requirements*.txt")):
        for line in path.read_text().splitlines():
            if found := PINNED.match(line):
                yield ("PyPI", canonicalize_name(found[1])), found[2], path.name
    lock = root / "package-lock.json"
    if lock.exists():
        for place, package in json.loads(lock.read_text())["packages"].items():
            if place:
                name = package.get("name") or place.rpartition("node_modules/")[2]
                yield ("npm", name), package["version"], lock.name


def advisories(source):
    """Every advisory of a folder or a zip, those that were withdrawn left out."""
    for text in _texts(Path(source)):
        advisory = json.loads(text)
        if not advisory.get("withdrawn"):
            yield advisory


def _texts(source):
    if source.is_dir():
        yield from (path.read_text(encoding="utf-8") for path in sorted(source.rglob("*.json")))
        return
    with ZipFile(source) as packed:
        for name in packed.namelist():
            if name.endswith(".json"):
                yield packed.read(name).decode()


def hits(packages, known):
    """A line for each locked package that an advisory is about."""
    versions = {}
    for name, version, file in packages:
        versions.setdefault(name, set()).add((version, file))
    for advisory in known:
        for affected in advisory.get("affected", []):
            for version, file in sorted(versions.get(_name(affected.get("package", {})), ())):
                if is_affected(version, affected):
                    name = affected["package"]["name"]
                    yield f"{advisory['id']}: {name} {version} ({file}). {advisory.get('summary', '')}".rstrip()


def _name(package):
    ecosystem, name = package.get("ecosystem", ""), package.get("name", "")
    return (ecosystem, canonicalize_name(name) if ecosystem == "PyPI" else name)


def is_affected(version, affected):
    if version in affected.get("versions", []):
        return True
    ranges = [one for one in affected.get("ranges", []) if one.get("type") in ("ECOSYSTEM", "SEMVER")]
    return any(_is_within(version, one.get("events", [])) for one in ranges)


def _is_within(version, events):
    """Introduced at or before it, and not fixed at or before it. What cannot be compared counts as affected."""
    try:
        asked = Version(version)
        within = False
        for at, kind in sorted((_at(word), kind) for event in events for kind, word in event.items()):
            if kind == "introduced" and at <= asked:
                within = True
            elif (kind == "fixed" and at <= asked) or (kind == "last_affected" and at < asked):
                within = False
    except InvalidVersion:
        return True
    return within


def _at(word):
    return Version("0.dev0" if word == "0" else word)


def main(source):
    if not source:
        return 0, ["DEPENDENCIES WERE NOT AUDITED: set ADVISORIES to a folder or zip of OSV advisories."]
    packages = list(locked(ROOT))
    try:
        known = list(advisories(source))
    except (OSError, BadZipFile, ValueError) as problem:
        return 1, [f"The advisories in {source} cannot be read: {problem}"]
    if not known:
        return 1, [f"There is no advisory in {source}: that is no audit."]
    found = sorted(set(hits(packages, known)))
    return int(bool(found)), found or [
        f"{len(packages)} locked packages, {len(known)} advisories: none is affected."
    ]


if __name__ == "__main__":
    code, lines = main(os.environ.get("ADVISORIES", ""))
    sys.stdout.write("\n".join(lines) + "\n")
    sys.exit(code)
