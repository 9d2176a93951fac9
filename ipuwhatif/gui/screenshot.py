"""Pictures of the real window, without a screen: every chart in both themes, at the size that everything must fit."""

import argparse
import os
import shutil
import sys
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from ipuwhatif.gui.app import make_application
from ipuwhatif.gui.look import VIEWS
from ipuwhatif.gui.question import COMPARE, QUESTIONS
from ipuwhatif.gui.theme import DARK, LIGHT, apply_theme
from ipuwhatif.gui.window import MainWindow

WIDTH, HEIGHT = 1366, 768


def take_screenshots(folder: Path, application: QApplication) -> list[Path]:
    """Write window-<question or view>-<theme>.png for every view of every question and theme; returns the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for theme in (LIGHT, DARK):
        apply_theme(application, theme)
        window = MainWindow(theme_name=theme)
        window.resize(WIDTH, HEIGHT)
        window.show()
        window.load()
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
    folder = parser.parse_args().folder
    paths = take_screenshots(folder, make_application())
    shown = Path("resources") / "screenshot.png"
    if shown.parent.is_dir():
        shutil.copyfile(folder / f"window-{COMPARE}-{LIGHT}.png", shown)
        paths.append(shown)
    print(*paths, sep="\n")
    return 0


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.exit(main())
