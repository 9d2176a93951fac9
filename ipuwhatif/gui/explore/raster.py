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
        across = (x - x.dtype.type(self.x[0])) * x.dtype.type(self.width / (self.x[1] - self.x[0]))
        return across, (y - y.dtype.type(self.y[0])) * y.dtype.type(self.height / (self.y[1] - self.y[0]))


def dots(
    window: Window,
    x: FloatArray,
    y: FloatArray,
    colour: npt.NDArray[np.integer],
    paints: Bytes,
    lit: npt.NDArray[np.bool_] | None = None,
) -> Bytes:
    """A picture of shape (height, width, 4), the first row at the bottom, transparent where there is no dot.

    x, y: shape (points,), nan where there is none; colour: each point's row of `paints`, shape (colours, 4). Later
    points lie over earlier ones, and over all of them those that are lit; the others have the last of the paints.
    """
    with np.errstate(invalid="ignore"):
        across, up = window.pixels(x, y)
        seen = np.flatnonzero((across >= 0.0) & (across < window.width) & (up >= 0.0) & (up < window.height))
    pixel = up.take(seen).astype(np.int32) * window.width + across.take(seen).astype(np.int32)
    found = np.zeros(window.height * window.width, dtype=np.int16)
    if lit is None:
        found[pixel] = colour.take(seen) + 1
    else:
        bright = lit.take(seen)
        found[pixel[~bright]] = len(paints)
        found[pixel[bright]] = colour.take(seen[bright]) + 1
    found = found.reshape(window.height, window.width)
    found = _widened(found, dot_width(len(seen)))
    whole = np.concatenate([np.zeros((1, 4), dtype=np.uint8), paints]).view(np.uint32).ravel()  # a paint in one word
    return whole.take(found).view(np.uint8).reshape(window.height, window.width, 4)


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
