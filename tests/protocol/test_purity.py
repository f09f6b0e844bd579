"""The Protocol has heard of nothing but the standard library."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

MODULES = sorted(Path("protocol").rglob("*.py"))


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").partition(".")[0])
    return names


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_a_module_of_the_protocol_imports_only_the_standard_library_and_the_protocol(path):
    assert imported(path) - set(sys.stdlib_module_names) - {"protocol"} == set()


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_a_module_of_the_protocol_is_readable_in_one_sitting(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 320
