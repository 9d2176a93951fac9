"""The programs that open what was exported: a browser, and the readers of PDF files."""

import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage

_BROWSER = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-color-profile=srgb")
_SCHEMES = {"dark": "--blink-settings=preferredColorScheme=0", "light": "--blink-settings=preferredColorScheme=1"}


def output(program: str, *arguments: object) -> bytes:
    """What a program prints; a test that needs one that is missing fails and says so."""
    if shutil.which(program) is None:
        pytest.fail(f"{program} is missing: install the packages that .ci/debian-packages.txt lists for tests")
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, timeout=120)
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return done.stdout


def browsed(path: Path, folder: Path, *options: str, scheme: str = "light") -> bytes:
    """What Chromium prints of a file, with a profile of its own in the folder."""
    profile = f"--user-data-dir={folder / 'profile'}"
    return output("chromium", *_BROWSER, _SCHEMES[scheme], profile, *options, path.as_uri())


def seen(path: Path, folder: Path, width: int, height: int, scheme: str = "light") -> QImage:
    """The picture that Chromium shows of a file."""
    picture = folder / f"seen-{scheme}.png"
    browsed(path, folder, f"--screenshot={picture}", f"--window-size={width},{height}", scheme=scheme)
    return QImage(str(picture))


def colours(image: QImage) -> set[str]:
    """Every colour of a picture, as "#rrggbb"."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(plain.constBits(), np.uint32) & 0xFFFFFF
    return {f"#{each:06x}" for each in np.unique(pixels).tolist()}


def pdf_text(path: Path) -> str:
    """The text of a PDF file in its order, white space as single spaces."""
    return " ".join(output("pdftotext", "-raw", path, "-").decode("utf-8").split())


def pdf_pictures(path: Path, folder: Path) -> list[QImage]:
    """The pages of a PDF file at 96 dots per inch: a logical pixel each."""
    output("pdftoppm", "-r", 96, "-png", path, folder / "page")
    return [QImage(str(page)) for page in sorted(folder.glob("page-*.png"), key=_page_number)]


def _page_number(path: Path) -> int:
    return int(re.findall(r"\d+", path.stem)[-1])
