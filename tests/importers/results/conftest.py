"""The catalog, the shortened submission folder, and logs that are written for a test."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.catalog.types import Catalog

DATA = Path(__file__).parent / "data"
START = 1_745_000_000_000  # ms: 2025-04-18


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return load_catalog()


def event(key: str, value: object = None, at: int = START, **metadata: object) -> str:
    told = {"namespace": "", "time_ms": at, "event_type": "POINT_IN_TIME", "key": key, "value": value}
    return f":::MLLOG {json.dumps({**told, 'metadata': {'lineno': 1, **metadata}})}"


@pytest.fixture
def log(tmp_path: Path) -> Callable[..., Path]:
    """Writes a log of BERT of so many seconds; `extra` are lines before its end, `stop` whether it has one."""

    def write(name: str, seconds: float = 600.0, start: int = START, status: str = "success", **told: object) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = [
            event("submission_benchmark", told.get("benchmark", "bert")),
            event("submission_platform", told.get("platform", "dgx-h100")),
            event("submission_division", "closed"),
            event("global_batch_size", 3072),
            event("run_start", at=start),
            event("eval_accuracy", 0.72, epoch_num=2_700_000),
            *told.get("extra", ()),
            *([event("run_stop", at=start + round(seconds * 1e3), status=status)] if told.get("stop", True) else []),
        ]
        path.write_text("\n".join(lines) + "\n")
        return path

    return write
