"""Would the tests notice? Small faults, put one by one into lines that the tests run; run by hand, not by CI.

`python -m tools.mutants DATA -o TABLE` draws places by a seed from the statements inside functions that coverage data
with one context for each test say were run, puts one fault into each (another sign, a comparison that takes its limit
in or out, a condition negated, another number, `and` for `or`, `min` for `max`, a statement dropped), runs the tests
that run that line in a copy of this repository until the first fails, and writes what caught it. A test that fails
without the fault too has caught nothing. Tests are known by their names, so data of an earlier commit serve for one
that moved tests to other files: the same faults, asked of the tests as they are now. The data (`coverage` and
`pytest-cov` are not among the packages for development: install them first) are made with

    COVERAGE_FILE=DATA python -m pytest --cov=ipuwhatif --cov-context=test -p no:xdist
"""

import argparse
import ast
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("model", "analysis", "figures", "export", "gui")
#: Asked only where no other test runs the line: minutes each.
SLOW = ("tests/accuracy/", "tests/gui/test_monkey")
MOST_TESTS, MOST_SECONDS = 40, 60  # of processor time, so that a loaded machine catches nothing by itself

_SIGNS: dict[type[ast.AST], tuple[type[ast.AST], str]] = {
    ast.Add: (ast.Sub, "+ to -"),
    ast.Sub: (ast.Add, "- to +"),
    ast.Mult: (ast.Div, "* to /"),
    ast.Div: (ast.Mult, "/ to *"),
    ast.FloorDiv: (ast.Mult, "// to *"),
    ast.Mod: (ast.FloorDiv, "% to //"),
    ast.Pow: (ast.Mult, "** to *"),
    ast.Lt: (ast.LtE, "< to <="),
    ast.LtE: (ast.Lt, "<= to <"),
    ast.Gt: (ast.GtE, "> to >="),
    ast.GtE: (ast.Gt, ">= to >"),
    ast.Eq: (ast.NotEq, "== to !="),
    ast.NotEq: (ast.Eq, "!= to =="),
    ast.In: (ast.NotIn, "in to not in"),
    ast.NotIn: (ast.In, "not in to in"),
    ast.Is: (ast.IsNot, "is to is not"),
    ast.IsNot: (ast.Is, "is not to is"),
    ast.And: (ast.Or, "and to or"),
    ast.Or: (ast.And, "or to and"),
}
_TWINS = {"min": "max", "max": "min", "minimum": "maximum", "maximum": "minimum", "any": "all", "all": "any"}


@dataclass(frozen=True)
class Mutant:
    """A fault: what stands where, and what stands there instead."""

    path: str
    start: tuple[int, int]
    end: tuple[int, int]
    text: str
    what: str

    def put_into(self, source: str) -> str:
        lines = source.encode("utf-8").split(b"\n")
        head, tail = lines[self.start[0] - 1][: self.start[1]], lines[self.end[0] - 1][self.end[1] :]
        lines[self.start[0] - 1 : self.end[0]] = [head + self.text.encode("utf-8") + tail]
        return b"\n".join(lines).decode("utf-8")


@dataclass
class Covered:
    """Which tests ran which line, by file, and how many lines each test ran."""

    tests: dict[str, dict[int, set[str]]] = field(default_factory=dict)
    lines_of: Counter[str] = field(default_factory=Counter)


def read_data(path: Path) -> Covered:
    """What coverage data say, files as paths from the repository's root."""
    from coverage import CoverageData

    data = CoverageData(basename=str(path))
    data.read()
    covered = Covered()
    for file in data.measured_files():
        name = file[file.rindex("/ipuwhatif/") + 1 :]
        ran = covered.tests[name] = {}
        for line, contexts in data.contexts_by_lineno(file).items():
            ran[line] = {context.rpartition("|")[0] for context in contexts} - {""}
            covered.lines_of.update(ran[line])
    return covered


def _own(statement: ast.stmt) -> Iterator[ast.AST]:
    """The expressions of a statement, not those of the statements in it nor in f-strings, whose places are vague."""
    waiting: list[ast.AST] = [statement]
    while waiting:
        for name, value in ast.iter_fields(waiting.pop()):
            if name in ("annotation", "returns", "format_spec"):
                continue
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST) and not isinstance(
                    child, (ast.stmt, ast.JoinedStr, ast.ExceptHandler, ast.match_case)
                ):
                    waiting.append(child)
                    yield child


def _copy(node: ast.expr) -> ast.expr:
    return ast.parse(ast.unparse(node), mode="eval").body


