"""What takes long is read beside the window, can be cancelled, and raises what it raises where it is waited for."""

from threading import Event

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QProgressDialog, QPushButton

from ipuwhatif.gui.mine import reading
from ipuwhatif.gui.mine.reading import read_beside
from ipuwhatif.units import InputError


def notices() -> list[QProgressDialog]:
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, QProgressDialog) and each.isVisible()]


def test_that_what_is_read_at_once_asks_for_no_patience(window):
    assert read_beside(window, "a.onnx", lambda: 5) == 5
    assert notices() == []


def test_that_a_fault_is_raised_where_it_is_waited_for(window):
    def fail():
        raise InputError("broken")

    with pytest.raises(InputError, match="broken"):
        read_beside(window, "a.onnx", fail)


def test_that_a_long_one_tells_what_is_read_and_goes_on_when_it_is_done(window, monkeypatch):
    monkeypatch.setattr(reading, "AT_ONCE_S", 0.0)
    go, told = Event(), []

    def look():
        told.extend(each.labelText() for each in notices())
        go.set()

    QTimer.singleShot(20, look)
    assert read_beside(window, "large.onnx", lambda: go.wait(30) and 7) == 7
    assert told == ["Reading large.onnx …"] and notices() == []


def test_that_a_long_one_can_be_cancelled(window, monkeypatch):
    monkeypatch.setattr(reading, "AT_ONCE_S", 0.0)
    go = Event()
    QTimer.singleShot(20, lambda: notices()[0].findChild(QPushButton).click())
    assert read_beside(window, "large.onnx", lambda: go.wait(30)) is None
    go.set()
    assert notices() == []
