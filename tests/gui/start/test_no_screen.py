"""Without a screen that answers there is one line in our words, and the exit code of bad input."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QtMsgType, qInstallMessageHandler, qWarning

from ipuwhatif.gui.start.no_screen import fatal_text, in_our_words

ROOT = Path(__file__).resolve().parents[3]
SETTINGS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
ADVICE = "set what answers, or ask with: ipuwhatif compare, project, scaling or --help"


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there is always a screen there")
@pytest.mark.parametrize(
    "named",
    [
        {"DISPLAY": ":4321"},
        {"WAYLAND_DISPLAY": "nobody-there"},
        {"DISPLAY": ":4321", "QT_QPA_PLATFORM": "xcb"},
        {"DISPLAY": ":4321", "QT_QPA_PLATFORM": "nonsense"},
    ],
    ids=lambda named: " ".join(named.values()),
)
def test_that_a_display_that_does_not_answer_is_told_in_one_line_with_exit_code_2(named: dict[str, str]) -> None:
    kept = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    done = subprocess.run(
        [sys.executable, "-m", "ipuwhatif"],
        cwd=ROOT,
        env={**kept, **named},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    # the library of Wayland has a line of its own, which passes Qt by
    (line,) = [line for line in done.stderr.splitlines() if not line.startswith("error: XDG_RUNTIME_DIR")]
    assert line.startswith("ipuwhatif: no window can be opened with ") and line.endswith(ADVICE)
    assert all(f"{name}='{value}'" in line for name, value in named.items())


def test_that_the_line_names_what_was_set_and_what_qt_says(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    assert fatal_text("no\nway ") == f"no window can be opened with this screen (no?way); {ADVICE}"
    monkeypatch.setenv("DISPLAY", ":1\n" + "x" * 10_000)
    assert fatal_text("r" * 10_000) == (
        f"no window can be opened with DISPLAY=':1?{'x' * 57}…' ({'r' * 160}…); {ADVICE}"
    )


def test_that_a_line_of_qt_that_ends_nothing_is_said_afterwards() -> None:
    said: list[tuple[QtMsgType, str]] = []
    before = qInstallMessageHandler(lambda kind, _context, text: said.append((kind, text)))
    try:
        with in_our_words(lambda _: pytest.fail("nothing is wrong")):
            qWarning("one kind of screen is not there")
            assert said == []
        assert said == [(QtMsgType.QtWarningMsg, "one kind of screen is not there")]
        qWarning("later")
        assert len(said) == 2, "the handler is the one from before"
    finally:
        qInstallMessageHandler(before)
