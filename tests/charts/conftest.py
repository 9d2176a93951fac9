"""Charts are tried on those of figures."""

from tests.figures.conftest import first_start, scaled

__all__ = ["first_start", "scaled"]
