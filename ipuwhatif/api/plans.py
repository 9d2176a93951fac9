"""What a sweep returns: its plans as a table, or as files that hold more of them than memory does."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ipuwhatif.analysis.sweep.plan import SweepPlan
from ipuwhatif.analysis.sweep.run import sweep, sweep_by_processes, sweep_by_scheduler, sweep_to_files
from ipuwhatif.analysis.sweep.store import check_path
from ipuwhatif.analysis.world import load_world
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError

if TYPE_CHECKING:
    from pandas import DataFrame

Progress = Callable[[int, int], None]


class Plans:
    """The plans of a sweep. They are worked out when the table or a file is asked for; a chart of them is Explore's."""

    def __init__(self, plan: SweepPlan, progress: Progress | None = None) -> None:
        self.plan = plan
        self._progress = progress
        self._frame: DataFrame | None = None

    def to_frame(self) -> "DataFrame":
        """A row a plan, columns named with their units. InputError where they are too many for memory."""
        if self._frame is None:
            self._frame = sweep(load_world(), self.plan, self._progress)
        return self._frame.copy(deep=False)

    def save(self, path: str | Path, workers: int | None = None, scheduler: str | None = None) -> tuple[Path, ...]:
        """Write a .parquet folder or a .csv file part by part, as `ipuwhatif sweep` does; what was stopped goes on.

        workers: processes of this machine; scheduler: address of a Dask scheduler, whose workers see the same folder.
        """
        world, place = load_world(), Path(path)
        check_path(place)
        if workers is not None and scheduler is not None:
            raise InputError(tr("workers are of this machine, those of a scheduler are not: give one of the two"))
        if scheduler is not None:
            sweep_by_scheduler(world, self.plan, place, scheduler, self._progress)
        elif workers is not None:
            sweep_by_processes(world, self.plan, place, workers, self._progress)
        else:
            sweep_to_files(world, self.plan, place, progress=self._progress)
        return (place,)

    def _repr_html_(self) -> str:
        """The table as pandas shows it in a notebook."""
        return str(self.to_frame()._repr_html_())
