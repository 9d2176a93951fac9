"""What statics are looked up by: a catalog that can be a cache key, and what tells cases apart that share nothing."""

from typing import NamedTuple

from ipuwhatif.catalog.job_layout import Layout
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.model.case import Case


class SharedCatalog:
    """A catalog that can be a cache key: two are the same when they were read from the same."""

    __slots__ = ("catalog", "content")

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.content = catalog.content

    def __hash__(self) -> int:
        return hash(self.content)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SharedCatalog) and other.content == self.content


class StaticKey(NamedTuple):
    """What tells cases apart that share nothing of a Static."""

    workload: str
    system: str
    release: str
    recipe: str
    optimizer: str
    software: str
    layers: tuple[int, ...]

    @classmethod
    def of(cls, case: Case, layout: Layout) -> "StaticKey":
        system = case.choice.system
        return cls(case.workload, system, case.release, case.recipe, layout.optimizer, case.software, case.layers)
