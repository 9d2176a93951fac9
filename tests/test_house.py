"""The house: files and folders that one can walk, and words where figures are. The list of those below only shrinks."""

import re
from collections import Counter
from pathlib import Path

import grimp

import ipuwhatif
from tests import conftest

ROOT = Path(ipuwhatif.__file__).parent
MOST_LINES, MOST_FILES = 300, 25
_SAYS = re.compile(r"\btr\(")
#: Rooms below `figures/`: they find values, which figures word.
BELOW = ("analysis", "calibration", "catalog", "charts", "importers", "model", "networks", "scenario", "units")
#: Modules of them that still word what they find, by room, as they are today.
WORDED = {
    "catalog": "names own_chips",
    "units": "printing",
}


def worded() -> set[str]:
    return {
        path.relative_to(ROOT).as_posix()
        for room in BELOW
        for path in (ROOT / room).rglob("*.py")
        if _SAYS.search(path.read_text(encoding="utf-8"))
    }


def known_words() -> set[str]:
    return {f"{room}/{name}.py" for room, names in WORDED.items() for name in names.split()}


def long_files() -> set[str]:
    return {
        path.relative_to(ROOT).as_posix()
        for path in ROOT.rglob("*.py")
        if len(path.read_text(encoding="utf-8").splitlines()) > MOST_LINES
    }


def wide_folders() -> set[str]:
    counts = Counter(path.parent.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.py"))
    return {folder for folder, count in counts.items() if count > MOST_FILES}


def test_that_no_file_is_too_long_to_read_at_once() -> None:
    assert long_files() == set(), f"divide by content what has more than {MOST_LINES} lines"


def test_that_no_folder_is_too_wide_to_look_through() -> None:
    assert wide_folders() == set(), f"make a room of its own of what belongs together, beyond {MOST_FILES} files"


def test_that_no_other_room_below_figures_makes_words() -> None:
    assert worded() <= known_words(), "hand up a value, and word it in figures with told.register"


def test_that_what_has_no_words_any_more_is_no_exception() -> None:
    assert known_words() - worded() == set()


def circles(imports: dict[str, set[str]]) -> set[str]:
    """Modules that import each other, at first or second hand: those that neither end nor begin a chain of imports."""
    left = imports
    while True:
        imported = set().union(*left.values())
        inner = {module: known for module, known in left.items() if module in imported and not known.isdisjoint(left)}
        if len(inner) == len(left):
            return set(left)
        left = inner


def test_that_a_circle_of_imports_is_found_wherever_it_is() -> None:
    tree = {"window": {"page"}, "page": {"chart", "window"}, "chart": set[str](), "start": {"window"}}
    assert circles(tree) == {"window", "page"}
    assert circles({**tree, "page": {"chart"}}) == set()


def test_that_no_module_knows_one_that_knows_it() -> None:
    """Imports inside functions count too; those for types alone do not."""
    graph = grimp.build_graph(ipuwhatif.__name__, exclude_type_checking_imports=True, cache_dir=None)
    graph.remove_import(importer="ipuwhatif", imported="ipuwhatif.api")  # `iw.compare`, brought in when it is asked
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    assert circles(imports) == set(), "what both know belongs in a module of its own"


def test_that_the_files_that_are_tested_first_are_there() -> None:
    """A file by another name would be tested last, alone on its worker."""
    tests = Path(conftest.__file__).parent
    assert [name for name in conftest.LONGEST if not (tests / name).is_file()] == []


def test_that_figures_load_nothing() -> None:
    """Whoever asks hands in the world, or the answer knows the one that it was found in."""
    loading = {path for path in (ROOT / "figures").rglob("*.py") if "load_world" in path.read_text(encoding="utf-8")}
    assert loading == set()
