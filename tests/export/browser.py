"""A real browser under a test's hand: pages opened from files, moved over, clicked and typed into as people do."""

import fcntl
import json
import os
import select
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

SIZE = 1200, 900
_PATIENCE_S = 120.0
#: The browser listens on 3 and answers on 4.
_START = "import os, sys; os.dup2({}, 3); os.dup2({}, 4); os.execvp('chromium', ['chromium', *sys.argv[1:]])"
_KEYS = {"Enter": 13, " ": 32, "Escape": 27}
_OPTIONS = ("--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", "--force-color-profile=srgb")


class Page:
    """A tab of the browser. Places are elements of the page, told by a selector of its own language."""

    def __init__(self, to: int, back: int, path: Path, scripts: bool) -> None:
        self._to, self._back, self._count, self._session = to, back, 0, None
        self._heard, self._loaded = b"", False
        self.faults: list[str] = []  # what the browser has complained of
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self._ask("Log.enable")
        self._ask("Runtime.enable")
        self._ask("Page.enable")
        if not scripts:
            self._ask("Emulation.setScriptExecutionDisabled", value=True)
        self._ask("Page.navigate", url=path.as_uri())
        while not self._loaded:
            self._hear()

    def value(self, script: str) -> Any:
        """What an expression is worth in the page."""
        told = self._ask("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in told, told
        return told["result"].get("value")

    def texts(self, selector: str) -> list[str]:
        """The texts of those elements that can be seen."""
        found = f"Array.from(document.querySelectorAll({json.dumps(selector)}))"
        return self.value(f"{found}.filter(each => each.checkVisibility()).map(each => each.innerText)")

    def move(self, selector: str) -> None:
        """Rest the pointer on the middle of an element."""
        self._mouse("mouseMoved", *self._middle(selector))

    def click(self, selector: str) -> None:
        x, y = self._middle(selector)
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            self._mouse(kind, x, y)

    def press(self, key: str) -> None:
        """Press a key where the page has its focus."""
        for kind in ("keyDown", "keyUp"):
            text = {"text": key} if len(key) == 1 and kind == "keyDown" else {}
            code = {"windowsVirtualKeyCode": _KEYS[key]}
            self._ask("Input.dispatchKeyEvent", type=kind, key=key, **code, **text)

    def _middle(self, selector: str) -> tuple[float, float]:
        place = f"document.querySelector({json.dumps(selector)})"
        self.value(f"{place}.scrollIntoView({{block: 'center', behavior: 'instant'}})")
        frame = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
        self.value(frame)  # what listens to the scrolling has heard of it
        x, y = self.value(f"(box => [box.x + box.width / 2, box.y + box.height / 2])({place}.getBoundingClientRect())")
        return x, y

    def _mouse(self, kind: str, x: float, y: float) -> None:
        held = {} if kind == "mouseMoved" else {"button": "left", "clickCount": 1}
        self._ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, **held)

    def _ask(self, method: str, **values: object) -> dict[str, Any]:
        self._count += 1
        asked = {"id": self._count, "method": method, "params": values}
        asked |= {"sessionId": self._session} if self._session else {}
        os.write(self._to, json.dumps(asked).encode() + b"\0")
        while True:
            told = self._hear()
            if told.get("id") == self._count:
                assert "error" not in told, told
                return told["result"]

    def _hear(self) -> dict[str, Any]:
        while b"\0" not in self._heard:
            assert select.select([self._back], [], [], _PATIENCE_S)[0], "the browser does not answer"
            letters = os.read(self._back, 1 << 16)
            assert letters, "the browser has gone"
            self._heard += letters
        line, _, self._heard = self._heard.partition(b"\0")
        told: dict[str, Any] = json.loads(line)
        method = told.get("method")
        self._loaded = self._loaded or method == "Page.loadEventFired"
        if method == "Log.entryAdded":
            self.faults.append(told["params"]["entry"]["text"])
        if method == "Runtime.exceptionThrown":
            self.faults.append(str(told["params"]["exceptionDetails"]))
        return told


@contextmanager
def opened(path: Path, folder: Path, scripts: bool = True) -> Iterator[Page]:
    """A page as Chromium opens it from a file, with a profile of its own in the folder."""
    if shutil.which("chromium") is None:
        pytest.fail("chromium is missing: install the packages that .ci/debian-packages.txt lists for tests")
    take, to = os.pipe()
    back, give = os.pipe()
    ends = [fcntl.fcntl(end, fcntl.F_DUPFD, 10) for end in (take, give)]
    words = [*_OPTIONS, f"--user-data-dir={folder / 'profile'}", f"--window-size={SIZE[0]},{SIZE[1]}"]
    with subprocess.Popen(
        [sys.executable, "-S", "-c", _START.format(*ends), *words],
        pass_fds=ends,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as browser:
        for end in (take, give, *ends):
            os.close(end)
        try:
            yield Page(to, back, path, scripts)
        finally:
            os.close(to)
            os.close(back)
            browser.kill()
