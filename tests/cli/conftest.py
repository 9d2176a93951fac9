"""The program as a shell starts it."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run() -> Run:
    """Starts `ipuwhatif` with these arguments, without a display."""

    def start(*arguments: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
        kept = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
        command = [sys.executable, "-m", "ipuwhatif", *arguments]
        return subprocess.run(
            command, cwd=cwd, env={**kept, **environment}, capture_output=True, text=True, check=False
        )

    return start


@pytest.fixture
def run_in_shell() -> Run:
    """Starts `ipuwhatif` by a line of shell, such as `list systems > /dev/full`."""

    def start(line: str) -> subprocess.CompletedProcess[str]:
        command = f"'{sys.executable}' -m ipuwhatif {line}"
        return subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True, check=False)

    return start
