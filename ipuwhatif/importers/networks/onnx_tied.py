"""Matrices that a file holds twice though the network has them once: as they are, or turned by their exporter.

An exporter that computes what is constant writes the matrix of the vocabulary a second time, transposed.
"""

from collections import defaultdict
from collections.abc import Iterable
from hashlib import blake2b
from typing import Any

import numpy as np

_WIDTHS = {1: np.uint8, 2: np.uint16, 4: np.uint32, 8: np.uint64}  # bytes of a value, whatever it means


def mark_tied(tensors: Iterable[Any]) -> None:
    """Give matrices of the same values one mark, in the remark that the format keeps with each; all others none.

    Vectors are left alone: many are zeros, or ones. So are matrices of one value.
    """
    by_size: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for tensor in tensors:
        tensor.doc_string = ""
        if len(tensor.dims) == 2 and tensor.raw_data:
            by_size[min(tensor.dims), max(tensor.dims)].append(tensor)
    for alike in by_size.values():
        marks = [_digest(tensor) for tensor in alike] if len(alike) > 1 else []
        for tensor, mark in zip(alike, marks, strict=False):
            tensor.doc_string = mark if mark and marks.count(mark) > 1 else ""


def _digest(tensor: Any) -> str:  # noqa: ANN401  the package has no types
    """A digest of the values, lying so that there are no more rows than columns; empty where there is none to give."""
    rows, columns = tensor.dims
    width, rest = divmod(len(tensor.raw_data), rows * columns)
    if rest or width not in _WIDTHS:
        return ""
    values = np.frombuffer(tensor.raw_data, dtype=_WIDTHS[width]).reshape(rows, columns)
    if (values == values[0, 0]).all():
        return ""
    lying = values if rows <= columns else np.ascontiguousarray(values.T)
    return blake2b(lying.tobytes(), digest_size=16).hexdigest()
