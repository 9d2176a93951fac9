"""What holds for every test: no window on the user's screen, and property tests that say the same twice."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from ipuwhatif.files import resource
from ipuwhatif.texts import ENGLISH, language, set_language

if TYPE_CHECKING:
    from ipuwhatif.calibration.protocols import Protocol

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before Qt is loaded

# A slow machine is no failure, and a gate must give one answer; `--hypothesis-profile default` looks for new examples.
settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.load_profile("repeatable")


@pytest.fixture(scope="session")
def record() -> "dict[str, Protocol]":
    """Every back-test by its key: minutes of fits, made once."""
    from ipuwhatif.calibration.backtest import run_backtest
    from ipuwhatif.catalog.load import load_catalog

    return {protocol.key: protocol for protocol in run_backtest(load_catalog())}


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    """A test that asks for another language leaves English behind."""
    yield
    if language() != ENGLISH:
        set_language(ENGLISH, resource("i18n"))
