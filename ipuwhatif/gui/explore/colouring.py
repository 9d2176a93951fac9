"""The colours of plans by one of their columns: hues of families, words one by one, numbers from blue to orange."""

from html import escape

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor

from ipuwhatif.analysis.explore.explored import Explored
from ipuwhatif.analysis.explore.plans import release_words, system_words
from ipuwhatif.analysis.sweep.axes import CHIPS, RELEASE, SYSTEM
from ipuwhatif.analysis.sweep.quantities import BASIS
from ipuwhatif.analysis.world import World
from ipuwhatif.charts.palette import color, system_tint
from ipuwhatif.charts.spec import Tint
from ipuwhatif.figures.explore.words import value_text
from ipuwhatif.figures.scenarios.names import FAMILY_NAMES
from ipuwhatif.gui.explore.raster import Bytes
from ipuwhatif.model.parameters import FloatArray, IntArray
from ipuwhatif.records import Record
from ipuwhatif.texts import tr

FAMILY = "family"
#: From the least to the greatest value, lighter step by step as well, so that hue alone tells nothing.
RAMP = tuple(
    Tint(hue, shade)
    for hue, shade in (
        ("ipu", 0.0),
        ("memory", 0.15),
        ("compute", 0.3),
        ("launch", 0.45),
        ("update", 0.6),
        ("gpu", 0.75),
        ("evaluation", 1.0),
    )
)
_MOST_SYSTEMS = 12  # that a legend names one by one
_SIZES, _USUAL = 13, 64  # powers of two that have a shade of their own; chips whose shade a legend has
_UNKNOWN = Tint("neutral", 1.0)


class Colours(Record, frozen=True):
    """Of each plan the row of its paint, the paints, and what they mean: pairs of words and paint."""

    codes: npt.NDArray[np.intp]
    paints: Bytes
    legend: tuple[tuple[str, str], ...]

    @property
    def html(self) -> str:
        """The legend, a line an entry."""
        return "<br>".join(f'<span style="color:{paint}">■</span> {escape(text)}' for text, paint in self.legend)


def colours_of(world: World, explored: Explored, by: str, theme_name: str) -> Colours:
    """The colours of all plans by FAMILY or a column."""
    if by in (SYSTEM, FAMILY):
        return _of_systems(world, explored, by, theme_name)
    values = np.asarray(explored.column(by), dtype=np.float64)
    if by in (RELEASE, BASIS):
        count = 2 if by == BASIS else len(release_words(explored.plan))
        codes, tints = np.where(np.isfinite(values), values, count).astype(np.intp), _along_ramp(count)
        words = [value_text(world, explored, by, float(code)) for code in range(count)]
        shown = range(count) if count <= len(RAMP) else (0, count - 1)
        entries = [(words[code], tints[code]) for code in shown]
    else:
        codes, tints, entries = _of_numbers(world, explored, by, values)
    if (codes == len(tints)).any():
        entries.append((tr("not known yet") if by == BASIS else tr("no figure"), _UNKNOWN))
    return _painted(codes, [*tints, _UNKNOWN], entries, theme_name)


def _of_systems(world: World, explored: Explored, by: str, theme_name: str) -> Colours:
    """Systems as on every chart: the hue of the family, darker by size. Families alone have one paint each."""
    systems = [world.catalog.systems[key] for key in system_words(explored.plan)]
    families = list(dict.fromkeys(each.family for each in systems))
    named = [(tr(FAMILY_NAMES[family]), Tint(family, 0.5)) for family in families]
    place = explored.plans.system.astype(np.intp)
    if by == FAMILY:
        of_family = np.array([families.index(each.family) for each in systems])
        return _painted(of_family[place], [tint for _, tint in named], named, theme_name)
    size = np.clip(np.log2(explored.plans.values[CHIPS]), 0, _SIZES - 1).astype(np.intp)
    tints = [system_tint(each.family, 2**power, each.key) for each in systems for power in range(_SIZES)]
    if len(systems) <= _MOST_SYSTEMS:
        named = [(each.name, system_tint(each.family, _USUAL, each.key)) for each in systems]
    return _painted(place * _SIZES + size, tints, named, theme_name)


def _of_numbers(
    world: World, explored: Explored, by: str, values: FloatArray
) -> tuple[IntArray, list[Tint], list[tuple[str, Tint]]]:
    """Few values each have their paint; many share some, by their logarithm."""
    known = values[np.isfinite(values)]
    some = np.unique(known[:: max(len(known) // 100_000, 1)])
    if not len(some):
        return np.zeros(len(values), dtype=np.intp), [_UNKNOWN], []
    few = len(some) <= len(RAMP)
    places = some if few else np.geomspace(max(some[0], 1e-9), max(some[-1], 1e-9), len(RAMP))
    edges = np.sqrt(np.maximum(places[1:], 1e-12) * np.maximum(places[:-1], 1e-12))
    codes = np.where(np.isfinite(values), np.searchsorted(edges, values), len(places)).astype(np.intp)
    tints = _along_ramp(len(places))
    words = [value_text(world, explored, by, float(place)) for place in places]
    if not few:
        words = [words[0], *[tr("about {value}", value=word) for word in words[1:-1]], words[-1]]
    return codes, tints, list(zip(words, tints, strict=True))


def _along_ramp(count: int) -> list[Tint]:
    places = np.linspace(0, len(RAMP) - 1, count) if count > 1 else np.zeros(1)
    return [RAMP[round(float(place))] for place in places]


def _painted(
    codes: npt.NDArray[np.intp], tints: list[Tint], entries: list[tuple[str, Tint]], theme_name: str
) -> Colours:
    paints = [QColor(color(tint, theme_name)) for tint in tints]
    table = np.array([[each.red(), each.green(), each.blue(), 255] for each in paints], dtype=np.uint8)
    return Colours(codes, table, tuple((text, color(tint, theme_name)) for text, tint in entries))
