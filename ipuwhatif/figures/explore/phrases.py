"""What keeps plans from being explored, in words."""

from ipuwhatif.analysis.explore.reasons import CannotExplore, TooManyForPicture
from ipuwhatif.texts import marked, tr
from ipuwhatif.units import format_number, told

_CANNOT = {
    CannotExplore.OWN_SIZES: marked(
        "plans of a network of your own sizes cannot be explored yet; its default sizes can"
    ),
}


@told.register
def _(said: CannotExplore) -> str:
    return tr(_CANNOT[said])


@told.register
def _(said: TooManyForPicture) -> str:
    return tr(
        "{count} plans are too many for a picture; the most is {most}: vary less",
        count=format_number(said.count),
        most=format_number(said.most),
    )
