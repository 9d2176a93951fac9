"""Whether a text of the window is cut: `python -m tools.cut_text`, for every tab, language, theme, size and scale.

The real window is opened without a screen, once a scale in a process of its own. A text is cut where its widget has
less room than it needs, or where labels of a chart stand on each other or leave the picture. What is shortened on
purpose, with a tip that holds the whole, is listed apart with `--elided`. Ends with 1 where anything is cut.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise, product

from PySide6.QtWidgets import QApplication

from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.charts.palette import THEMES
from ipuwhatif.gui.start.app import make_application
from ipuwhatif.gui.start.languages import use_language
from ipuwhatif.gui.start.screenshot import settle
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.records import replace
from ipuwhatif.scenario.edits import set_workload
from ipuwhatif.scenario.prices import OWN, RENT, Price
from ipuwhatif.scenario.scenario import FIRST_START, Scenario
from ipuwhatif.texts import LANGUAGES
from tools.chart_share import SIZES, pages
from tools.text_room import Cut, cut_texts

SCALES = ("1", "1.5", "2")
#: What the window shows: as it opens, with a price for each system and the drawer open, a job that fits few systems,
#: a job that is known by a stated ratio.
FIRST, PRICED, LARGE, STATED = "first", "priced", "large", "stated"
SCENES = (FIRST, PRICED, LARGE, STATED)
LARGE_SYSTEMS = tuple(
    SystemChoice(*each) for each in (("hgx-h200", 512), ("gb200-nvl72", 512), ("dgx-h100", 1024), ("ipu-pod", 64))
)


def set_scene(window: MainWindow, scene: str) -> None:
    """Show one of SCENES."""
    assert window.world is not None
    catalog, scenario = window.world.catalog, FIRST_START
    if scene == PRICED:
        scenario = _priced(scenario)
    elif scene == STATED:
        scenario = set_workload(scenario, "insurance", catalog).scenario
    elif scene == LARGE:
        scenario = set_workload(scenario, "llama31-405b", catalog).scenario
        scenario = replace(scenario, systems=LARGE_SYSTEMS, reference=LARGE_SYSTEMS[0].key)
    window.question.show(scenario)


def _priced(scenario: Scenario) -> Scenario:
    for choice in scenario.systems:
        scenario = scenario.with_price(choice.key, Price(27.2, "USD", RENT, "2021", "a quote", OWN))
    return scenario


def look(
    languages: Sequence[str], themes: Sequence[str], sizes: Sequence[tuple[int, int]], scenes: Sequence[str]
) -> Iterator[tuple[str, Cut]]:
    """Everything that is cut, with the place where it is: "zh_CN dark 1366 × 768 priced, cost"."""
    application = make_application()
    for code, size in product(languages, sizes):
        use_language(code)
        window = MainWindow()
        window.resize(*size)
        window.show()
        window.load()
        window.load_side()
        for theme, scene in product(themes, scenes):
            window.set_theme(theme)
            set_scene(window, scene)
            for page in pages(window, application):
                place = f"{code} {theme} {size[0]} × {size[1]} {scene}, {page}"
                yield from ((place, cut) for cut in _shown(window, application, scene == PRICED))
        window.close()
        window.deleteLater()
        settle(application)


def _shown(window: MainWindow, application: QApplication, explained: bool) -> list[Cut]:
    """What is cut on a page, and with its first number `explained` beside it."""
    found, figure = cut_texts(window), window.workspace.figure
    if explained and figure is not None and figure.why:
        window.explain(figure.why[0].key)
        settle(application)
        found += cut_texts(window)
        window.drawer.dismiss()
        settle(application)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", choices=SCALES, action="append", help="of the screen; all unless given")
    parser.add_argument("--language", choices=LANGUAGES, action="append")
    parser.add_argument("--theme", choices=THEMES, action="append")
    parser.add_argument("--size", choices=[f"{width}x{height}" for width, height in SIZES], action="append")
    parser.add_argument("--scene", choices=SCENES, action="append")
    parser.add_argument("--elided", action="store_true", help="list what is shortened on purpose too")
    asked = parser.parse_args()
    scales = asked.scale or SCALES
    if len(scales) > 1 or os.environ.get("QT_SCALE_FACTOR") != scales[0]:
        return max(_in_a_process(scale) for scale in scales)
    sizes = [size for size in SIZES if not asked.size or f"{size[0]}x{size[1]}" in asked.size]
    found = look(asked.language or list(LANGUAGES), asked.theme or list(THEMES), sizes, asked.scene or SCENES)
    faults = 0
    for place, cut in found:
        faults += not cut.is_meant
        if asked.elided or not cut.is_meant:
            kind = "elided" if cut.is_meant else "cut"
            print(f"×{scales[0]} {place}  {kind}  {cut.where}: “{cut.text}” {cut.needs:.0f} in {cut.has:.0f}")
    print(f"×{scales[0]}: {faults} cut", flush=True)
    return int(faults > 0)


def _in_a_process(scale: str) -> int:
    """Ask the same at one scale, which Qt reads once."""
    given = [each for before, each in pairwise(["", *sys.argv[1:]]) if "--scale" not in (before, each)]
    command = [sys.executable, "-m", "tools.cut_text", *given, "--scale", scale]
    screen = {"QT_QPA_PLATFORM": "offscreen", **os.environ, "QT_SCALE_FACTOR": scale}
    return subprocess.run(command, env=screen, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
