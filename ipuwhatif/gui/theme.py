"""How the window looks: Fusion, a palette and one style sheet, all from the tokens that charts are painted with.

The type scale has five steps: caption, small (tables), body, title of a chart and headline; a widget takes one by its
`role` property.
"""

from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QApplication, QLabel, QStyleFactory, QWidget

from ipuwhatif.charts.palette import FONT_FAMILIES, Theme, theme
from ipuwhatif.files import resource

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
    arrow, check = (resource("icons", f"{icon}-{shade}.png").as_posix() for icon in ("arrow", "check"))
    return f"""
    QWidget#side {{ background: {tokens.surface}; border-right: 1px solid {tokens.border}; }}
    QWidget#drawer {{ background: {tokens.surface}; border-left: 1px solid {tokens.border}; }}
    QFrame#card {{ background: {tokens.surface}; border: 1px solid {tokens.border}; border-radius: 8px; }}
    QFrame#notice {{ background: {tokens.surface}; border: 1px solid {tokens.border}; border-radius: 4px;
        margin-bottom: 4px; }}
    QCheckBox[role="strong"] {{ font-weight: 600; color: {tokens.text}; }}
    QLineEdit[role="low"] {{ min-height: 17px; max-height: 17px; padding: 1px 7px; }}
    QLineEdit[role="headline"] {{ font-size: {HEADLINE}px; color: {tokens.text}; }}
    QLabel[role="warning"] {{ font-size: {CAPTION}px; color: {tokens.warning_text}; }}
    QMenuBar {{ background: {tokens.surface}; border-bottom: 1px solid {tokens.border}; padding: 1px 4px; }}
    QMenuBar::item {{ padding: 3px 9px; background: transparent; border-radius: 4px; }}
    QMenuBar::item:selected {{ background: {tokens.button_hover}; }}
    QMenu {{ background: {tokens.background}; border: 1px solid {tokens.border}; padding: 4px; }}
    QMenu::item {{ padding: 5px 28px 5px 26px; border-radius: 4px; }}
    QMenu::item:selected {{ background: {tokens.selection}; color: {tokens.selection_text}; }}
    QMenu::item:disabled {{ color: {tokens.axis}; }}
    QMenu::separator {{ height: 1px; background: {tokens.border}; margin: 4px 8px; }}
    QTabBar::tab {{ padding: 4px 2px 3px 2px; margin-right: 14px; border: none; border-bottom: 2px solid transparent;
                   color: {tokens.muted_text}; background: transparent; }}
    QTabBar::tab:selected {{ color: {tokens.text}; border-bottom: 2px solid {tokens.accent}; font-weight: 600; }}
    QTabBar::tab:hover:!selected, QTabBar::tab:focus {{ color: {tokens.accent}; }}
    QComboBox, QLineEdit {{ border: 1px solid {tokens.border}; border-radius: 4px; padding: 2px 7px;
        min-height: 20px; background: {tokens.field}; color: {tokens.field_text};
        selection-background-color: {tokens.selection}; selection-color: {tokens.selection_text}; }}
    QComboBox:hover, QLineEdit:hover {{ border-color: {tokens.field_border}; }}
    QComboBox:focus, QLineEdit:focus {{ border-color: {tokens.accent}; }}
    QLineEdit[auto="true"]:!focus {{ color: {tokens.muted_text}; }}
    QLineEdit[faulty="true"] {{ border-color: {tokens.warning_text}; color: {tokens.warning_text}; }}
    QComboBox::drop-down {{ border: none; width: 20px; }}
    QComboBox::down-arrow {{ image: url("{arrow}"); width: 9px; height: 6px; }}
    QComboBox QAbstractItemView {{ background: {tokens.background}; border: 1px solid {tokens.border}; outline: 0;
        selection-background-color: {tokens.selection}; selection-color: {tokens.selection_text}; }}
    QSlider {{ min-height: 18px; background: transparent; }}
    QSlider::groove:horizontal {{ height: 3px; border-radius: 1px; background: {tokens.border}; }}
    QSlider::sub-page:horizontal {{ height: 3px; border-radius: 1px; background: {tokens.axis}; }}
    QSlider::handle:horizontal {{ width: 12px; height: 12px; margin: -6px 0; border-radius: 7px;
        background: {tokens.accent}; border: 1px solid {tokens.surface}; }}
    QSlider::handle:horizontal:focus {{ border: 2px solid {tokens.text}; width: 10px; height: 10px; }}
    QSlider[auto="true"]::handle:horizontal {{ background: {tokens.axis}; }}
    QPushButton {{ border: 1px solid {tokens.border}; border-radius: 4px; padding: 3px 9px; min-height: 18px;
        background: {tokens.button}; color: {tokens.button_text}; }}
    QPushButton:hover {{ background: {tokens.button_hover}; }}
    QPushButton:focus {{ border-color: {tokens.accent}; }}
    QPushButton:disabled, QComboBox:disabled, QLineEdit:disabled {{ color: {tokens.axis};
        background: {tokens.surface}; border-color: {tokens.grid}; }}
    QPushButton[role="link"] {{ border: none; padding: 0; background: transparent; color: {tokens.accent};
        text-align: left; }}
    QPushButton[role="link"]:hover, QPushButton[role="link"]:focus {{ text-decoration: underline; }}
    QPushButton[role="link-menu"] {{ border: none; padding: 0 8px 0 0; background: transparent;
        color: {tokens.accent}; text-align: left; }}
    QPushButton[role="link-menu"]:hover, QPushButton[role="link-menu"]:focus {{ text-decoration: underline; }}
    QPushButton::menu-indicator {{ image: url("{arrow}"); width: 9px; height: 6px;
        subcontrol-origin: padding; subcontrol-position: right center; }}
    QPushButton[role="told-link"] {{ border: none; padding: 0; min-height: 0; background: transparent;
        font-size: {CAPTION}px; color: {tokens.accent}; }}
    QPushButton[role="link"]:disabled {{ color: {tokens.axis}; background: transparent; }}
    QPushButton[role="told-link"]:hover, QPushButton[role="told-link"]:focus {{ text-decoration: underline; }}
    QToolButton {{ border: 1px solid transparent; border-radius: 4px; padding: 1px; background: transparent; }}
    QToolButton:hover {{ background: {tokens.button_hover}; }}
    QToolButton:focus {{ border-color: {tokens.accent}; }}
    QCheckBox {{ spacing: 6px; background: transparent; border-radius: 3px; }}
    QCheckBox:focus {{ color: {tokens.accent}; }}
    QCheckBox::indicator, QListWidget::indicator {{ width: 13px; height: 13px; border-radius: 3px;
        border: 1px solid {tokens.field_border}; background: {tokens.field}; }}
    QCheckBox::indicator:hover, QListWidget::indicator:hover {{ border-color: {tokens.accent}; }}
    QCheckBox::indicator:checked, QListWidget::indicator:checked {{ border-color: {tokens.accent};
        background: {tokens.accent}; image: url("{check}"); }}
    QTableView {{ border: none; font-size: {SMALL}px; background: {tokens.background}; outline: 0;
        selection-background-color: {tokens.selection}; selection-color: {tokens.selection_text}; }}
    QHeaderView {{ background: {tokens.background}; border: none; }}
    QHeaderView::section {{ background: {tokens.background}; color: {tokens.muted_text}; border: none;
        border-bottom: 1px solid {tokens.border}; padding: 2px 7px; font-size: {CAPTION}px; }}
    QToolButton[role="fold"] {{ border: none; padding: 1px 0; font-size: {CAPTION}px; font-weight: 600;
        color: {tokens.muted_text}; background: transparent; }}
    QToolButton[role="fold"]:hover, QToolButton[role="fold"]:focus {{ color: {tokens.accent}; }}
    QToolButton[role="notes"] {{ border: none; padding: 2px 0; font-size: {CAPTION}px; color: {tokens.muted_text}; }}
    QToolButton[role="notes"]:hover, QToolButton[role="notes"]:focus {{ color: {tokens.accent};
        background: transparent; text-decoration: underline; }}
    QSplitter::handle {{ background: transparent; }}
    QSplitter::handle:hover {{ background: {tokens.border}; }}
    QToolButton[role="close"] {{ font-size: 18px; color: {tokens.muted_text}; }}
    QAbstractScrollArea::corner {{ background: transparent; border: none; }}
    QLabel[role="message"] {{ padding: 0 120px; }}
    QScrollArea, QTextBrowser {{ border: none; background: transparent; }}
    QScrollBar:vertical {{ width: 9px; background: transparent; margin: 0; }}
    QScrollBar:horizontal {{ height: 9px; background: transparent; margin: 0; }}
    QScrollBar::handle {{ background: {tokens.border}; border-radius: 4px; min-height: 24px; min-width: 24px; }}
    QScrollBar::handle:hover {{ background: {tokens.axis}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QLabel#hover {{ background: {tokens.background}; color: {tokens.text}; border: 1px solid {tokens.field_border};
        border-radius: 4px; padding: 6px 9px; }}
    QToolTip {{ background: {tokens.surface}; color: {tokens.text}; border: 1px solid {tokens.border}; padding: 4px; }}
    QStatusBar {{ background: {tokens.surface}; color: {tokens.muted_text}; }}
    QToolButton[role="scenario"] {{ padding: 1px 8px; color: {tokens.muted_text}; }}
    QToolButton[role="scenario"]:checked {{ background: {tokens.selection}; color: {tokens.selection_text}; }}
    QToolButton[role="scenario"]:focus {{ border-color: {tokens.accent}; }}
    QToolButton[role="scenario"]:disabled {{ color: {tokens.axis}; }}
    QToolButton[role="quiet"] {{ padding: 1px 6px; font-size: {CAPTION}px; color: {tokens.muted_text}; }}
    QToolButton[role="quiet"]:hover, QToolButton[role="quiet"]:focus {{ color: {tokens.accent}; }}
    QListView[role="found"] {{ border: none; background: transparent; outline: 0; }}
    """


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
