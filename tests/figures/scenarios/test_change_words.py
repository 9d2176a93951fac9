from ipuwhatif.figures.phrases import told
from ipuwhatif.files import resource
from ipuwhatif.scenario.changes import Changed, ChangeKind
from ipuwhatif.texts import CHINESE, set_language

#: A title and its sizes, with no word of their own.
ALIKE = {ChangeKind.SIZES}


def lines() -> dict[ChangeKind, str]:
    return {kind: told(Changed(kind, "first", "second")) for kind in ChangeKind}


def test_that_every_kind_of_change_has_words_of_its_own_in_every_language() -> None:
    english = lines()
    set_language(CHINESE, resource("i18n"))
    chinese = lines()
    assert {kind for kind in ChangeKind if english[kind] == chinese[kind]} == ALIKE
    assert len(set(english.values())) == len(english)
