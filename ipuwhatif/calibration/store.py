"""The calibration as a resource: central parameters, posterior draws and the hash of the evidence they came from.

Numbers travel as a plain array file that can hold nothing executable; a table for people lies beside it.
"""

import io
import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import numpy as np

from ipuwhatif.calibration.reasons import StoreFault, Unusable
from ipuwhatif.calibration.shapes import FILE as SHAPES
from ipuwhatif.calibration.shapes import Shape, load_shapes
from ipuwhatif.files import RESOURCE_LIMIT, read_bounded, resource, write_atomic
from ipuwhatif.model.parameters import FloatArray, natural
from ipuwhatif.model.parameters import parameters as all_parameters
from ipuwhatif.records import Record, field, replace
from ipuwhatif.units import InputError, RefusedError

ARRAYS, TABLE = "draws.npz", "parameters.json"


class Calibration(Record, frozen=True):
    """Natural values ready for the model, standard normals for what the parameters do not describe, and its shapes.

    center: shape (1, parameters + 2); draws: shape (draws, parameters + 2); noise: shape (draws, NOISE_COLUMNS).
    """

    center: FloatArray
    draws: FloatArray
    noise: FloatArray
    evidence_hash: str
    shapes: Mapping[str, Shape] = field(default_factory=dict)  # of the scatter of the time, by kind; none: as drawn


def calibration_hash(calibration: Calibration) -> str:
    """SHA-256 of what was fitted, and of the evidence that it was fitted to: the same on every machine."""
    digest = sha256(calibration.evidence_hash.encode())
    for array in (calibration.center, calibration.draws):
        digest.update(np.ascontiguousarray(array, dtype="<f8").tobytes())
    return digest.hexdigest()


#: What scatters beyond the parameters: throughput, convergence and overheads, on each kind of system; searched layouts;
#: set-ups of others than the chip's vendor.
NOISE_COLUMNS = (
    *(f"{kind}.{stack}" for kind in ("throughput", "samples", "overhead") for stack in ("ipu", "gpu", "other")),
    "search",
    "third_party",
)


def noise_for(draws: int, seed: int = 7) -> FloatArray:
    """Standard normals, antithetic, shape (draws, len(NOISE_COLUMNS)); `draws` is even."""
    half = np.random.default_rng(seed).standard_normal((draws // 2, len(NOISE_COLUMNS)))
    return np.concatenate([half, -half])


def from_unbounded(
    center: FloatArray, draws: FloatArray, evidence_hash: str, noise: FloatArray | None = None
) -> Calibration:
    """A calibration from a fit: center of shape (parameters,), draws of shape (draws, parameters)."""
    normals = noise_for(len(draws)) if noise is None else noise
    return Calibration(natural(center[None]), natural(draws), normals, evidence_hash)


def save(folder: Path, center: FloatArray, draws: FloatArray, evidence_hash: str) -> None:
    """Write both files, each atomically."""
    buffer = io.BytesIO()
    # The noise goes along, so that the app does without numpy's generators; draws hardly compress.
    np.savez(buffer, center=center, draws=draws.astype(np.float32), noise=noise_for(len(draws)))
    write_atomic(folder / ARRAYS, buffer.getvalue())
    values, spread = natural(center[None])[0], draws.std(axis=0)
    rows = [
        {
            "name": parameter.name,
            "unit": parameter.unit,
            "value": float(f"{values[column]:.4g}"),
            "prior": parameter.median,
            "prior_spread": parameter.spread,
            "spread": float(f"{spread[column]:.3g}"),
            "identified": bool(spread[column] < 0.7 * parameter.spread),
            "reason": parameter.reason,
        }
        for column, parameter in enumerate(all_parameters())
    ]
    table = {"evidence": evidence_hash, "transforms": "spreads are of the logarithm or logit", "parameters": rows}
    write_atomic(folder / TABLE, (json.dumps(table, indent=1, ensure_ascii=False) + "\n").encode())


def _read_table(path: Path) -> tuple[list[str], str]:
    """Names of the parameters and the hash of the evidence."""
    try:
        table = json.loads(read_bounded(path, RESOURCE_LIMIT))
        return [str(row["name"]) for row in table["parameters"]], str(table["evidence"])
    except (ValueError, KeyError, TypeError) as fault:
        raise _unreadable(path, fault) from None


def _read_arrays(path: Path) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Central parameters and draws in the unbounded space, and the noise that goes with the draws."""
    try:
        # From bytes: numpy leaves a damaged file open.
        with np.load(io.BytesIO(read_bounded(path, RESOURCE_LIMIT)), allow_pickle=False) as arrays:
            center, draws, noise = (np.asarray(arrays[name], dtype=np.float64) for name in ("center", "draws", "noise"))
            return center, draws, noise
    except Exception as fault:  # numpy and zipfile raise many kinds; whatever it was, the file is of no use
        raise _unreadable(path, fault) from None


def _unreadable(path: Path, fault: Exception) -> InputError:
    return RefusedError(Unusable(str(path), StoreFault.UNREADABLE, " ".join(str(fault).split())))


def load(folder: Path | None = None) -> Calibration:
    """The stored calibration. InputError where it is missing, damaged or of other parameters than the model's."""
    place = folder or resource("calibration")
    names, evidence = _read_table(place / TABLE)
    center, draws, noise = _read_arrays(place / ARRAYS)
    if names != [parameter.name for parameter in all_parameters()] or center.shape != (len(all_parameters()),):
        raise RefusedError(Unusable(str(place / TABLE), StoreFault.OTHER_PARAMETERS))
    paired = draws.ndim == 2 and len(draws) > 0 and len(draws) % 2 == 0  # as the noise that goes with them
    fitting = paired and draws.shape[1] == len(all_parameters()) and noise.shape == (len(draws), len(NOISE_COLUMNS))
    if not fitting or not all(np.isfinite(values).all() for values in (center, draws, noise)):
        raise RefusedError(Unusable(str(place / ARRAYS), StoreFault.DRAWS))
    return replace(from_unbounded(center, draws, evidence, noise), shapes=load_shapes(place / SHAPES))
