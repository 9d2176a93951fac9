"""Speeds that documents print, tried on a model that has not seen them: a document out, and a whole framework out.

A speed is judged against two rivals that know the same figures: a constant share of the peak rate, and the nearest
figure scaled by work and peak rate. Layout and batch are given, as they are printed.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from math import exp, log
from pathlib import Path

import numpy as np

from ipuwhatif.calibration.ensemble import intervals
from ipuwhatif.calibration.fit import fit
from ipuwhatif.calibration.observations import observe, observe_language
from ipuwhatif.calibration.published import PublishedRow, cell_of, language_rows, published_rows
from ipuwhatif.calibration.reasons import NoSuchFigure, Outdated, RecordFault
from ipuwhatif.calibration.rivals.rivals import peak_rate, training_flops
from ipuwhatif.calibration.store import Calibration, from_unbounded
from ipuwhatif.calibration.support.support import support_of
from ipuwhatif.catalog.documents import Node, keyed, read_document
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.files import resource, write_atomic
from ipuwhatif.model.lower import lower
from ipuwhatif.model.roles.language import is_language_model
from ipuwhatif.model.time_to_train import evaluate
from ipuwhatif.records import Record, asdict, replace
from ipuwhatif.texts import marked
from ipuwhatif.units import InputError, Said

FILE = "speed_record.json"
THREADS = 2  # numpy leaves the interpreter's lock while it works
#: How well the software of a figure is known from the others: its release, another of its framework, its class alone.
RELEASE, OTHER_RELEASE, CLASS = marked("its release"), marked("its framework"), marked("its class alone")
LEVELS = (RELEASE, OTHER_RELEASE, CLASS)
Progress = Callable[[str, int, int], None]


class SpeedAnswer(Record, frozen=True):
    """One figure, not seen: throughputs in samples/s."""

    figure: str  # key of the published result
    cell: str  # figures of one document, job, software and kind of chip count as one
    known: str  # one of LEVELS
    measured: float
    predicted: float
    low: float
    high: float
    constant: float  # a constant share of the peak rate
    nearest: float  # the nearest figure, scaled


class SpeedTest(Record, frozen=True):
    """One way of leaving figures out."""

    key: str
    title: str
    answers: tuple[SpeedAnswer, ...]


class SpeedScore(Record, frozen=True):
    """Answers of one level: shares, over cells; `ratio` is the median of predicted over measured."""

    known: str
    figures: int
    cells: int
    error: float  # mean absolute
    ratio: float
    covered: float  # cells whose interval holds the figure
    width: float  # median half-width of the intervals
    constant: float  # mean absolute error of the rivals
    nearest: float


def run_speed_tests(catalog: Catalog, progress: Progress | None = None) -> tuple[SpeedTest, ...]:
    """Both ways of leaving figures of frameworks out, of language models apart; a fit each.

    `progress` may raise to cancel.
    """
    rows, language = published_rows(catalog), language_rows(catalog)

    def framework(row: PublishedRow) -> str:
        return framework_of(catalog, row)

    plans: list[tuple[str, str, Sequence[PublishedRow], Callable[[PublishedRow], str]]] = [
        ("document", marked("leave one document out"), rows, document_of),
        ("framework", marked("leave one framework out"), rows, framework),
        ("language-document", marked("language models: leave one document out"), language, document_of),
        ("language-framework", marked("language models: leave one framework out"), language, framework),
    ]
    groups = {key: sorted({group(row) for row in known if row.case.software}) for key, _, known, group in plans}
    done, total = 0, sum(len(names) for names in groups.values())
    tests = []
    pool = ThreadPoolExecutor(THREADS)
    try:
        for key, title, known, group in plans:
            answers: list[SpeedAnswer] = []
            for waiting in [pool.submit(answers_of, catalog, known, group, name) for name in groups[key]]:
                if progress:
                    progress(title, done, total)
                answers += waiting.result()
                done += 1
            tests.append(SpeedTest(key, title, tuple(answers)))
    finally:
        pool.shutdown(cancel_futures=True)
    return tuple(tests)


def document_of(row: PublishedRow) -> str:
    """What prints a figure."""
    return row.result.document or str(row.result.origin.locator)


def framework_of(catalog: Catalog, row: PublishedRow) -> str:
    """The framework that a figure is of."""
    return catalog.software[row.case.software].framework


def answers_of(
    catalog: Catalog, rows: Sequence[PublishedRow], group: Callable[[PublishedRow], str], name: str
) -> list[SpeedAnswer]:
    """Fit to all but the figures of a group, and answer for those."""
    tested = [row for row in rows if row.case.software and group(row) == name]
    kept = [row for row in rows if not (row.case.software and group(row) == name)]
    evidence = sha256(f"{catalog.evidence_hash}\n{name}".encode()).hexdigest()
    seen, printed = replace(catalog, evidence_hash=evidence), tuple(row.result for row in kept)
    if is_language_model(catalog.workloads[tested[0].case.workload]):
        seen = replace(seen, language_speeds=printed)
        fitted = fit(observe_language(seen, catalog.official, kept))
    else:
        seen = replace(seen, published=printed)
        fitted = fit(observe(seen, catalog.official, catalog.references, kept))
    return list(_told(seen, from_unbounded(fitted.center, fitted.draws, evidence), kept, tested))


def _told(
    seen: Catalog, calibration: Calibration, kept: Sequence[PublishedRow], tested: Sequence[PublishedRow]
) -> Iterator[SpeedAnswer]:
    cases, layouts = [row.case for row in tested], [row.layout for row in tested]
    inputs = lower(seen, cases, layouts)
    supports = [support_of(seen, case, layout) for case, layout in zip(cases, layouts, strict=True)]
    center = evaluate(inputs, calibration.center)
    speed = intervals(calibration, cases, inputs, supports, center).throughput
    of_frameworks = [row for row in kept if row.case.software]
    for place, row in enumerate(tested):
        constant, nearest = rivals(seen, of_frameworks, row)
        yield SpeedAnswer(
            figure=row.result.key,
            cell=" / ".join(cell_of(seen, row.result)),
            known=known_as(seen, of_frameworks, row),
            measured=row.throughput,
            predicted=float(center.throughput[0, place]),
            low=float(speed.low[place]),
            high=float(speed.high[place]),
            constant=constant,
            nearest=nearest,
        )


def known_as(seen: Catalog, kept: Sequence[PublishedRow], row: PublishedRow) -> str:
    if any(other.case.software == row.case.software for other in kept):
        return RELEASE
    framework = framework_of(seen, row)
    return OTHER_RELEASE if any(framework_of(seen, other) == framework for other in kept) else CLASS


def rivals(seen: Catalog, kept: Sequence[PublishedRow], row: PublishedRow) -> tuple[float, float]:
    """What a constant share of the peak rate says of a figure, and what the nearest figure does, in samples/s.

    The share is the geometric mean over figures of the same job, of the same framework where there are any; else over
    all.
    """
    framework = framework_of(seen, row)
    job = [other for other in kept if other.case.workload == row.case.workload]
    same = [other for other in job if framework_of(seen, other) == framework]
    share = exp(float(np.mean([log(_share(seen, other)) for other in same or job or kept])))
    nearest = min(kept, key=lambda other: (_distance(seen, other, row), other.result.key))
    rate = row.throughput / _share(seen, row)
    return share * rate, _share(seen, nearest) * rate


def _distance(seen: Catalog, other: PublishedRow, row: PublishedRow) -> float:
    """How unlike two figures are: another job, framework, release or kind of chip, and the ratio of the chips."""
    unlike = 3.0 * (other.case.workload != row.case.workload)
    unlike += 1.0 * (framework_of(seen, other) != framework_of(seen, row))
    unlike += 1.0 * (other.case.software != row.case.software)
    generations = [seen.chip_of(each.case.choice).generation for each in (other, row)]
    unlike += 1.0 * (generations[0] != generations[1])
    return unlike + 0.3 * abs(log(other.case.choice.chips / row.case.choice.chips))


def _share(seen: Catalog, row: PublishedRow) -> float:
    """Share of the peak rate of its chips that a figure amounts to."""
    return training_flops(seen, row.case) * row.throughput / peak_rate(seen, row.case, row.layout)


def is_inside(answer: SpeedAnswer) -> bool:
    """Whether the interval holds the printed speed."""
    return answer.low <= answer.measured <= answer.high


def scores(test: SpeedTest) -> tuple[SpeedScore, ...]:
    """One score for each level that figures are known at; each cell counts as one figure."""
    return tuple(
        _score(level, found) for level in LEVELS if (found := [each for each in test.answers if each.known == level])
    )


def _score(level: str, answers: Sequence[SpeedAnswer]) -> SpeedScore:
    cells = [[each for each in answers if each.cell == cell] for cell in dict.fromkeys(each.cell for each in answers)]

    def mean(value: Callable[[SpeedAnswer], float]) -> float:
        return float(np.mean([np.mean([value(each) for each in cell]) for cell in cells]))

    return SpeedScore(
        known=level,
        figures=len(answers),
        cells=len(cells),
        error=mean(lambda each: abs(each.predicted / each.measured - 1.0)),
        ratio=float(np.median([each.predicted / each.measured for each in answers])),
        covered=mean(is_inside) * len(cells),
        width=float(np.median([(each.high - each.low) / 2.0 / each.predicted for each in answers])),
        constant=mean(lambda each: abs(each.constant / each.measured - 1.0)),
        nearest=mean(lambda each: abs(each.nearest / each.measured - 1.0)),
    )


_NUMBERS = ("measured", "predicted", "low", "high", "constant", "nearest")


def save_speed_record(tests: Sequence[SpeedTest], evidence_hash: str, path: Path) -> None:
    """Write the tests atomically, one answer a line. `evidence_hash`: of the catalog that they were run on."""
    blocks = ",\n".join(_test_text(test) for test in tests)
    write_atomic(path, f'{{"evidence": {json.dumps(evidence_hash)}, "tests": [\n{blocks}\n]}}\n'.encode())


def _test_text(test: SpeedTest) -> str:
    rows = (asdict(answer) for answer in test.answers)
    rounded = ({name: float(f"{v:.9g}") if name in _NUMBERS else v for name, v in row.items()} for row in rows)
    answers = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rounded)
    return f'{{"key": {json.dumps(test.key)}, "title": {json.dumps(test.title)}, "answers": [\n{answers}\n]}}'


def load_speed_record(catalog: Catalog, folder: Path | None = None) -> tuple[SpeedTest, ...]:
    """The stored tests. InputError where they are missing, damaged or of other evidence than the catalog's."""
    root = read_document(folder or resource("calibration"), FILE)
    if root.text("evidence") != catalog.evidence_hash:
        raise _outdated(root, RecordFault.SPEEDS_OF_OTHER_EVIDENCE)
    figures = {result.key for result in (*catalog.published, *catalog.language_speeds)}
    tests = tuple(_test(key, node, figures) for key, node in keyed(root.children("tests")))
    root.close()
    return tests


def _test(key: str, node: Node, figures: set[str]) -> SpeedTest:
    title, answers = node.text("title"), []
    for child in node.children("answers"):
        figure = child.text("figure")
        if figure not in figures:
            raise _outdated(child, NoSuchFigure(figure))
        numbers = [child.number(name) for name in _NUMBERS]
        answers.append(SpeedAnswer(figure, child.text("cell"), child.text("known"), *numbers))
        child.close()
    node.close()
    return SpeedTest(key, title, tuple(answers))


def _outdated(node: Node, reason: Said) -> InputError:
    return node.refuse(Outdated(reason))
