"""The lever that a step lets move: its name, a slider and where it stands."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from ipuwhatif.figures.scenarios.lever_words import lever_name, value_text
from ipuwhatif.gui.levers.lever_scale import position_of, snapped, steps_of, value_at
from ipuwhatif.gui.levers.lever_slider import LeverSlider
from ipuwhatif.gui.present.talk import Talk
from ipuwhatif.texts import tr

PAGES = 20  # that a slider has, one for each press of + or −
LEAST_SLIDER = 320  # logical pixels


class StepLever(QWidget):
    """Moves the lever of the step that is told; without one it says so."""

    def __init__(self, talk: Talk, parent: QWidget) -> None:
        super().__init__(parent)
        self._talk = talk
        self.name, self.slider, self.value = QLabel(self), LeverSlider(self), QLabel(self)
        self.slider.setMinimumWidth(LEAST_SLIDER)
        self.slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.name)
        row.addWidget(self.slider, 1)
        row.addWidget(self.value)
        self.slider.valueChanged.connect(self._moved)
        self.slider.sliderReleased.connect(lambda: self._moved(self.slider.value()))
        self.slider.reset.connect(talk.reset_lever)
        talk.turned.connect(self.show_step)
        self.show_step()

    def show_step(self) -> None:
        """The lever of the step, where it was left."""
        lever = self._talk.lever
        for widget in (self.slider, self.value):
            widget.setVisible(lever is not None)
        self.slider.setToolTip(tr("+ and − move it, 0 or a double click sets it back"))
        if lever is None:
            self.name.setText(tr("No lever moves on this step"))
            return
        scope = self._talk.step.lever.rpartition(".")[0]
        self.name.setText(tr("{lever} ({scope})", lever=lever_name(lever), scope=scope.upper()))
        self.slider.setAccessibleName(lever_name(lever))
        self.slider.blockSignals(True)
        self.slider.setRange(0, steps_of(lever))
        self.slider.setPageStep(max(1, steps_of(lever) // PAGES))
        self.slider.setValue(position_of(lever, self._talk.lever_value))
        self.slider.blockSignals(False)
        self._say_value(self._talk.lever_value)

    def push(self, direction: int) -> None:
        """By a key, to either side."""
        if self._talk.lever is not None:
            self.slider.setValue(self.slider.value() + direction * self.slider.pageStep())

    def _moved(self, position: int) -> None:
        lever = self._talk.lever
        if lever is not None:
            value = snapped(lever, value_at(lever, position))
            self._say_value(value)
            self._talk.set_lever(value, self.slider.isSliderDown())

    def _say_value(self, value: float) -> None:
        assert self._talk.lever is not None
        text = value_text(self._talk.lever, value)
        self.value.setText(text)
        self.slider.setAccessibleDescription(text)
