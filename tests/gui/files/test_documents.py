import errno
import json
import os
import pickle
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ipuwhatif.analysis import kept_answers
from ipuwhatif.export.embedded_document import svg_with
from ipuwhatif.gui.answering.question import Question
from ipuwhatif.gui.files import journal as journal_module
from ipuwhatif.gui.files import journal_keeper as module
from ipuwhatif.gui.files.documents import Documents
from ipuwhatif.gui.files.file_dialogs import Decision
from ipuwhatif.gui.levers.lever_field import LeverField
from ipuwhatif.scenario.files.document import FIRST_DOCUMENT
from ipuwhatif.scenario.files.file_format import VERSION
from ipuwhatif.scenario.scenario import FIRST_START, SUFFIX
from tests.gui.conftest import settle
from tests.gui.scripted import MOVED, WORLD, Scripted, compute_gain, release, saved_bytes
from tests.scenario.contents import scenario_bytes
from tests.scenario.files.test_file_format import as_people_set_it, content
from tests.scenario.test_edits import random_edit

Open = Callable[..., Documents]
BY_30_PERCENT = compute_gain(1.3)


@pytest.fixture
def start(qtbot: QtBot, tmp_path: Path) -> Open:
    """Documents of a new session on the same folder; the answers are those that the user will give."""

    def start(*answers: object) -> Documents:
        window = QWidget()
        qtbot.addWidget(window)
        question = Question(FIRST_DOCUMENT, window)
        return Documents(question, WORLD, tmp_path / "data", window, Scripted(*answers))

    return start


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sessions keep what is unsaved as soon as nobody edits, not a second later."""
    monkeypatch.setattr(module, "JOURNAL_AFTER_MS", 1)


def question_of(documents: Documents) -> Question:
    """What the window asks."""
    return documents.parent().findChild(Question)


def edit(documents: Documents, change=BY_30_PERCENT) -> None:
    question_of(documents).begin_gesture()
    question_of(documents).apply(change(question_of(documents).scenario))


def shown(documents: Documents):
    return question_of(documents).scenario


def kill(documents: Documents) -> None:
    """What the death of a process does to its journal: nothing but that its lock is free. No timer outlives it."""
    documents.keeper.timer.stop()
    documents.keeper.timer.timeout.emit()
    documents.keeper.journal.leave()


def journals(tmp_path: Path) -> list[str]:
    folder = tmp_path / "data" / "journal"
    return sorted(path.suffix for path in folder.iterdir()) if folder.exists() else []


def test_that_a_document_is_unsaved_from_its_first_edit_until_it_is_saved_or_undone(start: Open, tmp_path) -> None:
    path = tmp_path / "plan.ipuwhatif"
    documents = start(path)
    said = []
    documents.changed.connect(lambda: said.append((documents.name, documents.unsaved)))
    edit(documents)
    question_of(documents).undo_stack.undo()
    question_of(documents).undo_stack.redo()
    assert documents.save()
    edit(documents, release("2021-06"))
    names = [("Untitled", True), ("Untitled", False), ("Untitled", True), ("plan.ipuwhatif", False)]
    assert said == [*names, ("plan.ipuwhatif", True)]
    assert path.read_bytes() == saved_bytes(MOVED)
    assert documents.save() and len(documents.asking.asked) == 1
    assert documents.asking.asked[0].endswith("ResNet-50.ipuwhatif")


def test_that_saving_makes_later_moves_of_a_lever_a_step_of_their_own(start: Open, tmp_path: Path) -> None:
    documents = start(tmp_path / "plan.ipuwhatif")
    question = question_of(documents)
    question.apply(compute_gain(1.2)(question.scenario))
    documents.save()
    question.apply(compute_gain(1.3)(question.scenario))
    assert question.undo_stack.count() == 2 and documents.unsaved
    question.undo_stack.undo()
    assert not documents.unsaved


def test_that_opening_takes_the_place_of_the_document_and_of_its_steps(start: Open, tmp_path: Path) -> None:
    (tmp_path / "plan.ipuwhatif").write_bytes(scenario_bytes(MOVED))
    documents = start(tmp_path / "plan.ipuwhatif")
    documents.open()
    assert (shown(documents), documents.name, documents.unsaved) == (MOVED, "plan.ipuwhatif", False)
    assert question_of(documents).selection == MOVED.systems[0]
    assert not question_of(documents).undo_stack.canUndo()
    assert documents.asking.told == []
    documents.asking.answers = [None]
    documents.open()
    assert shown(documents) == MOVED


@pytest.mark.parametrize("way", ["new", "open_path", "may_leave"])
@pytest.mark.parametrize("answer", [Decision.SAVE, Decision.DISCARD, Decision.CANCEL])
def test_that_unsaved_changes_are_asked_about_before_they_would_go(start: Open, tmp_path, way: str, answer) -> None:
    other = FIRST_START.with_lever("gpu.clock", 1.1)
    (tmp_path / "other.ipuwhatif").write_bytes(scenario_bytes(other))
    path = tmp_path / "plan.ipuwhatif"
    documents = start(path)
    documents.save()
    edit(documents)
    documents.asking.answers = [answer]
    arguments = (tmp_path / "other.ipuwhatif",) if way == "open_path" else ()
    left = getattr(documents, way)(*arguments)
    assert documents.asking.asked[1:] == ["leave plan.ipuwhatif"]
    assert path.read_bytes() == saved_bytes(MOVED if answer is Decision.SAVE else FIRST_START)
    stays = way == "may_leave" or answer is Decision.CANCEL
    assert shown(documents) == (MOVED if stays else (other if way == "open_path" else FIRST_START))
    assert left in (None, answer is not Decision.CANCEL)


def test_that_cancelling_the_choice_of_a_file_cancels_what_asked_for_it(start: Open) -> None:
    documents = start(Decision.SAVE, None)
    edit(documents)
    documents.new()
    assert shown(documents) == MOVED and documents.unsaved
    assert question_of(documents).undo_stack.canUndo()


FAULTY = {
    "nothing": b"",
    "bytes": bytes(range(256)),
    "pickle": pickle.dumps(["a", 1]),
    "deep": b"[" * 500_000,
    "infinite": scenario_bytes(MOVED).replace(b"1.3", b"1e999"),
    "unknown": content(workload="resnet-50"),
    "doubled": content(systems=["dgx-a100:8", "dgx-a100:8"]),
    "ancient": content(version=0),
    "newer": content(version=VERSION + 1, workload="llama"),
}


@pytest.mark.parametrize("kind", [*FAULTY, "large", "missing", "folder"])
def test_that_a_faulty_file_is_told_in_one_line_and_changes_nothing(start: Open, tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"{kind}.ipuwhatif"
    if kind == "large":
        with path.open("wb") as stream:
            stream.truncate(100_000_000)
    elif kind == "folder":
        path.mkdir()
    elif kind != "missing":
        path.write_bytes(FAULTY[kind])
    documents = start()
    edit(documents)
    assert not documents.open_path(path)
    (told,) = documents.asking.told
    assert path.name in told and len(told.splitlines()) == 1
    assert (shown(documents), documents.path, documents.unsaved) == (MOVED, None, True)
    assert question_of(documents).undo_stack.undoText() == "IPU compute gain 1.30 ×"
    assert documents.recent == ()


def test_that_a_newer_file_is_shown_as_far_as_it_goes_and_never_written_over(start: Open, tmp_path: Path) -> None:
    path, other = tmp_path / "new.ipuwhatif", tmp_path / "old.ipuwhatif"
    data = content(MOVED, version=VERSION + 1, prices={"ipu": 3})
    path.write_bytes(data)
    documents = start(path, other)
    assert documents.open_path(path)
    assert shown(documents) == MOVED and not documents.unsaved
    assert documents.asking.told == [
        "new.ipuwhatif was written by a newer version of IPU What-If. Left out: prices.ipu. "
        "Saving asks for another name."
    ]
    assert not documents.save()
    assert "save under another name" in documents.asking.told[1]
    assert documents.save() and other.read_bytes() == saved_bytes(MOVED)
    assert path.read_bytes() == data
    assert documents.save() and documents.name == "old.ipuwhatif"


def test_that_what_is_left_out_of_an_exported_file_of_a_newer_version_is_told(start: Open, tmp_path: Path) -> None:
    path = tmp_path / "new.svg"
    path.write_bytes(svg_with(b"<svg></svg>", content(MOVED, version=VERSION + 1, prices={"ipu": 3})))
    documents = start()
    assert documents.open_path(path) and shown(documents) == MOVED and documents.path is None
    assert documents.asking.told == ["new.svg was written by a newer version of IPU What-If. Left out: prices.ipu."]


def test_that_a_name_gets_its_ending_and_no_file_is_replaced_unasked(start: Open, tmp_path: Path) -> None:
    (tmp_path / "v1.2.ipuwhatif").write_bytes(b"other")
    documents = start(tmp_path / "v1.2", False, tmp_path / "v1.2", True)
    assert not documents.save_as()
    assert (tmp_path / "v1.2.ipuwhatif").read_bytes() == b"other"
    assert documents.save_as()
    assert documents.path == tmp_path / "v1.2.ipuwhatif"
    assert [path.name for path in tmp_path.glob("v1*")] == ["v1.2.ipuwhatif"]


def test_that_a_file_that_another_program_changed_is_replaced_only_when_that_is_meant(start: Open, tmp_path) -> None:
    path = tmp_path / "plan.ipuwhatif"
    documents = start(path, False, True)
    documents.save()
    path.write_bytes(b"mine")
    edit(documents)
    assert not documents.save() and path.read_bytes() == b"mine" and documents.unsaved
    assert documents.save() and path.read_bytes() == saved_bytes(MOVED)
    path.unlink()
    assert documents.save() and path.exists()


@pytest.mark.parametrize("fault", ["full", "vanished", "read-only"])
def test_that_a_save_that_fails_says_what_to_do_and_keeps_the_changes(
    start: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    path = tmp_path / "folder" / "plan.ipuwhatif"
    path.parent.mkdir()
    documents = start(path)
    documents.save()
    edit(documents)
    if fault == "full":
        monkeypatch.setattr("os.fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    elif fault == "vanished":
        path.unlink()
        path.parent.rmdir()
    else:
        path.chmod(0o444)
    assert not documents.save()
    (told,) = documents.asking.told
    assert "free some space" in told or "save to another folder" in told or "save under another name" in told
    assert documents.unsaved and shown(documents) == MOVED


def test_that_what_is_typed_counts_before_anything_is_saved_or_left(start: Open, tmp_path: Path) -> None:
    documents = start(tmp_path / "plan.ipuwhatif")
    field = LeverField(documents.parent())
    field.editingFinished.connect(lambda: (field.setModified(False), edit(documents)))
    field.setText("1.3")
    field.setModified(True)
    assert documents.save()
    assert (tmp_path / "plan.ipuwhatif").read_bytes() == saved_bytes(MOVED)


def test_that_a_typed_text_that_is_not_understood_is_asked_about_too(start: Open) -> None:
    documents = start(Decision.CANCEL)
    field = LeverField(documents.parent())
    field.setAccessibleName("Clock in ×")
    documents.parent().show()
    field.setText("fast")
    field.setModified(True)
    assert not documents.may_leave()
    assert documents.asking.asked == ["leave Untitled 'fast' in “Clock in ×” is not understood and is no part of it."]


def test_that_recent_files_are_kept_for_the_next_session(start: Open, tmp_path: Path) -> None:
    first, second = tmp_path / "first.ipuwhatif", tmp_path / "second.ipuwhatif"
    documents = start(first, second)
    documents.save()
    documents.save_as()
    assert start().recent == (second, first)


def test_that_a_killed_session_is_offered_and_restored_whole(start: Open, tmp_path: Path) -> None:
    path = tmp_path / "plan.ipuwhatif"
    documents = start(path)
    documents.save()
    edit(documents)
    kill(documents)
    after = start(Decision.RESTORE)
    after.offer_restore()
    assert after.asking.asked[0].startswith("restore plan.ipuwhatif 20")
    assert (shown(after), after.path, after.unsaved) == (MOVED, path, True)
    assert after.save() and path.read_bytes() == saved_bytes(MOVED)
    after.close()
    assert journals(tmp_path) == []
    start().offer_restore()


def test_that_a_restored_document_that_is_killed_again_is_offered_again(start: Open, tmp_path: Path) -> None:
    documents = start()
    edit(documents)
    kill(documents)
    again = start(Decision.RESTORE)
    again.offer_restore()
    kill(again)
    third = start(Decision.RESTORE)
    third.offer_restore()
    assert shown(third) == MOVED
    third.close()
    assert journals(tmp_path) == []


def test_that_a_journal_that_cannot_be_read_or_shown_now_stays_for_another_start(
    start: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    documents = start()
    edit(documents)
    kill(documents)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", fail)
        start().offer_restore()
    with monkeypatch.context() as patched, pytest.raises(OSError, match="Input/output error"):
        patched.setattr(kept_answers, "unsettled", fail)
        start(Decision.RESTORE).offer_restore()
    after = start(Decision.RESTORE)
    after.offer_restore()
    assert shown(after) == MOVED
    after.close()


def test_that_what_is_not_wanted_is_gone_and_what_is_put_off_stays(start: Open, tmp_path: Path) -> None:
    documents = start()
    edit(documents)
    kill(documents)
    start(Decision.LATER).offer_restore()
    assert journals(tmp_path) == [".json"]
    after = start(Decision.DISCARD)
    after.offer_restore()
    assert shown(after) == FIRST_START
    assert journals(tmp_path) == []


def test_that_two_sessions_that_are_alive_leave_each_other_alone(
    start: Open, tmp_path: Path, at_once: None, qtbot: QtBot
) -> None:
    one, other = start(), start()
    edit(one)
    edit(other, release("2021-06"))
    qtbot.waitUntil(lambda: journals(tmp_path) == [".json", ".json", ".lock", ".lock"])
    start().offer_restore()
    one.close()
    assert journals(tmp_path) == [".json", ".lock"]
    other.close()
    assert journals(tmp_path) == []


def test_that_only_the_file_of_the_start_is_offered_with_it(start: Open, tmp_path: Path) -> None:
    documents = start()
    edit(documents)
    kill(documents)
    start().offer_restore(tmp_path / "plan.ipuwhatif")
    after = start(Decision.RESTORE)
    after.offer_restore()
    assert shown(after) == MOVED


def test_that_somebody_at_work_is_not_interrupted_by_an_offer(start: Open) -> None:
    documents = start()
    edit(documents)
    kill(documents)
    after = start()
    edit(after, release("2021-06"))
    after.offer_restore()
    assert after.asking.asked == []
    after.close()


def test_that_a_restored_file_that_was_changed_since_is_not_replaced_unasked(start: Open, tmp_path: Path) -> None:
    path = tmp_path / "plan.ipuwhatif"
    documents = start(path)
    documents.save()
    edit(documents)
    kill(documents)
    path.write_bytes(b"changed meanwhile")
    after = start(Decision.RESTORE, False)
    after.offer_restore()
    assert not after.save()
    assert path.read_bytes() == b"changed meanwhile"
    after.close()


def test_that_what_is_restored_of_a_newer_file_asks_for_a_name(start: Open, tmp_path: Path) -> None:
    path = tmp_path / "new.ipuwhatif"
    path.write_bytes(content(version=VERSION + 1))
    documents = start()
    documents.open_path(path)
    edit(documents, release("2021-06"))
    kill(documents)
    after = start(Decision.RESTORE, None)
    after.offer_restore()
    assert after.path is None and not after.save()
    after.close()


@pytest.mark.parametrize("damage", [b"", b"\x00" * 50, b"{}", b"[" * 100_000, b'{"format": "ipuwhatif journal"}'])
def test_that_a_damaged_journal_or_list_never_stops_a_start(start: Open, tmp_path: Path, damage: bytes) -> None:
    folder = tmp_path / "data" / "journal"
    folder.mkdir(parents=True)
    (folder / "123-abc.json").write_bytes(damage)
    (folder.parent / "recent.json").write_bytes(damage)
    documents = start(tmp_path / "plan.ipuwhatif")
    documents.offer_restore()
    assert documents.recent == ()
    assert documents.save() and documents.recent == (tmp_path / "plan.ipuwhatif",)
    assert journals(tmp_path) == [".damaged"]


def made_long_ago(path: Path) -> None:
    """As a file that was not made a moment ago; a lock is empty while it is being made."""
    os.utime(path, (1e9, 1e9))


@pytest.mark.parametrize("lock", [b"", b"\x00" * 40], ids=["empty", "zeros"])
def test_that_a_lock_that_names_nobody_hides_no_journal(start: Open, tmp_path: Path, lock: bytes) -> None:
    killed = start()
    edit(killed)
    kill(killed)
    (journal,) = (tmp_path / "data" / "journal").iterdir()
    path = journal.with_suffix(".lock")
    path.write_bytes(lock)
    fresh = start()
    fresh.offer_restore()
    assert fresh.asking.asked == [], "it may be in the making"
    made_long_ago(path)
    after = start(Decision.RESTORE)
    after.offer_restore()
    assert shown(after) == MOVED
    after.close()
    fresh.close()
    assert journals(tmp_path) == []


def test_that_a_window_that_is_alive_keeps_its_journal_whatever_is_in_its_lock(start: Open, tmp_path: Path) -> None:
    alive = start()
    edit(alive)
    alive.keeper.timer.timeout.emit()
    assert alive.keeper.journal.settled()
    (lock,) = (tmp_path / "data" / "journal").glob("*.lock")
    lock.write_bytes(b"")
    made_long_ago(lock)
    after = start()
    after.offer_restore()
    assert after.asking.asked == [] and lock.exists()
    alive.close()


@pytest.mark.parametrize("suffix", [".json", ".lock"])
def test_that_a_link_that_leads_nowhere_hides_no_journal_after_it(start: Open, tmp_path: Path, suffix: str) -> None:
    killed = start()
    edit(killed)
    kill(killed)
    for name in ("0-first", "zz-last"):  # before and behind, in whichever order a folder is listed
        (tmp_path / "data" / "journal" / f"{name}{suffix}").symlink_to(tmp_path / "nowhere")
    after = start(Decision.RESTORE)
    after.offer_restore()
    assert shown(after) == MOVED
    after.close()


def test_that_a_journal_that_names_no_possible_file_or_time_is_bounded(start: Open, tmp_path: Path) -> None:
    killed = start()
    edit(killed)
    kill(killed)
    (journal,) = (tmp_path / "data" / "journal").iterdir()
    sound = json.loads(journal.read_text())
    journal.write_text(json.dumps({**sound, "file": "/" + "n" * 300_000, "written": "t" * 300_000}))
    after = start(Decision.LATER)
    after.offer_restore()
    (asked,) = after.asking.asked
    assert len(asked) < 250
    journal.write_text(json.dumps({**sound, "file": "a\0b"}))
    again = start()
    again.offer_restore()
    assert again.asking.asked == [] and ".damaged" in journals(tmp_path)


def test_that_a_journal_is_written_a_second_after_the_last_edit_and_not_by_the_painting_thread(
    start: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writers, real = [], journal_module.write_atomic

    def write(path: Path, data: bytes) -> None:
        if path.is_relative_to(tmp_path):  # not by a window of the test before
            writers.append(threading.current_thread())
        real(path, data)

    monkeypatch.setattr(journal_module, "write_atomic", write)
    documents, begun = start(), []
    timer = documents.keeper.timer
    assert timer.isSingleShot() and timer.interval() == module.JOURNAL_AFTER_MS == 1000
    monkeypatch.setattr(timer, "start", lambda: begun.append(timer.interval()))  # no clock runs in this test
    for value in (1.1, 1.2, 1.3):
        edit(documents, compute_gain(value))
    assert begun == [1000, 1000, 1000], "every edit puts the writing off"
    assert writers == [] and documents.keeper.journal.worker is None
    kill(documents)
    assert len(writers) == 1 and writers[0] is not threading.main_thread()
    after = start(Decision.RESTORE)
    after.offer_restore()
    assert shown(after) == MOVED
    after.close()


def test_that_undoing_to_the_saved_document_leaves_nothing_to_restore(
    start: Open, tmp_path: Path, at_once: None, qtbot: QtBot
) -> None:
    documents = start()
    edit(documents)
    qtbot.waitUntil(lambda: journals(tmp_path) == [".json", ".lock"])
    question_of(documents).undo_stack.undo()
    qtbot.waitUntil(lambda: journals(tmp_path) == [".lock"])
    qtbot.wait(50)
    assert journals(tmp_path) == [".lock"], "nothing is written any more"
    documents.close()
    assert journals(tmp_path) == []


def test_that_nothing_is_kept_after_the_end_whatever_still_changes_or_fires(start: Open, tmp_path: Path) -> None:
    documents = start()
    edit(documents)
    documents.keeper.timer.timeout.emit()
    documents.close()
    documents.keeper.timer.timeout.emit()  # it was due already
    edit(documents, release("2021-06"))  # a field that loses the focus
    documents.keeper.timer.timeout.emit()
    assert documents.keeper.journal.worker is None
    assert journals(tmp_path) == []


def test_that_a_journal_that_fails_at_the_end_is_not_told_over_a_closed_window(start: Open, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way")
    documents = start()
    edit(documents)
    documents.keeper.timer.timeout.emit()
    documents.close()  # the worker is waited for; what it says comes later
    settle()
    assert documents.asking.told == []


def test_that_an_offer_that_the_window_closes_under_is_made_again(start: Open, tmp_path: Path) -> None:
    killed = start()
    edit(killed)
    kill(killed)
    closed = start()

    def restore(name: str, written: str) -> Decision:
        closed.close()
        return Decision.RESTORE

    closed.asking.restore = restore
    closed.offer_restore()
    assert shown(closed) == FIRST_START and journals(tmp_path) == [".json"]
    after = start(Decision.RESTORE)
    after.offer_restore()
    assert shown(after) == MOVED
    after.close()


def test_that_a_journal_that_cannot_be_written_is_told_once(
    start: Open, tmp_path: Path, at_once: None, qtbot: QtBot
) -> None:
    (tmp_path / "data").write_text("in the way")
    documents = start()
    for change in (compute_gain(1.3), release("2021-06")):
        edit(documents, change)
        qtbot.waitUntil(lambda: bool(documents.asking.told))
        qtbot.wait(50)
    (told,) = documents.asking.told
    assert told == (
        f"Unsaved changes cannot be kept for after a crash: {tmp_path}/data/journal cannot be written: "
        "Not a directory. Save now and then."
    )
    documents.close()


def test_that_what_cannot_be_kept_for_another_start_is_asked_about_instead(start: Open, tmp_path: Path) -> None:
    documents = start()
    edit(documents)
    (tmp_path / "data").write_text("in the way")
    documents.put_off()
    settle()
    assert documents.asking.told and documents.unsaved
    documents.asking.answers = [Decision.CANCEL]
    assert not documents.may_leave()
    (tmp_path / "data").unlink()
    documents.put_off()
    documents.close()
    assert documents.may_leave() and journals(tmp_path) == [".json"]


@settings(max_examples=25)
@given(data=st.data())
def test_that_any_row_of_edits_saves_undoes_and_opens_without_loss(qapp, tmp_path_factory, data) -> None:
    folder = tmp_path_factory.mktemp("row")
    window, path = QWidget(), folder / f"plan{SUFFIX}"
    question = Question(FIRST_DOCUMENT, window)
    documents = Documents(question, WORLD, folder, window, Scripted(path))
    for _ in range(data.draw(st.integers(1, 6))):
        question.begin_gesture()
        edit_ = data.draw(random_edit(question.scenario))
        question.apply(type(edit_)(as_people_set_it(edit_.scenario), edit_.name))
    last = question.scenario
    assert documents.save() and not documents.unsaved
    while question.undo_stack.canUndo():
        question.undo_stack.undo()
    assert question.scenario == FIRST_START
    documents.asking.answers = [Decision.DISCARD]
    assert documents.open_path(path)
    assert question.scenario == last and not documents.unsaved
    documents.close()
