"""Tests ask for what a user or a caller sees: none reaches for a private name of the app."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
#: Of other libraries, which have no public way to what is looked at there, and of the language itself.
OF_OTHERS = (
    *("_blob", "_charts", "_chartSpace", "_element", "_from", "_MEIPASS", "_spTree", "_translations"),
    *("_asdict", "_exit", "_replace", "_repr_html_"),
)


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__") and name not in OF_OTHERS


def private_names(text: str) -> Iterator[tuple[int, str]]:
    """Line and name of each attribute, import and patch by a private name."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Attribute):
            own = isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")
            names = [] if own else [node.attr]
        elif isinstance(node, ast.ImportFrom):
            names = [each.name for each in node.names if (node.module or "").startswith("ipuwhatif")]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "setattr":
            texts = [each.value for each in node.args[:2] if isinstance(each, ast.Constant)]
            names = [str(each).rpartition(".")[2] for each in texts]
        else:
            names = []
        yield from ((node.lineno, name) for name in names if is_private(name))


def test_that_no_test_reaches_for_a_private_name() -> None:
    found = {
        f"{path.relative_to(TESTS)}:{line}: {name}"
        for path in TESTS.rglob("*.py")
        for line, name in private_names(path.read_text(encoding="utf-8"))
    }
    assert found == set(), "ask for what is seen, or give what is needed a public name"


@pytest.mark.parametrize(
    "line",
    [
        "window._timer.stop()",
        "from ipuwhatif.files import _start",
        'monkeypatch.setattr(files, "_start", None)',
        'monkeypatch.setattr("ipuwhatif.files._start", None)',
    ],
)
def test_that_a_private_name_is_found_however_it_is_reached(line: str) -> None:
    assert [place for place, _ in private_names(line)] == [1]


def test_that_names_of_the_language_and_of_other_libraries_are_let_through() -> None:
    assert list(private_names("chart._chartSpace; key._replace(a=1); self._kept; module.__version__")) == []
