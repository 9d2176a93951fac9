"""The room that a chart has on the page, and what it will most likely be on another page.

Words over a chart and rows under it take room that is known only once they are set. A page that was looked at before
will need what it needed then, so that its chart is laid out once and not again.
"""

from PySide6.QtWidgets import QScrollArea

Page = tuple[str, str]  # a question and a view of it
Room = tuple[int, int]  # width and height in logical pixels


class ChartRooms:
    """Rooms of the charts that scroll in an area, by page and size of the whole."""

    def __init__(self, area: QScrollArea) -> None:
        self._area = area
        self._page: Page | None = None
        self._known: dict[tuple[Page, int, int], Room] = {}

    def now(self, page: Page) -> Room:
        """What the chart of a page that is set has without scrolling."""
        self._page = page
        room = self._area.viewport().width(), self._area.viewport().height()
        self._known[self._key(page)] = room
        return room

    def expected(self, page: Page) -> Room:
        """The same of a page whose words are still to be set: as it was, where another page is turned from."""
        known = self._known.get(self._key(page)) if page != self._page else None
        return known or (self._area.viewport().width(), self._area.viewport().height())

    def _key(self, page: Page) -> tuple[Page, int, int]:
        whole = self._area.window().size()
        return page, whole.width(), whole.height()
