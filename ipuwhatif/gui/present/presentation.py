"""A presentation: the audience's page and the speaker's window, which tell the same talk, each on its own screen."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from ipuwhatif.analysis.world import World
from ipuwhatif.gui.present import talk_keys as keys
from ipuwhatif.gui.present.audience_page import AudiencePage
from ipuwhatif.gui.present.presenter_window import USUAL_SIZE, PresenterWindow
from ipuwhatif.gui.present.screens import audience_screen
from ipuwhatif.gui.present.talk import Talk
from ipuwhatif.gui.present.talk_keys import TalkKeys
from ipuwhatif.scenario.stories import StoryStep


class Presentation(QObject):
    """Holds both windows until none of them is left. Signal: `closed`.

    With one screen it begins with the page alone: whoever looks on must not read what is to be said.
    """

    closed = Signal()

    def __init__(
        self, world: World, steps: Sequence[StoryStep], theme_name: str, parent: QWidget, story: str = ""
    ) -> None:
        super().__init__(parent)
        self._parent = parent
        self.talk = Talk(world, steps, story, self)
        self.page = AudiencePage(self.talk, theme_name, parent)
        self.presenter = PresenterWindow(self.talk, theme_name, parent)
        self._keys = TalkKeys(self._act, self)
        self._swapped = self._ended = False
        self._connect()
        self._follow()

    @property
    def windows(self) -> tuple[QWidget, ...]:
        return self.page, self.presenter

    @property
    def front(self) -> QWidget:
        """The window in which the speaker can be asked something."""
        return self.presenter if self.presenter.isVisible() else self.page

    def start(self) -> None:
        """Show the page, and the speaker's window where there is a screen for it."""
        self._place_page()
        if self._other_screen() is None:
            self.page.show_hint(True)
            _bring(self.page)
        else:
            self._place_presenter()
            _bring(self.presenter)

    def renew(self, world: World, steps: Sequence[StoryStep]) -> None:
        """Go on where it is in another language."""
        self.talk.renew(world, steps)

    def set_theme(self, name: str) -> None:
        """Repaint both windows as the application is painted now."""
        self.page.set_theme(name)
        self.presenter.set_theme(name)

    def close(self) -> None:
        """End it, with both windows."""
        if self._ended:
            return
        self._ended = True
        for window in (self.page, self.presenter):
            window.stop()
            window.close()
            window.deleteLater()
        self._parent.activateWindow()
        self.closed.emit()
        self.deleteLater()

    def _act(self, asked: str) -> None:
        """What a key asks for, in whichever window."""
        talk, lever = self.talk, self.presenter.lever
        acts = {
            keys.ON: lambda: talk.turn_to(talk.index + 1),
            keys.BACK: lambda: talk.turn_to(talk.index - 1),
            keys.FIRST: lambda: talk.turn_to(0),
            keys.LAST: lambda: talk.turn_to(len(talk.steps) - 1),
            keys.DOWN: lambda: self.page.scroll_on(1),
            keys.UP: lambda: self.page.scroll_on(-1),
            keys.MORE: lambda: lever.push(1),
            keys.LESS: lambda: lever.push(-1),
            keys.RESET: talk.reset_lever,
            keys.TAKE: talk.take,
            keys.ALL: talk.ask_for_all,
            keys.PRESENTER: self._switch_presenter,
            keys.PAGE: self._show_page,
            keys.SWAP: self._swap,
            keys.END: self.close,
        }
        acts[asked]()

    def _switch_presenter(self) -> None:
        """Hide the speaker's window, so that the page stands alone; or bring it back, over the page if need be."""
        page, own = self._screens()
        is_seen = self.presenter.isVisible() and (self.presenter.isActiveWindow() or page is not own)
        if is_seen and self.page.isVisible():
            self.presenter.close()
            return
        self.page.show_hint(False)
        if not self.presenter.isVisible():
            self._place_presenter()
        _bring(self.presenter)

    def _switch_page(self) -> None:
        if self.page.isVisible():
            self.page.close()
        else:
            self._show_page()

    def _show_page(self) -> None:
        """The page again, where it was closed; whoever speaks goes on where they were."""
        front = self.front
        self._place_page()
        _bring(front)

    def _swap(self) -> None:
        """Each window onto the other's screen."""
        if self._other_screen() is not None:
            self._swapped = not self._swapped
            self._place_all()

    def _other_screen(self) -> QScreen | None:
        return audience_screen(self._parent.screen(), QGuiApplication.screens())

    def _screens(self) -> tuple[QScreen, QScreen]:
        """Of the page and of the speaker: the speaker stays where the window is."""
        own = self._parent.screen()
        other = self._other_screen() or own
        return (own, other) if self._swapped else (other, own)

    def _place_all(self) -> None:
        """Each window that is shown onto its screen, as screens come and go; on one, what is to be said goes behind."""
        if self._ended:
            return
        front = self.front
        if self.page.isVisible():
            self._place_page()
        if self.presenter.isVisible():
            self._place_presenter()
        _bring(front if self._other_screen() is not None or not self.page.isVisible() else self.page)
        self._follow()

    def _place_page(self) -> None:
        screen, _ = self._screens()
        _move(self.page, screen, screen.geometry())
        self.page.showFullScreen()
        self._follow()

    def _place_presenter(self) -> None:
        """All of a screen of its own; a window that can be moved where it shares the screen with the page."""
        page, own = self._screens()
        room = own.availableGeometry()
        place = QRect(QPoint(), USUAL_SIZE.boundedTo(room.size()))
        place.moveCenter(room.center())
        _move(self.presenter, own, place)
        if page is own:
            self.presenter.show()
        else:
            self.presenter.showMaximized()

    def _left(self) -> None:
        """One window was closed: the other goes on, and the talk ends with the last."""
        if self._ended:
            return
        remaining = next((each for each in self.windows if each.isVisible()), None)
        if remaining is None:
            self.close()
        else:
            self._follow()
            _bring(remaining)

    def _follow(self) -> None:
        self.presenter.show_place(self.page.isVisible(), self._other_screen() is not None)

    def _show_answer(self) -> None:
        self.presenter.show_answer(self.page.figure, self.page.headline.text() or self.page.message.text())

    def _connect(self) -> None:
        for window in (self.page, self.presenter):
            window.left.connect(self._left)
            self._keys.watch(window)
        self.page.answered.connect(self._show_answer)
        self._show_answer()
        self.presenter.page_asked.connect(self._switch_page)
        self.presenter.swap_asked.connect(self._swap)
        self.presenter.end_asked.connect(self.close)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.screenAdded.connect(self._screen_came)
        application.screenRemoved.connect(self._place_all)
        for screen in application.screens():
            screen.geometryChanged.connect(self._place_all)

    def _screen_came(self, screen: QScreen) -> None:
        """A beamer is plugged in; it may show the same as the speaker's screen, now or later."""
        screen.geometryChanged.connect(self._place_all)
        self._place_all()


def _move(window: QWidget, screen: QScreen, place: QRect) -> None:
    """Onto a screen; a window over a whole screen does not go to another."""
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.setScreen(screen)
    window.setGeometry(place)


def _bring(window: QWidget) -> None:
    """To the front, with the keys for the talk itself and for none of its controls."""
    window.setFocus()
    window.raise_()
    window.activateWindow()
