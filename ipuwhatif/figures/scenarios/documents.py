"""What scenarios of a document are called, and what is told of a file that a newer version wrote."""

from typing import TYPE_CHECKING

from ipuwhatif.figures.phrase import some_of
from ipuwhatif.scenario.files.document import Document, ScenarioName
from ipuwhatif.texts import tr
from ipuwhatif.units import told

if TYPE_CHECKING:  # menus name scenarios long before a file is opened
    from ipuwhatif.scenario.files.file_format import Opened


def scenario_name(document: Document, index: int) -> str:
    """The letter of a scenario, with its title where it has one: "B: faster links"."""
    return told(document.name(index))


@told.register
def _(said: ScenarioName) -> str:
    return tr("{letter}: {title}", letter=said.letter, title=said.title) if said.title else said.letter


def left_out_text(opened: "Opened") -> str:
    """What was left out of a newer version's file, as a sentence."""
    what = some_of(opened.left_out)
    return tr("Left out: {what}.", what=what) if what else tr("Everything in it is understood.")


def newer_text(name: str, opened: "Opened") -> str:
    """What is told of the newer version's file of this name."""
    return tr(
        "{name} was written by a newer version of IPU What-If. {left_out}", name=name, left_out=left_out_text(opened)
    )
