"""A refusal is compared whole: a fragment of it would also be in a sentence that says something else."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pytest

from ipuwhatif.importers.reasons import Refused
from ipuwhatif.units import InputError, told


@contextmanager
def refused(line: str) -> Iterator[None]:
    """What happens within is refused in these words and no others."""
    with pytest.raises(InputError) as caught:
        yield
    assert str(caught.value) == line


def rows_of(refused: Iterable[Refused]) -> list[tuple[str, str]]:
    """Where each row is that was not read, and why, in words."""
    return [(told(each.place), told(each.reason)) for each in refused]
