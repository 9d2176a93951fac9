"""Projected training times of IPU, GPU and CPU systems, with intervals and sources.

In Python: `import ipuwhatif as iw`, then `iw.compare(...)`, `iw.scaling(...)`, `iw.evidence(...)`, `iw.sweep(...)`; see
`ipuwhatif.api`.
"""

TYPE_CHECKING = False  # as type checkers know it; the module of that name would be the first thing that the app loads
if TYPE_CHECKING:
    from ipuwhatif.api import Answer, compare, evidence, scaling, sweep

__version__ = "0.1.0"
__all__ = ["Answer", "compare", "evidence", "scaling", "sweep"]


def __getattr__(name: str) -> object:  # the app itself starts without the questions
    if name in __all__:
        from ipuwhatif import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