def mutants_of(path: str, statement: ast.stmt) -> list[Mutant]:
    """Every fault that a statement can be given."""
    found = []

    def add(node: ast.expr | ast.stmt, text: str, what: str) -> None:
        place = (node.end_lineno or node.lineno, node.end_col_offset or 0)
        found.append(Mutant(path, (node.lineno, node.col_offset), place, text, what))

    conditions: list[ast.expr] = [statement.test] if isinstance(statement, (ast.If, ast.While)) else []
    for node in _own(statement):
        if isinstance(node, (ast.BinOp, ast.BoolOp)) and type(node.op) in _SIGNS:
            sides = ast.dump(node)
            if not re.search(r"JoinedStr|Constant\(value='", sides):  # texts have no minus
                other, what = _SIGNS[type(node.op)]
                new = _copy(node)
                new.op = other()  # type: ignore[attr-defined]
                add(node, f"({ast.unparse(new)})", what)
        elif isinstance(node, ast.Compare) and len(node.ops) == 1:
            other, what = _SIGNS[type(node.ops[0])]
            new = _copy(node)
            new.ops = [other()]  # type: ignore[attr-defined]
            add(node, f"({ast.unparse(new)})", what)
        elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
            add(node, str(not node.value), f"{node.value} to {not node.value}")
        elif isinstance(node, ast.Constant) and isinstance(node.value, (int, float)):
            add(node, f"({node.value + 1!r})", f"{node.value!r} to {node.value + 1!r}")
        elif isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in _TWINS:
                place = (node.func.end_lineno or 0, node.func.end_col_offset or 0)
                start = (place[0], place[1] - len(name))
                found.append(Mutant(path, start, place, _TWINS[name], f"{name} to {_TWINS[name]}"))
        elif isinstance(node, ast.IfExp):
            conditions.append(node.test)
        elif isinstance(node, ast.comprehension):
            conditions += node.ifs
    for condition in conditions:
        add(condition, f"(not ({ast.unparse(condition)}))", "condition negated")
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    called = isinstance(statement, ast.Expr) and not isinstance(statement.value, ast.Constant)
    kept = all(isinstance(each, (ast.Attribute, ast.Subscript)) for each in targets) if targets else False
    if called or kept or isinstance(statement, (ast.AugAssign, ast.Raise, ast.Continue, ast.Break, ast.Delete)):
        add(statement, "pass", "statement dropped")
    return found


def places(root: Path, covered: Covered) -> list[tuple[str, int, list[Mutant]]]:
    """Each statement inside a function that some test ran and that can be given a fault."""
    found = []
    for path in sorted(covered.tests):
        if path.split("/")[1] not in ROOMS or not (root / path).exists():
            continue
        tree = ast.parse((root / path).read_text(encoding="utf-8"))
        functions = [each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)]
        inside = {each for function in functions for each in ast.walk(function) if isinstance(each, ast.stmt)}
        inside -= set(functions)
        for statement in sorted(inside, key=lambda each: (each.lineno, each.col_offset)):
            if covered.tests[path].get(statement.lineno):
                mutants = mutants_of(path, statement)
                if mutants:
                    found.append((path, statement.lineno, mutants))
    return found


def chosen(tests: Iterable[str], path: str, covered: Covered, slow: set[str]) -> list[str]:
    """The tests to ask: those of the file's own tests first, one of each function before a second, small ones first."""
    some = list(tests)
    quick = [each for each in some if not each.startswith(SLOW)]
    some = quick or some
    mirror = f"tests/{path.split('/')[1]}/test_{Path(path).stem}"
    functions: dict[str, list[str]] = defaultdict(list)
    for test in sorted(some, key=lambda each: (each in slow, covered.lines_of[each], each)):
        functions[test.partition("[")[0]].append(test)
    ranked = [
        (rank, test in slow, not test.startswith(mirror), covered.lines_of[test], test)
        for same in functions.values()
        for rank, test in enumerate(same)
    ]
    return [test for *_, test in sorted(ranked)[:MOST_TESTS]]


def where_now(known: list[str]) -> dict[str, str]:
    """The tests that there are, by folder and name without the file, as far as that says which."""
    by_name: dict[str, list[str]] = defaultdict(list)
    for test in known:
        by_name[_name(test)].append(test)
    return {name: tests[0] for name, tests in by_name.items() if len(tests) == 1} | {test: test for test in known}


def _name(test: str) -> str:
    file, _, name = test.partition("::")
    return f"{file.rpartition('/')[0]}::{name}"


