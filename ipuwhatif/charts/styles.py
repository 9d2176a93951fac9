"""How a style is drawn, in numbers that screen and painter share: sizes, widths, dashes and transparency."""

from collections.abc import Mapping
from types import MappingProxyType

from ipuwhatif.charts.spec import ASSUMED, DIFFERENCE, GHOST, TARGET

#: Diameters of an official mark, of a pair and of a crossing, and side of a handle, in logical pixels.
MARK_SIZE, PAIR_SIZE, CROSSING_SIZE, HANDLE_SIZE = 9.0, 7.0, 12.0, 9.0
OWN_SIZE = 13.0  # side of a measurement of the user's own: it stands out around an official mark at the same place
BAND_ALPHA, BAR_ALPHA, GHOST_ALPHA, ZONE_ALPHA = 0.16, 0.30, 0.16, 0.07
GHOST_EXTRA = 4.0  # how far a ghost stands out behind its bar, in logical pixels
#: Width of a line, of one that is a ghost or a target, and of the median of an interval, in logical pixels.
LINE_WIDTH, THIN_WIDTH, MEDIAN_WIDTH = 2.25, 1.5, 3.0
#: Dashes in parts of the width: of a projection beyond the data, and by thin style; without any, a thin line.
DASHED = (4.0, 2.5)
DASHES: Mapping[str, tuple[float, ...]] = MappingProxyType(
    {GHOST: (2.0, 2.0), ASSUMED: (1.0, 2.0), TARGET: (7.0, 3.0, 1.5, 3.0), DIFFERENCE: ()}
)
#: How much of a text stands left of its place, by its anchor.
SHARES: Mapping[str, float] = MappingProxyType({"left": 0.0, "center": 0.5, "right": 1.0})
LEADER_WIDTH, LEADER_ALPHA = 1.0, 0.7  # of the line from a text to its mark
HATCH_STEP = 8.0  # between the strokes of a hatched bar, along it, in logical pixels
#: Corners of a crossing in parts of its size, as pyqtgraph has them.
DIAMOND = ((0.0, -0.5), (-0.4, 0.0), (0.0, 0.5), (0.4, 0.0))
