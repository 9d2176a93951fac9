"""Two screens: the audience's page over the whole of the other one, the speaker's window where the speaker is."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

Screen = dict[str, Any]
LAPTOP = {"name": "laptop", "x": 0, "y": 0, "width": 1366, "height": 768}
BEAMER = {"name": "beamer", "x": 1366, "y": 0, "width": 1920, "height": 1080}
MIRROR = {"name": "beamer", "x": 0, "y": 0, "width": 1366, "height": 768}
DENSITY = {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}


def played_on(folder: Path, *screens: Screen) -> dict[str, Any]:
    """Where the windows of a talk are, on such screens, at each moment."""
    file = folder / "screens.json"
    file.write_text(json.dumps({"screens": [{**screen, **DENSITY} for screen in screens]}))
    here = os.environ | {"QT_QPA_PLATFORM": f"offscreen:configfile={file}"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.gui.present.on_screens"], env=here, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])  # type: ignore[no-any-return]


def fills(window: dict[str, Any], screen: Screen) -> bool:
    there = window["screen"] == screen["name"] and window["at"] == [screen["x"], screen["y"]]
    return there and window["shown"] and window["whole"] and window["size"] == [screen["width"], screen["height"]]


def is_within(window: dict[str, Any], screen: Screen) -> bool:
    return window["shown"] and window["screen"] == screen["name"] and not window["whole"]


def test_that_the_page_fills_the_other_screen_and_the_speaker_stays(tmp_path: Path) -> None:
    moments = played_on(tmp_path, LAPTOP, BEAMER)
    begun = moments["begun"]
    assert fills(begun["page"], BEAMER) and is_within(begun["presenter"], LAPTOP)
    assert begun["presenter"]["keys"] and begun["can_swap"]
    assert moments["next"]["step"] == 1
    swapped = moments["swapped"]
    assert fills(swapped["page"], LAPTOP) and is_within(swapped["presenter"], BEAMER)
    back = moments["back"]
    assert fills(back["page"], BEAMER) and is_within(back["presenter"], LAPTOP)
    alone = moments["alone"]
    assert fills(alone["page"], BEAMER) and not alone["presenter"]["shown"] and alone["page"]["keys"]
    again = moments["again"]
    assert fills(again["page"], BEAMER) and is_within(again["presenter"], LAPTOP) and again["step"] == 1
    assert not moments["ended"]["left"]


@pytest.mark.parametrize("screens", [(LAPTOP,), (LAPTOP, MIRROR)])
def test_that_no_notes_are_shown_where_the_audience_sees_the_speakers_screen(
    tmp_path: Path, screens: tuple[Screen, ...]
) -> None:
    moments = played_on(tmp_path, *screens)
    begun = moments["begun"]
    assert fills(begun["page"], LAPTOP) and begun["page"]["keys"]
    assert not begun["presenter"]["shown"] and not begun["can_swap"]
    assert not moments["ended"]["left"]
