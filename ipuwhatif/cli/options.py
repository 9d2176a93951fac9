"""What several commands share: the options of a job without a quality target, and what `-o` writes."""

from collections.abc import Callable
from pathlib import Path

from ipuwhatif.figures.spec import Figure
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, printable, quoted

#: Options that state what a job without a quality target does and runs on.
JOB_OPTIONS = ("epochs", "tokens", "samples", "layers", "software")


def figure_writer(name: str) -> Callable[[Figure], tuple[Path, ...]]:
    """What writes a figure to this path and tells the files that it wrote; an unknown extension is refused at once."""
    path = Path(name)
    if path.suffix.lower() == ".png":
        from ipuwhatif.export.picture import write_picture

        return lambda figure: write_picture(path, (figure,))
    if path.suffix.lower() == ".csv":
        from ipuwhatif.export.csv_file import write_csv

        def write(figure: Figure) -> tuple[Path, ...]:
            write_csv(path, figure)
            return (path,)

        return write
    if not path.suffix:
        raise InputError(tr("cannot write to {name}: it has no extension; use .png or .csv", name=quoted(name)))
    ending = printable(path.suffix)
    raise InputError(
        tr("cannot write {name}: {ending} is not known; use .png or .csv", name=quoted(name), ending=ending)
    )
