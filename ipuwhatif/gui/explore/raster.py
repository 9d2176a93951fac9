"""Points as a picture: a million of them are drawn in the time of a frame, since each only finds its pixel."""

import numpy as np
import numpy.typing as npt

from ipuwhatif.model.parameters import FloatArray

Bytes = npt.NDArray[np.uint8]
#: Points up to which a dot is so many pixels wide; more of them make smaller dots.
_WIDTHS = ((2_000, 7), (20_000, 5), (200_000, 3))
_BLOCK = 32_768  # points whose pixels are looked up together


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
    found, seen = np.zeros(window.height * window.width, dtype=np.int16), 0
    if lit is None:
        seen = _set_pixels(found, window, x, y, colour)
    else:
        seen = _set_pixels(found, window, x, y, np.full(len(x), len(paints) - 1), ~lit)
        seen += _set_pixels(found, window, x, y, colour, lit)
    shown = _widened(found.reshape(window.height, window.width), dot_width(seen))
    whole = np.concatenate([np.zeros((1, 4), dtype=np.uint8), paints]).view(np.uint32).ravel()  # a paint in one word
    return whole.take(shown).view(np.uint8).reshape(window.height, window.width, 4)


def _set_pixels(
    found: npt.NDArray[np.int16],
    window: Window,
    x: FloatArray,
    y: FloatArray,
    colour: npt.NDArray[np.integer],
    some: npt.NDArray[np.bool_] | None = None,
) -> int:
    """Write the colours of points, counted from 1, into the pixels that they lie in; how many of them are seen.

    some: which of the points; None for all. A block of them at a time stays in the processor's cache.
    """
    count = 0
    for start in range(0, len(x), _BLOCK):
        block = slice(start, start + _BLOCK)
        with np.errstate(invalid="ignore"):
            across, up = window.pixels(x[block], y[block])
            inside = (across >= 0.0) & (across < window.width) & (up >= 0.0) & (up < window.height)
        seen = np.flatnonzero(inside if some is None else inside & some[block])
        pixel = up.take(seen).astype(np.int32) * window.width + across.take(seen).astype(np.int32)
        found[pixel] = colour[block].take(seen) + 1
        count += len(seen)
    return count


def dot_width(points: int) -> int:
    """Width of a dot in pixels where so many points are seen."""
    return next((width for most, width in _WIDTHS if points <= most), 2)


def _widened(found: npt.NDArray[np.int16], width: int) -> npt.NDArray[np.int16]:
    """Each dot grown to a width, over nothing but the ground: no dot hides another's middle."""
    grown = found
    for axis in (0, 1):
        base, grown = grown, grown.copy()
        for shift in range(-(width // 2), (width + 1) // 2):
            if shift:
                to, of = [slice(None), slice(None)], [slice(None), slice(None)]
                to[axis] = slice(max(shift, 0), min(shift, 0) or None)
                of[axis] = slice(max(-shift, 0), min(-shift, 0) or None)
                ground = grown[tuple(to)]
                # Sums and products of numpy take a tenth of the time of its choices.
                ground += base[tuple(of)] * (ground == 0)
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
