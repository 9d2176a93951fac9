"""Points as a picture: a million of them are drawn in the time of a frame, since each only finds its pixel."""

import numpy as np
import numpy.typing as npt

from ipuwhatif.model.parameters import FloatArray

Bytes = npt.NDArray[np.uint8]
#: Points up to which a dot is so many pixels wide; more of them make smaller dots.
_WIDTHS = ((2_000, 7), (20_000, 5), (200_000, 3))


class Window:
    """The part of the plane that is seen, and how many pixels show it; y grows upwards."""

    def __init__(self, x: tuple[float, float], y: tuple[float, float], width: int, height: int) -> None:
        self.x, self.y, self.width, self.height = x, y, max(width, 1), max(height, 1)

    def pixels(self, x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Where points lie, in pixels from the left and from the bottom; outside of the picture as well."""
        across = (x - self.x[0]) * (self.width / (self.x[1] - self.x[0]))
        return across, (y - self.y[0]) * (self.height / (self.y[1] - self.y[0]))


def dots(window: Window, x: FloatArray, y: FloatArray, colour: npt.NDArray[np.intp], paints: Bytes) -> Bytes:
    """A picture of shape (height, width, 4), the first row at the bottom, transparent where there is no dot.

    x, y: shape (points,), nan where there is none; colour: each point's row of `paints`, shape (colours, 4). Later
    points lie over earlier ones.
    """
    with np.errstate(invalid="ignore"):
        across, up = window.pixels(x, y)
        seen = (across >= 0.0) & (across < window.width) & (up >= 0.0) & (up < window.height)
    rows, columns = up[seen].astype(np.intp), across[seen].astype(np.intp)
    found = np.zeros((window.height, window.width), dtype=np.int16)
    found[rows, columns] = colour[seen] + 1
    found = _widened(found, dot_width(int(seen.sum())))
    return np.concatenate([np.zeros((1, 4), dtype=np.uint8), paints])[found]


def dot_width(points: int) -> int:
    """Width of a dot in pixels where so many points are seen."""
    return next((width for most, width in _WIDTHS if points <= most), 2)


def _widened(found: npt.NDArray[np.int16], width: int) -> npt.NDArray[np.int16]:
    """Each dot grown to a width, over nothing but the ground: no dot hides another's middle."""
    grown = found
    for axis in (0, 1):
        base = grown.copy()
        for shift in range(-(width // 2), (width + 1) // 2):
            if shift:
                moved = np.roll(base, shift, axis=axis)
                edge = [slice(None), slice(None)]
                edge[axis] = slice(0, shift) if shift > 0 else slice(shift, None)
                moved[tuple(edge)] = 0
                grown = np.where(grown == 0, moved, grown)
    return grown


def nearest(window: Window, x: FloatArray, y: FloatArray, at: tuple[float, float], reach: float) -> int | None:
    """The point nearest to a place in pixels from the left and the bottom, if within reach; the last of equals."""
    with np.errstate(invalid="ignore"):
        across, up = window.pixels(x, y)
        away = (across - at[0]) ** 2 + (up - at[1]) ** 2
    if not len(away) or np.isnan(away).all():
        return None
    found = len(away) - 1 - int(np.nanargmin(away[::-1]))
    return found if away[found] <= reach**2 else None
