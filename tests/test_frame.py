"""The project's frame: what the README promises of make, what may not be in a committed file, who may import whom."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSlider

ROOT = Path(__file__).resolve().parent.parent
TARGETS = (
    "run",
    "test",
    "lint",
    "bench",
    "calibrate",
    "track-record",
    "screenshot",
    "translations",
    "fonts",
    "app",
    "smoke",
    "wheel-check",
    "clean",
)
MADE = {".git", ".venv", ".hypothesis", "build", "dist", "__pycache__"}
#: One version, or one for Python 3.11 and one for those after it, where a package has left 3.11 behind.
VERSION = re.compile(r"""[\w.-]+==[\w.]+(; python_version (<|>=) "3\.12")?""")
FORBIDDEN = {
    "a package index's download address": re.compile(
        r"files\.pythonhosted\.|https?://[^\s\"']*/simple/|https?://[^\s\"']*\.whl"
    ),
    "a path of one machine": re.compile(r"(?<![\w.])/(?:work|root|home|Users)/\w"),
}


def _sources() -> list[Path]:
    paths = (path for path in ROOT.rglob("*") if path.is_file() and path.suffix not in (".png", ".pyc", ".npz"))
    return [
        path
        for path in paths
        if not any(part in MADE or part.endswith("_cache") for part in path.relative_to(ROOT).parts)
    ]


def _project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("target", TARGETS)
def test_that_make_knows_the_target(target: str) -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert re.search(rf"^{target}:", makefile, re.MULTILINE)


def test_that_make_help_tells_of_every_target_that_a_user_calls() -> None:
    told = subprocess.run(["make", "-s", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert [target for target in TARGETS if f"make {target}" not in told] == []


def test_that_every_dependency_is_pinned_and_says_why_it_is_there() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    project = _project()["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    names = [
        re.match(r"[\w.-]+", each).group() for group in groups for each in group if not each.startswith("ipuwhatif[")
    ]
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pinned = {_canonical(line.split("==")[0]) for line in lines if "==" in line}
    assert [name for name in names if _canonical(name) not in pinned] == []
    for name in names:
        before, after = re.search(rf'(#[^\n]*)?\n\s*"{re.escape(name)}[^\n]*"(,?\s*#)?', text).groups()
        assert before or after, f"{name} has no reason in pyproject.toml"


def test_that_constraints_hold_versions_only() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    wrong = [line for line in lines if line and not line.startswith("#") and not VERSION.fullmatch(line)]
    assert wrong == []


@pytest.mark.parametrize("what", FORBIDDEN)
def test_that_no_file_of_the_project_holds(what: str) -> None:
    found = []
    for path in _sources():
        if path != Path(__file__) and FORBIDDEN[what].search(path.read_text("utf-8", errors="replace")):
            found.append(str(path.relative_to(ROOT)))
    assert found == []


def test_that_the_order_of_rooms_names_every_room() -> None:
    package = ROOT / "ipuwhatif"
    rooms = {
        path.stem
        for path in package.iterdir()
        if (path.suffix == ".py" or path.is_dir()) and path.stem != "__pycache__"
    }
    contract = _project()["tool"]["importlinter"]["contracts"][0]
    named = {name.strip() for layer in contract["layers"] for name in layer.split(":")}
    assert named == rooms - {"__init__", "resources"}


@pytest.mark.parametrize("room", ["model", "networks"])
def test_that_the_model_needs_nothing_from_outside_but_numpy(room: str) -> None:
    allowed = {"numpy", "ipuwhatif", *sys.stdlib_module_names}
    foreign = []
    for path in (ROOT / "ipuwhatif" / room).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            foreign += [f"{path.name}: {name}" for name in names if name.split(".")[0] not in allowed]
    assert foreign == []


def test_that_void_qt_calls_do_not_eat_references_of_none(qtbot) -> None:
    """PySide6 6.12 on Python 3.11 drops a reference of None in each void call and aborts Python after some thousand."""
    slider = QSlider(Qt.Orientation.Horizontal)
    qtbot.addWidget(slider)
    before = sys.getrefcount(None)
    for value in range(1000):
        slider.setValue(value % 100)
    assert abs(sys.getrefcount(None) - before) < 100
