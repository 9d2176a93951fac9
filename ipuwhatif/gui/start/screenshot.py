"""Pictures of the real window, without a screen: every chart in every theme, at the size that everything must fit."""

import argparse
import os
import shutil
import sys
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from ipuwhatif.charts.palette import THEMES
from ipuwhatif.gui.answering.question import COMPARE, QUESTIONS
from ipuwhatif.gui.answering.view_options import VIEWS
from ipuwhatif.gui.start.app import make_application
from ipuwhatif.gui.start.languages import use_language
from ipuwhatif.gui.theme import LIGHT, apply_theme
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.texts import ENGLISH, LANGUAGES

WIDTH, HEIGHT = 1366, 768


def take_screenshots(folder: Path, application: QApplication) -> list[Path]:
    """Write window-<question or view>-<theme>.png for every view of every question and theme; returns the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for theme in THEMES:
        apply_theme(application, theme)
        window = MainWindow(theme_name=theme)
        window.resize(WIDTH, HEIGHT)
        window.show()
        window.load()
        window.load_side()
        for question in QUESTIONS:
            window.turn_to(question)
            for view in VIEWS.get(question, (question,)):
                window.workspace.tools.turn_to(view)
                settle(application)
                path = folder / f"window-{view}-{theme}.png"
                window.grab().save(str(path))
                paths.append(path)
        window.close()
        window.deleteLater()
        settle(application)
    return paths


def settle(application: QApplication) -> None:
    """Let every timer, layout, repaint and deletion that is due happen."""
    for _ in range(12):
        application.processEvents()
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def main() -> int:
    parser = argparse.ArgumentParser(description="Pictures of the window.")
    parser.add_argument("folder", nargs="?", type=Path, default=Path("build/screenshots"))
    parser.add_argument("--language", choices=LANGUAGES, default=ENGLISH)
    asked = parser.parse_args()
    folder, application = asked.folder, make_application()
    use_language(asked.language)
    paths = take_screenshots(folder, application)
    shown = Path("resources") / "screenshot.png"
    if shown.parent.is_dir() and asked.language == ENGLISH:
        shutil.copyfile(folder / f"window-{COMPARE}-{LIGHT}.png", shown)
        paths.append(shown)
    print(*paths, sep="\n")
    return 0


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.exit(main())
