"""The calibration as files: there and back again, and refused when it is damaged."""

import io
import json
from pathlib import Path

import numpy as np
import pytest

from ipuwhatif.analysis.world import World
from ipuwhatif.calibration.shapes import FILE as SHAPES
from ipuwhatif.calibration.shapes import KINDS, NORMAL, save_shapes
from ipuwhatif.calibration.store import ARRAYS, NOISE_COLUMNS, TABLE, from_unbounded, load, noise_for, save
from ipuwhatif.catalog.priors.priors import STACKS
from ipuwhatif.model.parameters import natural, prior_center, prior_spread
from ipuwhatif.model.parameters import parameters as all_parameters
from ipuwhatif.units import InputError

COUNT = len(all_parameters())


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    draws = prior_center() + prior_spread() * np.random.default_rng(1).standard_normal((8, COUNT))
    save(tmp_path, prior_center(), draws, "abc")
    save_shapes(dict.fromkeys(KINDS, NORMAL), tmp_path / SHAPES)
    return tmp_path


def rewrite(folder: Path, **arrays: np.ndarray) -> None:
    with np.load(folder / ARRAYS) as old:
        kept = dict(old)
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **(kept | arrays))
    (folder / ARRAYS).write_bytes(buffer.getvalue())


def test_that_the_shipped_calibration_was_fitted_to_the_shipped_evidence(world: World) -> None:
    assert world.calibration.evidence_hash == world.catalog.evidence_hash


def test_that_the_shipped_calibration_is_ready_for_the_model(world: World) -> None:
    calibration = world.calibration
    assert calibration.center.shape == (1, COUNT + 2)
    assert calibration.draws.shape == (len(calibration.noise), COUNT + 2)
    assert calibration.noise.shape[1] == len(NOISE_COLUMNS)
    assert np.isfinite(calibration.draws).all() and (calibration.draws[:, :-1] > 0).all()


def test_that_what_was_saved_comes_back(stored: Path) -> None:
    back = load(stored)
    assert back.evidence_hash == "abc"
    assert back.center == pytest.approx(natural(prior_center()[None]), rel=1e-12)
    assert back.draws.shape == (8, COUNT + 2)
    assert list(back.shapes) == list(KINDS)


def test_that_the_shipped_noise_is_that_of_the_seed(world: World) -> None:
    assert (world.calibration.noise == noise_for(len(world.calibration.draws))).all()


def test_that_the_table_for_people_says_the_same_numbers(stored: Path) -> None:
    table = json.loads((stored / TABLE).read_text(encoding="utf-8"))
    assert table["evidence"] == "abc"
    values = {row["name"]: row for row in table["parameters"]}
    for parameter in all_parameters():
        row = values[parameter.name]
        assert row["value"] == pytest.approx(parameter.median, rel=1e-3)
        assert (row["unit"], row["prior"], row["reason"]) == (parameter.unit, parameter.median, parameter.reason)


def test_that_noise_is_antithetic_and_the_same_every_time() -> None:
    noise = noise_for(10)
    assert noise.shape == (10, len(NOISE_COLUMNS))
    assert (noise[:5] == -noise[5:]).all()
    assert (noise == noise_for(10)).all()


def test_that_constants_stand_behind_the_parameters() -> None:
    calibration = from_unbounded(prior_center(), np.repeat(prior_center()[None], 2, axis=0), "abc")
    assert calibration.draws[:, -2:].tolist() == [[1.0, 0.0], [1.0, 0.0]]


@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: (folder / ARRAYS).unlink(),
        lambda folder: (folder / TABLE).unlink(),
        lambda folder: (folder / ARRAYS).write_bytes(b""),
        lambda folder: (folder / ARRAYS).write_bytes((folder / ARRAYS).read_bytes()[:1000]),
        lambda folder: (folder / ARRAYS).write_bytes(b"not an archive at all"),
        lambda folder: (folder / TABLE).write_text("{"),
        lambda folder: (folder / TABLE).write_text("[]"),
        lambda folder: (folder / TABLE).write_text('{"parameters": [], "evidence": "abc"}'),
        lambda folder: (folder / TABLE).write_bytes(b"\xff\xfe"),
        lambda folder: rewrite(folder, center=np.zeros(COUNT - 1)),
        lambda folder: rewrite(folder, center=np.full(COUNT, np.nan)),
        lambda folder: rewrite(folder, draws=np.zeros((8, COUNT + 1))),
        lambda folder: rewrite(folder, draws=np.zeros(COUNT)),
        lambda folder: rewrite(folder, draws=np.zeros((0, COUNT))),
        lambda folder: rewrite(folder, draws=np.zeros((7, COUNT))),
        lambda folder: rewrite(folder, draws=np.full((8, COUNT), np.inf)),
        lambda folder: rewrite(folder, draws=np.array(["a"])),
        lambda folder: rewrite(folder, noise=np.zeros((6, len(NOISE_COLUMNS)))),
        lambda folder: rewrite(folder, noise=np.full((8, len(NOISE_COLUMNS)), np.nan)),
        lambda folder: rewrite(folder, center=np.array([{"a": 1}], dtype=object)),
    ],
)
def test_that_a_damaged_calibration_is_refused_with_the_file_and_the_remedy(stored: Path, damage) -> None:
    damage(stored)
    with pytest.raises(InputError) as refused:
        load(stored)
    assert str(stored) in str(refused.value) and "make calibrate" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_that_what_scatters_has_a_column_for_each_stack_and_one_each_for_searches_and_third_parties() -> None:
    kinds = {f"{kind}.{stack}" for kind in ("throughput", "samples", "overhead") for stack in STACKS}
    assert set(NOISE_COLUMNS) == kinds | {"search", "third_party"}
    assert len(NOISE_COLUMNS) == len(set(NOISE_COLUMNS))
    noise = noise_for(2_000)
    assert np.abs(np.corrcoef(noise.T) - np.eye(len(NOISE_COLUMNS))).max() < 0.15  # none stands for another
    assert noise.std(axis=0) == pytest.approx(1.0, abs=0.1)


def test_that_the_table_says_what_the_evidence_identified(tmp_path: Path) -> None:
    narrow = np.random.default_rng(1).standard_normal((256, COUNT)) * prior_spread()
    narrow[:, 0] *= 0.3
    save(tmp_path, prior_center(), prior_center() + narrow, "abc")
    rows = json.loads((tmp_path / TABLE).read_text(encoding="utf-8"))["parameters"]
    assert rows[0]["identified"] and not any(row["identified"] for row in rows[1:])
    assert rows[1]["prior_spread"] == all_parameters()[1].spread
