"""What is only told when somebody asks: a tuple that is made at the first look at it."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar, overload

Item = TypeVar("Item")


class Lazy(Sequence[Item]):
    """Behaves as the tuple that `make` returns; `make` is called once, or never."""

    __slots__ = ("_made", "_make")

    def __init__(self, make: Callable[[], tuple[Item, ...]]) -> None:
        self._make: Callable[[], tuple[Item, ...]] | None = make
        self._made: tuple[Item, ...] = ()

    def _now(self) -> tuple[Item, ...]:
        if self._make is not None:
            self._made, self._make = self._make(), None
        return self._made

    @overload
    def __getitem__(self, place: int) -> Item: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Item, ...]: ...
    def __getitem__(self, place: int | slice) -> Item | tuple[Item, ...]:
        return self._now()[place]

    def __len__(self) -> int:
        return len(self._now())

    def __iter__(self) -> Iterator[Item]:
        return iter(self._now())

    def __contains__(self, item: object) -> bool:
        return item in self._now()

    def __add__(self, other: tuple[Item, ...]) -> tuple[Item, ...]:
        return (*self, *other)

    def __radd__(self, other: tuple[Item, ...]) -> tuple[Item, ...]:
        return (*other, *self)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, (Lazy, tuple)):
            return NotImplemented
        return self._now() == tuple(other)

    def __hash__(self) -> int:
        return hash(self._now())

    def __repr__(self) -> str:
        return repr(self._now())