class Copy:
    """A copy of the repository's files, in which faults are tried."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.folder = folder
        listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=root, capture_output=True)
        for name in filter(None, listed.stdout.decode().split("\0")):
            if (root / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(root / name, folder / name)
        subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
        subprocess.run(["git", "add", "-A"], cwd=folder, check=True)  # some tests ask git which files there are

    def pytest(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """What pytest says here; the copy's modules come before those of the environment's own checkout."""

        def limit() -> None:
            resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS + 5))

        environment = {**os.environ, "PYTHONPATH": str(self.folder), "OPENBLAS_NUM_THREADS": "1"}
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments]
        return subprocess.run(
            command,
            cwd=self.folder,
            env=environment,
            text=True,
            capture_output=True,
            preexec_fn=limit,
            timeout=20 * MOST_SECONDS,
        )

    def tests(self) -> list[str]:
        """The names of all tests."""
        return [line for line in self.pytest("--collect-only").stdout.splitlines() if "::" in line]

    def catches(self, tests: list[str]) -> str | None:
        """The first of the tests that fails, "" when none does, None when the time is up."""
        done = self.pytest("-x", "--tb=no", *tests)
        if done.returncode < 0:
            return None if done.returncode in (-24, -9) else f"crash ({-done.returncode})"
        failed = re.findall(r"^(?:FAILED|ERROR) (.*?)(?: - .*)?$", done.stdout, re.MULTILINE)
        if failed:
            return str(failed[0])
        return "" if done.returncode == 0 else f"pytest: {done.stdout[-300:]}{done.stderr[-300:]}"

    def tried(self, mutant: Mutant, tests: list[str]) -> str:
        """What becomes of a fault: what caught it, or that nothing did."""
        path = self.folder / mutant.path
        before = path.read_text(encoding="utf-8")
        path.write_text(mutant.put_into(before), encoding="utf-8")
        try:
            caught = self.catches(tests)
        finally:
            path.write_text(before, encoding="utf-8")
        if caught is None:
            return "caught by the time limit" if self.catches(tests) == "" else "? too slow without the fault"
        if caught == "":
            return f"SURVIVED {len(tests)} tests"
        # all of them in their order once more: a test may fail for what ran before it
        without = self.catches(tests)
        return f"caught by {caught}" if without == "" else f"? without the fault fails {without or 'the time limit'}"


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path, help="coverage data with a context for each test")
    parser.add_argument("-o", "--out", type=Path, required=True, help="the table")
    parser.add_argument("--root", type=Path, default=ROOT, help="the repository that is asked")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--number", type=int, default=60)
    parser.add_argument("--also", nargs="*", default=[], help="tests that are asked first: new ones are in no data yet")
    parser.add_argument("--only", help="places with this in their line of the table")
    parser.add_argument("--durations", type=Path, help="what pytest printed with --durations: slow tests come last")
    asked = parser.parse_args()

    covered = read_data(asked.data)
    slow = set()
    if asked.durations:
        listed = re.findall(r"^([\d.]+)s \w+ +(\S.*)$", asked.durations.read_text(encoding="utf-8"), re.MULTILINE)
        slow = {test for seconds, test in listed if float(seconds) > 1}
    dice = random.Random(asked.seed)
    drawn = [
        (path, line, dice.choice(mutants))
        for path, line, mutants in dice.sample(places(asked.root, covered), asked.number)
    ]
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder, asked.out.open("w", encoding="utf-8") as table:
        copy = Copy(asked.root, Path(folder))
        now = where_now(copy.tests())
        for path, line, mutant in sorted(drawn, key=lambda each: each[:2]):
            place = f"{path}:{line}:{mutant.start[1]}  {mutant.what}"
            if asked.only and asked.only not in place:
                continue
            ran = covered.tests[path][line]
            there = {now.get(test) or now.get(_name(test)) for test in ran} - {None}
            start = time.monotonic()
            tests = [*asked.also, *chosen([str(each) for each in there], path, covered, slow)]
            outcome = copy.tried(mutant, tests)
            gone = f"  ({len(ran) - len(there)} tests are gone)" if len(there) < len(ran) else ""
            print(f"{place}  {outcome}{gone}  {time.monotonic() - start:.0f} s", file=table, flush=True)
            counts[outcome.split()[0]] += 1
        total = ", ".join(f"{number} {what}" for what, number in sorted(counts.items()))
        print(f"seed {asked.seed}, {sum(counts.values())} faults: {total}", file=table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
