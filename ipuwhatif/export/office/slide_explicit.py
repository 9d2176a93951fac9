"""The XML of a chart with everything said: what is left out means one thing in a workbook and another on a slide.

Excel reads what is missing as "off" or "gap", the standard that PowerPoint follows as "on", "across" or "zero".
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_LABEL_PARTS = ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")
#: What stands before a missing element in each of its parents, as the standard orders them.
_BEFORE = {
    "varyColors": ("barDir", "grouping", "scatterStyle"),
    "invertIfNegative": ("idx", "order", "tx", "spPr"),
    "noEndCap": ("errDir", "errBarType", "errValType"),
    "delete": ("axId", "scaling"),
    "majorTickMark": ("axId", "scaling", "delete", "axPos", "majorGridlines", "minorGridlines", "title", "numFmt"),
    "overlay": ("legendPos", "legendEntry", "layout", "tx"),
    "roundedCorners": ("date1904", "lang"),
    "dispBlanksAs": ("title", "autoTitleDeleted", "plotArea", "legend", "plotVisOnly"),
}
_BEFORE["minorTickMark"] = (*_BEFORE["majorTickMark"], "majorTickMark")


def explicit(chart: bytes) -> bytes:
    """The part of a chart with what is left out in it."""
    from lxml import etree

    root = etree.fromstring(chart)
    make_explicit(root)
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made


def make_explicit(chart_space: "_Element") -> None:
    """Add what a chart of XlsxWriter leaves out, in place."""
    _add(chart_space, "roundedCorners", "0")
    for chart in _all(chart_space, "chart"):
        _add(chart, "dispBlanksAs", "gap")
    for name in ("barChart", "scatterChart"):
        for plot in _all(chart_space, name):
            _add(plot, "varyColors", "0")
            for series in _all(plot, "ser"):
                _complete_series(series, name)
    for name in ("catAx", "valAx"):
        for axis in _all(chart_space, name):
            _add(axis, "delete", "0")
            _add(axis, "majorTickMark", "none")
            _add(axis, "minorTickMark", "none")
    for labels in _all(chart_space, "dLbls"):
        for body in labels.iter("{*}bodyPr"):
            body.set("wrap", "none")  # else a text breaks at a fifth of the chart's width
    for name in ("title", "legend"):
        for each in _all(chart_space, name):
            _add(each, "overlay", "0")


def follow_theme(chart_space: "_Element", colours: Mapping[str, tuple[str, int, int]]) -> None:
    """Name the colours that are a theme's, in place, so that they follow it: each by name, luminance kept and added."""
    for element in list(chart_space.iter("{*}srgbClr")):
        found = colours.get(f"#{element.get('val', '').lower()}")
        if found is None:
            continue
        name, kept, added = found
        element.tag = element.tag.replace("}srgbClr", "}schemeClr")
        element.set("val", name)
        for tag, percent in (("lumMod", kept), ("lumOff", added)):
            if percent not in (0, 100):
                element.insert(0 if tag == "lumMod" else 1, _element(element, tag, str(1000 * percent)))


def _complete_series(series: "_Element", plot: str) -> None:
    if plot == "barChart":
        _add(series, "invertIfNegative", "0")
        for point in _all(series, "dPt"):
            _add(point, "invertIfNegative", "0", ("idx",))
    elif not _all(series, "smooth"):
        series.append(_element(series, "smooth", "0"))
    for bars in _all(series, "errBars"):
        _add(bars, "noEndCap", "0")
    for name in ("dLbls", "dLbl"):
        for labels in _all(series, name):
            if not any(_local(child) == "delete" for child in labels):
                _complete_labels(labels)


def _complete_labels(labels: "_Element") -> None:
    """What labels show and what not, each in its place at the end."""
    shown = {_local(child): child for child in labels if _local(child) in _LABEL_PARTS}
    after = [child for child in labels if _local(child) in ("separator", "showLeaderLines", "leaderLines", "extLst")]
    for child in (*shown.values(), *after):
        labels.remove(child)
    for name in _LABEL_PARTS:
        labels.append(shown[name] if name in shown else _element(labels, name, "0"))
    labels.extend(after)


def _add(parent: "_Element", name: str, value: str, before: tuple[str, ...] = ()) -> None:
    """Add a child with a value where the parent has none, after all those that stand before it."""
    if any(_local(child) == name for child in parent):
        return
    first = before or _BEFORE[name]
    place = sum(1 for child in parent if _local(child) in first)
    parent.insert(place, _element(parent, name, value))


def _element(like: "_Element", name: str, value: str) -> "_Element":
    made = like.makeelement(f"{{{_space(like)}}}{name}", {"val": value})
    return made


def _all(parent: "_Element", name: str) -> "list[_Element]":
    return list(parent.iter(f"{{{_space(parent)}}}{name}"))


def _space(element: "_Element") -> str:
    return str(element.tag).partition("}")[0].lstrip("{")


def _local(element: "_Element") -> str:
    return str(element.tag).rpartition("}")[2]
