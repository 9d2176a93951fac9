"""Whether a fresh fit with one run of a site beats what is learnt without: `python -m tests.accuracy.refit`, minutes.

One run of each left-out submitter, document or framework stands for what a user measures. Its others are predicted as
before, by the one ratio, as `calibration.own_runs` learns, and by a fit of all parameters to everything else and that
run. Mean absolute errors of a step, each site counted once; draws are those of the fit.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from math import log
from time import process_time

import numpy as np

from ipuwhatif.calibration import backtest, folds, speeds
from ipuwhatif.calibration.entries import architecture, is_language
from ipuwhatif.calibration.own_runs import SET_UPS, Run, Site, learn
from ipuwhatif.calibration.protocols import Prediction
from ipuwhatif.calibration.published import PublishedRow, language_rows, published_rows
from ipuwhatif.catalog.evidence.usable import usable
from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.model.parameters import known
from ipuwhatif.records import replace

END, RUNS_OF_A_SITE, SEED = 1.2816, 3, 1
Row = tuple[float, float, float, float, float]  # before, ratio, learnt, refitted, CPU seconds of the fit


def errors(
    measured: tuple[Run, float], others: Sequence[tuple[Run, float]], again: Sequence[float], seconds: float
) -> Row:
    """again: what a refit misses of the others; all as ln(measured / projected time)."""
    run, missed = measured
    truth = np.array([each for _, each in others])
    shift = learn(Site((run,), (missed,)), [each for each, _ in others]).shift
    found = [float(np.abs(np.expm1(left)).mean()) for left in (truth, truth - missed, truth - shift, np.array(again))]
    return (found[0], found[1], found[2], found[3], seconds)


def submitters(catalog: Catalog) -> Iterator[tuple[str, Row]]:
    """Entries of v1.1 on, of others than the chips' vendors."""
    rows = tuple(row for row in catalog.official if usable(row) and not is_language(row.workload))
    everything = folds.Fold(rows, catalog.references, published_rows(catalog), rows)
    gpus = tuple(row for row in rows if architecture(row, catalog) == "gpu" and row.release >= "2020-07")
    chosen = np.random.default_rng(SEED)
    for fold in folds.left_out(everything, gpus, folds.company_of):
        tested = [
            row for row in fold.tested if not known().submitters[row.submitter].vendor and row.mlperf_round >= "v1.1"
        ]
        if len(tested) < 3:
            continue
        before = [_of_entry(catalog, each) for each in backtest.predict(catalog, replace(fold, tested=tuple(tested)))]
        for place in chosen.choice(len(tested), min(RUNS_OF_A_SITE, len(tested)), replace=False):
            others = [row for at, row in enumerate(tested) if at != place]
            start = process_time()
            again = backtest.predict(
                catalog, replace(fold, training=(*fold.training, tested[place]), tested=tuple(others))
            )
            seconds = process_time() - start
            missed = [_of_entry(catalog, each)[1] for each in again]
            told = [each for at, each in enumerate(before) if at != place]
            yield folds.company_of(tested[0]), errors(before[place], told, missed, seconds)


def _of_entry(catalog: Catalog, answer: Prediction) -> tuple[Run, float]:
    entry = answer.entry
    assert entry.choice is not None and entry.workload is not None
    spread = max(log(answer.high["throughput"] / answer.low["throughput"]) / (2.0 * END), SET_UPS)
    generation = catalog.chip_of(entry.choice).generation
    run = Run(entry.workload, generation, entry.key, entry.choice.chips, spread, release=entry.release)
    return run, log(answer.predicted["throughput"] / answer.measured["throughput"])


def printed(
    catalog: Catalog, rows: Sequence[PublishedRow], group: Callable[[PublishedRow], str]
) -> Iterator[tuple[str, Row]]:
    """Printed speeds, a site for each document and state of software."""
    chosen = np.random.default_rng(SEED)
    for name in sorted({group(row) for row in rows if row.case.software}):
        tested = [row for row in rows if row.case.software and group(row) == name]
        before = {each.figure: each for each in speeds.answers_of(catalog, rows, group, name)}
        sites: dict[tuple[str, str], list[str]] = defaultdict(list)
        for row in tested:
            document, _, software, _ = before[row.result.key].cell.split(" / ")
            sites[document, software].append(row.result.key)
        for (document, software), keys in sites.items():
            if len(keys) < 3:
                continue
            own = str(chosen.choice(keys))
            left = {row.result.key for row in tested} - {own}
            start = process_time()
            again = speeds.answers_of(catalog, rows, lambda row, left=left: "" if row.result.key in left else "-", "")
            seconds = process_time() - start
            found = {each.figure: log(each.predicted / each.measured) for each in again}
            others = [_of_speed(before[key]) for key in keys if key != own]
            missed = [found[key] for key in keys if key != own]
            yield f"{document}/{software}", errors(_of_speed(before[own]), others, missed, seconds)


def _of_speed(answer: speeds.SpeedAnswer) -> tuple[Run, float]:
    _, job, software, chip = answer.cell.split(" / ")
    chips = answer.figure.split("/")[2]
    spread = max(log(answer.high / answer.low) / (2.0 * END), SET_UPS)
    run = Run(job, chip, answer.figure, int(chips) if chips.isdigit() else 1, spread, software)
    return run, log(answer.predicted / answer.measured)


def told(name: str, found: Iterator[tuple[str, Row]]) -> None:
    sites: dict[str, list[Row]] = defaultdict(list)
    for site, row in found:
        sites[site].append(row)
    before, ratio, learnt, again, seconds = np.mean([np.mean(rows, axis=0) for rows in sites.values()], axis=0)
    print(
        f"{name:20} {len(sites):3} sites: before {before:6.1%}  one ratio {ratio:6.1%}  learnt {learnt:6.1%}  "
        f"fitted again {again:6.1%} in {seconds:.1f} s"
    )


def main() -> None:
    catalog = load_catalog()
    told("submitters", submitters(catalog))
    rows, language = published_rows(catalog), language_rows(catalog)
    told("documents", printed(catalog, rows, speeds.document_of))
    told("frameworks", printed(catalog, rows, lambda row: speeds.framework_of(catalog, row)))
    told("language frameworks", printed(catalog, language, lambda row: speeds.framework_of(catalog, row)))


if __name__ == "__main__":
    main()
