"""Reads a chart aloud: what is under the pointer or chosen by the arrow keys stands out, and a card says what it is.

Nothing is painted anew but what stands out. Along chips a line snaps to the chip counts of the curves.
"""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from ipuwhatif.charts.geometry import plot_frame
from ipuwhatif.charts.palette import color
from ipuwhatif.charts.spec import TARGET, Bar, ChartSpec, Line, Reading, Tick, Why
from ipuwhatif.figures.tips import Element, place_text, reading_tip, tip_of
from ipuwhatif.gui.chart.chart_hits import box_of, element_at, elements_of
from ipuwhatif.gui.chart.chart_zoom import in_plot
from ipuwhatif.gui.chart.emphasis import Cross, Emphasis
from ipuwhatif.gui.hover_card import HoverCard, plain_words, small, tip_words
from ipuwhatif.texts import tr

ASIDE = 7.0  # of the card from the line across the plot, in logical pixels
STEPS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}


class ChartReader:
    """Follows the pointer and the keyboard over one chart; `emphasis` is its item in the scene."""

    def __init__(self, canvas: QWidget) -> None:
        self._canvas = canvas
        self.emphasis = Emphasis()
        self._card: HoverCard | None = None  # with the first thing that it tells of
        self._spec: ChartSpec | None = None
        self._theme = ""
        self._told: Sequence[Why] = ()
        self._whys: dict[str, Why] | None = None  # by key; a drag makes many that nobody reads
        self._places: tuple[float, ...] | None = None
        self._at: Element | Cross | None = None
        self._pointer: QPointF | None = None

    def show_spec(self, spec: ChartSpec, theme_name: str, whys: Sequence[Why] | None, quick: bool) -> None:
        """Another chart is drawn. While a hand drags nothing is told; else what the pointer is on is told anew."""
        self._spec, self._theme, self._places = spec, theme_name, None
        if whys is not None:
            self._told, self._whys = whys, None
        if self._at is None:
            return
        pointer = None if quick else self._pointer
        self.clear()
        if pointer is not None:
            self.point(pointer)

    @property
    def key(self) -> str:
        """What the why of that is asked by which is read; empty where nothing is or it has none."""
        found = self._at.chosen if isinstance(self._at, Cross) else self._at
        key = getattr(found, "key", "")
        return key if key in self._by_key() else ""

    @property
    def position(self) -> QPoint | None:
        """Where that stands on the chart which is read; None where nothing is."""
        return None if self._at is None or self._spec is None else self._box(self._spec, self._at).center()

    def point(self, position: QPointF) -> None:
        """The pointer has moved."""
        self._pointer = position
        spec = self._spec
        if spec is None:
            return
        element = element_at(spec, position)
        cross = self._cross_at(spec, element, position)
        self._show(element if cross is None else cross, position)

    def point_key(self, position: QPointF) -> str:
        """What the why of the nearest chip count is asked by where a point lies on a curve; empty elsewhere."""
        spec = self._spec
        element = None if spec is None else element_at(spec, position)
        cross = None if spec is None or element is None else self._cross_at(spec, element, position)
        return "" if cross is None or cross.chosen.key not in self._by_key() else cross.chosen.key

    def clear(self) -> None:
        """Tell of nothing."""
        self._at = self._pointer = None
        self.emphasis.clear()
        if self._card is not None:
            self._card.hide()

    def step(self, key: int) -> bool:
        """Go on by an arrow key: along chips and from curve to curve, or from thing to thing; whether it is one."""
        if self._spec is None or key not in STEPS:
            return False
        along, across = STEPS[Qt.Key(key)]
        if self._spec.readings:
            self._step_cross(self._spec, along, across)
        else:
            self._step_element(self._spec, along or across)
        self._announce()
        return True

    @property
    def is_telling(self) -> bool:
        return self._at is not None

    def _cross_at(self, spec: ChartSpec, element: Element | None, position: QPointF) -> Cross | None:
        """What is read along chips at a point of the plot, where nothing but a curve lies under it."""
        curve = isinstance(element, Line) and element.style != TARGET
        if not spec.readings or not in_plot(spec, position) or not (element is None or curve):
            return None
        frame, key = plot_frame(spec), element.key if isinstance(element, Line) else ""
        shown = set(self._xs(spec))
        mine = [each for each in spec.readings if each.x in shown and each.key.rpartition(":")[0] == key]
        offered = mine or [each for each in spec.readings if each.x in shown]
        x = min(offered, key=lambda each: abs(frame.x(each.x) - position.x())).x
        near = min((each for each in offered if each.x == x), key=lambda each: abs(frame.y(each.value) - position.y()))
        return _cross(spec, x, near.name)

    def _step_cross(self, spec: ChartSpec, along: int, across: int) -> None:
        xs = self._xs(spec)
        if not isinstance(self._at, Cross):
            self._show(_cross(spec, xs[len(xs) // 2], ""), None)
            return
        index = min(max(xs.index(self._at.x) + along, 0), len(xs) - 1)
        name = self._at.chosen.name
        if across:
            listed = sorted(self._at.readings, key=lambda each: each.value)
            chosen = next(number for number, each in enumerate(listed) if each is self._at.chosen)
            name = listed[(chosen + across) % len(listed)].name
        self._show(_cross(spec, xs[index], name), None)

    def _step_element(self, spec: ChartSpec, by: int) -> None:
        elements = elements_of(spec)
        if not elements:
            return
        index = next((number for number, each in enumerate(elements) if each is self._at), None)
        first = 0 if by > 0 else -1
        self._show(elements[first if index is None else (index + by) % len(elements)], None)

    def _show(self, found: Element | Cross | None, position: QPointF | None) -> None:
        """Tell of a thing; the card stays where it is while the pointer moves about the same one beside it."""
        spec = self._spec
        if found is None or spec is None:
            self.clear()
            return
        box = self._box(spec, found)
        at = box.center() if position is None else position.toPoint()
        same = found == self._at
        self._at = found
        if same and self._is_near(at):
            return
        if not same:
            self._stand_out(spec, found)
        if self._card is None:
            self._card = HoverCard(self._canvas)
        words = self._words(spec, found) if not same else self._card.text()
        if not words:
            self._card.hide()
            return
        self._card.say(words, self._canvas, box, at, isinstance(found, Cross))

    def _stand_out(self, spec: ChartSpec, found: Element | Cross) -> None:
        if isinstance(found, Cross):
            self.emphasis.show_cross(spec, found, self._theme)
        else:
            self.emphasis.show_element(spec, found, self._theme)

    def _is_near(self, at: QPoint) -> bool:
        """Whether the card is over, under or beside the pointer still."""
        if self._card is None or not self._card.isVisible():
            return False
        card = self._card.geometry().translated(-self._canvas.mapTo(self._canvas.window(), QPoint(0, 0)))
        return card.left() <= at.x() <= card.right() or card.top() <= at.y() <= card.bottom()

    def _box(self, spec: ChartSpec, found: Element | Cross) -> QRect:
        if not isinstance(found, Cross):
            return box_of(spec, found).toAlignedRect()
        frame = plot_frame(spec)
        x = frame.x(found.x)
        return QRect(round(x - ASIDE), round(frame.top), round(2 * ASIDE), round(frame.height))

    def _words(self, spec: ChartSpec, found: Element | Cross) -> str:
        if isinstance(found, Cross):
            return cross_words(spec, found, self._theme)
        return tip_words(tip_of(spec, found, self._by_key()), self._click(found))

    def _click(self, element: Element) -> str:
        """What a click on it does."""
        if isinstance(element, Line) and element.style == TARGET:
            return tr("Drag it: another time to reach.")
        if isinstance(element, Bar) and element.drag:
            return tr("Drag the end of the bar to move the lever; click for its why.")
        asks = not isinstance(element, Tick) and getattr(element, "key", "") in self._by_key()
        if isinstance(element, Bar) and self._spec is not None and self._spec.kind == "sensitivity" and asks:
            return tr("Not a lever of its own here, so that it cannot be dragged; click for its why.")
        return tr("Click: where this number comes from") if asks else ""

    def _by_key(self) -> dict[str, Why]:
        if self._whys is None:
            self._whys = {why.key: why for why in self._told}
        return self._whys

    def _xs(self, spec: ChartSpec) -> tuple[float, ...]:
        """The chip counts that a curve has a point at, in the part of the axis that is shown."""
        if self._places is None:
            axis = spec.x_axis
            self._places = tuple(sorted({each.x for each in spec.readings if axis.low <= each.x <= axis.high}))
        return self._places

    def _announce(self) -> None:
        """Tell a screen reader."""
        words = "" if self._card is None else plain_words(self._card.text())
        self._canvas.setAccessibleDescription(words)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._canvas, words))


def cross_words(spec: ChartSpec, cross: Cross, theme_name: str) -> str:
    """The card at a chip count: every curve's time there, the shortest first, with its interval and what it rests on.

    A curve without a point there is named last.
    """
    rows = [f"<b>{escape(place_text(spec, cross.x))}</b>", '<table cellspacing="0" cellpadding="1">']
    for each in sorted(cross.readings, key=lambda each: each.value):
        tip, chosen = reading_tip(spec, each), each is cross.chosen
        name = f"<b>{escape(tip.name)}</b>" if chosen else escape(tip.name)
        swatch = f'<span style="color:{color(each.tint, theme_name)}">■</span>'
        rows.append(
            f'<tr><td>{swatch} {name}</td><td align="right" style="padding-left:10px"><b>{escape(tip.value)}</b></td>'
            f'<td style="padding-left:10px">{small(tip.interval)}</td></tr>'
        )
        rows += [f'<tr><td colspan="3">&nbsp; &nbsp; {small(tip.basis)}</td></tr>'] if tip.basis else []
    here = {each.name for each in cross.readings}
    absent = [name for name in dict.fromkeys(each.name for each in spec.readings) if name not in here]
    rows.append("</table>")
    rows += [small(tr("No such size: {names}", names=tr(", ").join(absent))) + "<br>"] if absent else []
    rows.append(small(tr("With the 80 % interval. Click a curve: where its number here comes from")))
    return "".join(rows)


def _read(spec: ChartSpec, x: float) -> tuple[Reading, ...]:
    return tuple(each for each in spec.readings if each.x == x)


def _cross(spec: ChartSpec, x: float, name: str) -> Cross:
    """What is read at a place; the curve of this name is chosen, else the one with the least time that has a why."""
    found = _read(spec, x)
    asked = sorted((each for each in found if each.key), key=lambda each: each.value) or found
    return Cross(x, found, next((each for each in found if each.name == name), asked[0]))
