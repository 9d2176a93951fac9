"""What holds for every test: no window on the user's screen, and property tests that say the same twice."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

import ipuwhatif.figures.phrases  # noqa: F401  so that a refusal has its words in tests of rooms below them
from ipuwhatif.files import resource
from ipuwhatif.texts import ENGLISH, language, set_language

if TYPE_CHECKING:
    from ipuwhatif.calibration.protocols import Protocol

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before Qt is loaded

# A slow machine is no failure, and a gate must give one answer; `--hypothesis-profile default` looks for new examples.
settings.register_profile("repeatable", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("repeatable")


#: The files that take longest: first, so that no worker ends on one of them while the others have nothing left.
LONGEST = (
    "accuracy/test_track_record.py",
    "figures/test_every_question.py",
    "accuracy/test_frameworks.py",
    "analysis/uncertainty/test_sensitivity.py",
    "model/test_laws.py",
    "cli/test_any_arguments.py",
    "gui/test_monkey.py",
    "gui/start/test_languages.py",
    "export/office/test_slides.py",
    "gui/page/test_view_toolbar.py",
    "gui/present/test_audience_page.py",
    "gui/start/test_screenshot.py",
    "export/test_embedded_document.py",
    "export/html/test_page.py",
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Bring the longest files to the front of several workers; each stays whole, so what a file shares is made once."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return
    folder = Path(__file__).parent
    places = {folder / name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path, len(places)))


@pytest.fixture(scope="session")
def record() -> "dict[str, Protocol]":
    """Every back-test by its key: minutes of fits, made once, so one file alone asks for it; a second has a worker of
    its own. Others read the stored ones, which that file compares with these."""
    from ipuwhatif.calibration.backtest import run_backtest
    from ipuwhatif.calibration.learnt_shapes import shaped
    from ipuwhatif.catalog.load import load_catalog

    catalog = load_catalog()
    return {protocol.key: protocol for protocol in shaped(run_backtest(catalog), catalog)}


@pytest.fixture(scope="session", autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What the app keeps for its user goes to a folder of this run: no test meets another's, nor the user's own."""
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        os.environ[name] = str(tmp_path_factory.mktemp(name.lower()))
    os.environ["IPUWHATIF_MINE"] = str(tmp_path_factory.mktemp("mine") / "nothing")


@pytest.fixture(autouse=True)
def _no_networks_of_another_test() -> Iterator[None]:
    """A test that asks about a network file leaves no job of it behind."""
    yield
    jobs = sys.modules.get("ipuwhatif.importers.jobs")
    if jobs is not None:
        for key in list(jobs.guest_texts):
            del jobs.guest_texts[key]
            for workloads in jobs.live_workloads():
                workloads.pop(key, None)


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    """A test that asks for another language leaves English behind."""
    yield
    if language() != ENGLISH:
        set_language(ENGLISH, resource("i18n"))
