"""A refusal is compared whole: a fragment of it would also be in a sentence that says something else."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from ipuwhatif.units import InputError


@contextmanager
def refused(line: str) -> Iterator[None]:
    """What happens within is refused in these words and no others."""
    with pytest.raises(InputError) as caught:
        yield
    assert str(caught.value) == line
