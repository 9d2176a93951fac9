"""The wheel: everything that the program reads is in it, nothing else is, and it answers from another folder."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def test_that_the_wheel_holds_the_package_and_every_resource(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    code = {path.relative_to(ROOT).as_posix() for path in (ROOT / "ipuwhatif").rglob("*.py")}
    data = {
        f"ipuwhatif/{path.relative_to(ROOT).as_posix()}" for path in (ROOT / "resources").rglob("*") if path.is_file()
    }
    inside = {name for name in names if ".dist-info/" not in name}
    assert inside == code | data


def test_that_the_unpacked_wheel_answers_from_another_folder(wheel: Path, tmp_path: Path) -> None:
    installed, elsewhere = tmp_path / "installed", tmp_path / "elsewhere"
    zipfile.ZipFile(wheel).extractall(installed)
    elsewhere.mkdir()
    asked = "import sys; from ipuwhatif import cli; print(cli.__file__, file=sys.stderr); sys.exit(cli.main())"
    command = [sys.executable, "-c", asked, "project", "-w", "resnet50", "-s", "ipu-pod:64", "--json"]
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    answer = subprocess.run(command, cwd=elsewhere, env=environment, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    assert answer.stderr.startswith(str(installed))
    assert json.loads(answer.stdout)["system"] == "ipu-pod:64"
    assert list(elsewhere.iterdir()) == []
