"""Charts are tried on those of figures."""

from tests.export.conftest import scaled_with_ghost
from tests.figures.conftest import first_start, scaled

__all__ = ["first_start", "scaled", "scaled_with_ghost"]
