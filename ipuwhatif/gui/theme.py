"""How the window looks: Fusion, a palette and one style sheet, all from the tokens that charts are painted with.

The type scale has five steps: caption, small (tables), body, title of a chart and headline; a widget takes one by its
`role` property.
"""

from functools import cache
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QApplication, QLabel, QStyleFactory, QWidget

from ipuwhatif.charts.palette import FONT_FAMILIES, Theme, theme
from ipuwhatif.files import resource
from ipuwhatif.records import asdict

LIGHT, DARK, PROJECTOR = "light", "dark", "projector"
CAPTION, SMALL, BODY, TITLE, HEADLINE = 11, 12, 13, 14, 16
GAP = 8  # the grid on which everything is set
_PLAIN, _STRONG = QFont.Weight.Normal, QFont.Weight.DemiBold
_TEXT, _MUTED = QPalette.ColorRole.WindowText, QPalette.ColorRole.PlaceholderText
#: Of the labels that the palette knows how to paint: size [px], weight and colour by role.
LABELS = {
    "caption": (CAPTION, _PLAIN, _MUTED),
    "heading": (CAPTION, _STRONG, _MUTED),
    "headline": (HEADLINE, _PLAIN, _TEXT),
    "message": (15, _PLAIN, _MUTED),
    "notice": (SMALL, _PLAIN, _TEXT),
    "strong": (BODY, _STRONG, _TEXT),
    "told": (CAPTION, _STRONG, _TEXT),
    "value": (22, _STRONG, _TEXT),
}


def apply_theme(application: QApplication, name: str) -> None:
    """Style, font and palette of the whole application; its windows are dressed one by one."""
    colours = palette(theme(name))
    if application.style() is None or application.style().objectName().lower() != "fusion":
        application.setStyle(QStyleFactory.create("Fusion"))
    if application.font() != body_font():
        application.setFont(body_font())
    if application.palette() != colours:
        application.setPalette(colours)


def dress(window: QWidget, name: str) -> None:
    """What the palette cannot say, for a window and all that it owns, dialogs and tips too.

    A sheet of the application would be the same, but Qt lays that on every widget once for each of its ancestors.
    """
    sheet = style_sheet(name)
    if window.styleSheet() != sheet:  # setting a sheet polishes every widget anew
        window.setStyleSheet(sheet)


def body_font() -> QFont:
    """The font of everything that says nothing else."""
    font = QFont()
    font.setFamilies(list(FONT_FAMILIES))
    font.setPixelSize(BODY)
    return font


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget a role: plain labels have theirs from palette and font, all others from the style sheet.

    A sheet is tried anew on every widget when it changes, which a change of theme waits for; a palette is not.
    """
    widget.setProperty("role", role)
    if role in LABELS and isinstance(widget, QLabel):
        size, weight, colour = LABELS[role]
        font = QFont()
        font.setPixelSize(size)
        font.setWeight(weight)
        widget.setFont(font)
        widget.setForegroundRole(colour)


def set_faulty(field: QWidget, faulty: bool) -> None:
    """Show whether what a field holds can be used; the style sheet knows how."""
    if bool(field.property("faulty")) != faulty:
        field.setProperty("faulty", faulty)
        field.style().polish(field)


def palette(tokens: Theme) -> QPalette:
    """Every colour role of Qt from the tokens."""
    roles = {
        QPalette.ColorRole.Window: tokens.background,
        QPalette.ColorRole.WindowText: tokens.text,
        QPalette.ColorRole.Base: tokens.field,
        QPalette.ColorRole.AlternateBase: tokens.surface,
        QPalette.ColorRole.Text: tokens.field_text,
        QPalette.ColorRole.Button: tokens.button,
        QPalette.ColorRole.ButtonText: tokens.button_text,
        QPalette.ColorRole.ToolTipBase: tokens.surface,
        QPalette.ColorRole.ToolTipText: tokens.text,
        QPalette.ColorRole.PlaceholderText: tokens.muted_text,
        QPalette.ColorRole.Highlight: tokens.selection,
        QPalette.ColorRole.HighlightedText: tokens.selection_text,
        QPalette.ColorRole.Accent: tokens.accent,
        QPalette.ColorRole.Link: tokens.accent,
        QPalette.ColorRole.LinkVisited: tokens.accent,
        QPalette.ColorRole.BrightText: tokens.accent_text,
        QPalette.ColorRole.Light: tokens.surface,
        QPalette.ColorRole.Midlight: tokens.grid,
        QPalette.ColorRole.Mid: tokens.border,
        QPalette.ColorRole.Dark: tokens.field_border,
        QPalette.ColorRole.Shadow: tokens.field_border,
    }
    colours = QPalette()
    for role, code in roles.items():
        colours.setColor(role, QColor(code))
    disabled = QColor(tokens.axis)
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        colours.setColor(QPalette.ColorGroup.Disabled, role, disabled)
    return colours


@cache
def style_sheet(name: str) -> str:
    """What the palette of a theme cannot say: the type scale, quiet tabs, thin sliders, flat fields."""
    tokens = theme(name)
    shade = DARK if tokens.name == DARK else LIGHT
    images = {icon: resource("icons", f"{icon}-{shade}.png").as_posix() for icon in ("arrow", "check")}
    sizes = {"caption": CAPTION, "small": SMALL, "headline": HEADLINE}
    sheet = Template(resource("styles", "window.qss").read_text(encoding="utf-8"))
    return sheet.substitute(asdict(tokens) | images | sizes)


def reset_pixmap(colour: str, ratio: float) -> QPixmap:
    """A turning arrow, drawn, so that no font has to have it."""
    size = 14
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour), 1.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawArc(3, 3, 8, 8, 130 * 16, -285 * 16)
    painter.drawLine(3, 2, 4, 5)
    painter.drawLine(4, 5, 7, 5)
    painter.end()
    return pixmap
