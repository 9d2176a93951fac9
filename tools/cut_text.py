"""Whether a text of the window is cut: `python -m tools.cut_text`, for every tab, language, theme, size and scale.

The real window is opened without a screen; each scale and language has a process of its own, as many at once as there
are processors. A text is cut where its widget has less room than it needs, or where labels of a chart stand on each
other or leave the picture. What is shortened on purpose, with a tip that holds the whole, is listed apart with
`--elided`. The last line counts all of it; ends with 1 where anything is cut.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import product

from PySide6.QtWidgets import QApplication

from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.charts.palette import THEMES
from ipuwhatif.gui.start.app import make_application
from ipuwhatif.gui.start.languages import use_language
from ipuwhatif.gui.start.screenshot import settle
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.records import replace
from ipuwhatif.scenario.edits import set_workload
from ipuwhatif.scenario.prices.prices import OWN, RENT, Price
from ipuwhatif.scenario.scenario import FIRST_START, Scenario
from ipuwhatif.texts import LANGUAGES
from tools.chart_share import SIZES, pages
from tools.text_room import Cut, cut_texts

SCALES, SCALE = ("1", "1.5", "2"), "QT_SCALE_FACTOR"
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
    code: str, themes: Sequence[str], sizes: Sequence[tuple[int, int]], scenes: Sequence[str]
) -> Iterator[tuple[str, list[Cut]]]:
    """What is cut in each place of a language: "dark 1366 × 768 priced, cost".

    A page is asked for once and then seen in every theme: the answer takes longer than its colours.
    """
    application = make_application()
    use_language(code)
    for size in sizes:
        window = MainWindow()
        window.resize(*size)
        window.show()
        window.load()
        window.load_side()
        for scene in scenes:
            set_scene(window, scene)
            for page, theme in product(pages(window, application), themes):
                window.set_theme(theme)
                settle(application)
                yield f"{theme} {size[0]} × {size[1]} {scene}, {page}", _shown(window, application, scene == PRICED)
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
    parts = list(product(asked.scale or SCALES, asked.language or LANGUAGES))
    if len(parts) == 1 and os.environ.get(SCALE) == parts[0][0]:
        return _look_here(asked, parts[0][1])
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        counts = list(pool.map(lambda part: _in_a_process(asked, *part), parts))
    seen, cut, meant = (sum(each) for each in zip(*counts, strict=True))
    print(f"{seen} pages seen: {cut} texts cut, {meant} shortened with the whole in a tip")
    return int(cut > 0)


def _look_here(asked: argparse.Namespace, code: str) -> int:
    """Print every finding and, in the last line, how many pages were seen, texts cut and texts shortened."""
    sizes = [size for size in SIZES if not asked.size or f"{size[0]}x{size[1]}" in asked.size]
    seen, cut, meant = 0, 0, 0
    for place, found in look(code, asked.theme or list(THEMES), sizes, asked.scene or SCENES):
        seen += 1
        for each in found:
            cut, meant = cut + (not each.is_meant), meant + each.is_meant
            if asked.elided or not each.is_meant:
                kind = "elided" if each.is_meant else "cut"
                print(f"{place}  {kind}  {each.where}: “{each.text}” {each.needs:.0f} in {each.has:.0f}")
    print(seen, cut, meant)
    return int(cut > 0)


def _in_a_process(asked: argparse.Namespace, scale: str, code: str) -> tuple[int, int, int]:
    """Ask for one language at one scale, which Qt reads once; what it counted."""
    given = [f"--{name}={each}" for name in ("theme", "size", "scene") for each in getattr(asked, name) or ()] + [
        "--elided"
    ] * asked.elided
    command = [sys.executable, "-m", "tools.cut_text", f"--scale={scale}", f"--language={code}", *given]
    screen = {"QT_QPA_PLATFORM": "offscreen", **os.environ, SCALE: scale}
    run = subprocess.run(command, env=screen, check=False, stdout=subprocess.PIPE, encoding="utf-8")
    *lines, counts = run.stdout.splitlines() or [""]
    if run.returncode not in (0, 1) or len(counts.split()) != 3:
        raise SystemExit(f"×{scale} {code}: the window could not be looked at")
    for line in lines:
        print(f"×{scale} {code} {line}", flush=True)
    seen, cut, meant = (int(each) for each in counts.split())
    return seen, cut, meant


if __name__ == "__main__":
    sys.exit(main())
