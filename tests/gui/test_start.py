"""What a start loads, and what it shows first."""

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
#: What takes a tenth of a second or more to load, and is of no use before something comes in, goes out or is fitted.
HEAVY = {"pandas", "scipy", "pptx", "xlsxwriter", "openpyxl", "lxml", "pyarrow", "onnx", "dask", "distributed", "PIL"}

#: Qt for Python, with what it loads under names of its own.
QT = {"PySide6", "shiboken6", "shibokensupport", "signature_bootstrap", "__feature__"}


def loaded(code: str) -> set[str]:
    """The modules that a fresh process has loaded after some code; the code may print before."""
    code += "\nimport json, sys; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


def packages(modules: set[str]) -> set[str]:
    """What has to be installed for these modules, beside Python and the app itself."""
    return {name.partition(".")[0] for name in modules} - set(sys.stdlib_module_names) - {"ipuwhatif", "__mp_main__"}


def test_that_nobody_waits_for_imports_fits_and_exports_before_the_first_comparison() -> None:
    modules = loaded('from ipuwhatif.cli import main; assert main(["--smoke"]) == 0')
    assert "pyqtgraph" in modules and "ipuwhatif.analysis.compare" in modules  # it did compare
    assert sorted(modules.intersection(HEAVY)) == []
    names = ("analysis.breakdown", "analysis.uncertainty.sensitivity", "analysis.seek.seek", "gui.files.journal")
    more = ("networks.bert", "catalog.evidence.suite_results")
    later = {f"ipuwhatif.{name}" for name in (*names, *more)}  # of other tabs, files and jobs
    assert all(find_spec(name) for name in later) and not modules.intersection(later)


def test_that_nobody_waits_for_them_before_an_answer_on_the_command_line() -> None:
    ask = 'main(["project", "-w", "resnet50", "-s", "ipu-pod:64"])'
    modules = loaded(f"from ipuwhatif.cli import main; assert {ask} == 0")
    assert "ipuwhatif.analysis.project" in modules and "numpy" in modules  # it did answer
    assert sorted(modules & (HEAVY | {"PySide6", "pyqtgraph"})) == []


def test_that_something_is_painted_before_anything_but_qt_is_loaded() -> None:
    code = """
from PySide6.QtWidgets import QApplication
from ipuwhatif.gui.start import app
application = QApplication(["ipuwhatif"])
cover = app.show_splash()
assert cover.painted and cover.isVisible()
"""
    modules = loaded(code)
    waiting = {
        f"ipuwhatif.{room}"
        for room in ("catalog", "networks", "model", "charts", "scenario", "analysis", "figures", "export")
    }
    waiting |= {"ipuwhatif.gui.window", "ipuwhatif.gui.files.documents", "ipuwhatif.gui.files.journal"}
    assert not modules.intersection({"numpy", "pyqtgraph", "hashlib", "concurrent.futures", *waiting})
    ours = {name for name in modules if name.startswith("ipuwhatif.") and name.count(".") == 1}
    assert ours == {"ipuwhatif.gui", "ipuwhatif.files", "ipuwhatif.records", "ipuwhatif.texts", "ipuwhatif.units"}
    small = {"msgspec", "typing_extensions"}  # what records are made by
    assert packages(modules) - packages(loaded("")) - QT <= small


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there is always a display")
def test_that_the_command_line_is_not_read_where_only_the_window_is_asked_for() -> None:
    modules = loaded("""
import os
os.environ.pop("DISPLAY", None), os.environ.pop("WAYLAND_DISPLAY", None)
from ipuwhatif.cli import main
assert main([]) == 2
""")
    assert not modules.intersection({"ipuwhatif.cli.arguments", "PySide6", "numpy"})


@pytest.mark.parametrize(
    ("words", "plain"),
    [((), True), (("--smoke",), True), (("--smoke", "--smoke"), False), (("plan.ipuwhatif",), False), (("-h",), False)],
)
def test_that_only_a_bare_start_skips_the_command_line(words: tuple[str, ...], plain: bool) -> None:
    from ipuwhatif.cli.opening import is_plain

    assert is_plain(words) == plain


def test_that_modules_are_loaded_without_their_sources() -> None:
    """PySide6 reads the source of whatever is imported after it, and `linecache` keeps it."""
    code = """
import linecache
import ipuwhatif.gui.window
assert not [name for name in linecache.cache if "ipuwhatif" in name]
"""
    assert "ipuwhatif.gui.window" in loaded(code)
