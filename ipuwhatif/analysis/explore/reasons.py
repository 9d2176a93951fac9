"""What keeps plans from being explored: each kind with its numbers, nothing of it in words."""

from enum import StrEnum

from ipuwhatif.records import Record


class CannotExplore(StrEnum):
    """What cannot be explored, whatever its numbers."""

    OWN_SIZES = "own sizes"  # of a network


class TooManyForPicture(Record, frozen=True):
    """More plans than a picture shows."""

    count: int
    most: int
