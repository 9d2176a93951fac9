"""`make bench`: measure, print a table, write build/bench.json."""

import json
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from ipuwhatif.analysis.world import load_world
from ipuwhatif.catalog.load import load_catalog
from tests.benchmarks import explore, measures, start
from tests.benchmarks.network_drop import drops
from tests.benchmarks.window import drag

BUILD = Path("build")
CASES, DRAWN_PLANS, WALKED = 10_000, 2_048, 500
RUNS = 9
DROPS = 20


def main() -> None:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before the first window
    rows = [
        *_search_rows(),
        *_sweep_rows(),
        *_model_rows(),
        *_question_rows(),
        *_drag_rows(),
        *_explore_rows(),
        *_export_rows(),
        *_start_rows(),
    ]
    print(f"{'what':58}{'median':>10} {'unit':6}{'baseline':>52}{'ratio':>8}")
    for row in rows:
        print(f"{row['name']:58}{row['median']:>10.3g} {row['unit']:6}{row['baseline']:>52}{row['ratio']:>8.3g}")
    BUILD.mkdir(exist_ok=True)
    (BUILD / "bench.json").write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _row(name: str, median: float, unit: str, baseline: str, against: float) -> dict[str, str | float]:
    return {"name": name, "median": median, "unit": unit, "baseline": baseline, "ratio": median / against}


def _search_rows() -> list[dict[str, str | float]]:
    catalog, cases = load_catalog(), measures.swept_cases(CASES)
    return [
        _row(
            "one projection with its layout searched, of 10,000 in a sweep",
            _median(lambda _: measures.searched(catalog, cases)) / CASES * 1e6,
            "µs",
            "budget, 20 µs",
            20.0,
        ),
        _row(
            "five systems under a slider, layouts searched",
            _median(lambda run: measures.searched(catalog, measures.slid_cases(1.01 + run / 100)), 99) * 1e3,
            "ms",
            "budget, 1 ms",
            1.0,
        ),
    ]


def _sweep_rows() -> list[dict[str, str | float]]:
    """Plans of a sweep as columns, all in: from the plan to its table, at one choice a chip count and at many."""
    world = load_world()
    rows = []
    for gains, plans in ((1, CASES), (80, 10 * CASES)):
        plan = measures.sweep_plan(world, gains)
        spent = _median(lambda _, plan=plan, plans=plans: measures.swept(world, plan, plans), 5) / plans * 1e6
        name = f"a plan with its layout searched in a sweep, {gains} choice{'s' * (gains > 1)} a chip count"
        rows.append(_row(name, spent, "µs", "budget, 6 µs", 6.0))
    held, drawn = measures.held_plan(world), measures.drawn_plan(world)
    spent = _median(lambda _: measures.swept(world, held, CASES), 5) / CASES * 1e6
    rows.append(_row("a plan with its layout held in a sweep", spent, "µs", "budget, 1.5 µs", 1.5))
    draws = len(world.calibration.draws) * DRAWN_PLANS
    spent = _median(lambda _: measures.swept(world, drawn, DRAWN_PLANS), 5) / draws * 1e6
    rows.append(_row("a draw of a plan in a sweep, interval and probability", spent, "µs", "budget, 0.4 µs", 0.4))
    return rows


def _model_rows() -> list[dict[str, str | float]]:
    work = measures.model_work(CASES)
    pairs = list(zip(work.cases, work.layouts, strict=True))[:WALKED]
    walked = _median(lambda _: [measures.walk(work, *pair) for pair in pairs]) / WALKED * 1e6
    against = f"plain walk over the ops, {walked:.0f} µs a case"
    few = measures.model_work(100)
    draws = len(work.world.calibration.draws) * 100
    return [
        _row(
            "one projection of 10,000 in one call, Case to seconds",
            _median(lambda _: measures.at_once(work)) / CASES * 1e6,
            "µs",
            against,
            walked,
        ),
        _row(
            "one draw of 256 with the layout held",
            _median(lambda _: measures.all_draws(few)) / draws * 1e6,
            "µs",
            against,
            walked,
        ),
        _row(
            "Compare under a slider, five systems, 64 draws",
            _median(lambda run: measures.dragged_compare(work.world, 1.01 + run / 100)) * 1e3,
            "ms",
            "one frame at 60 Hz, 16.7 ms",
            1000.0 / 60.0,
        ),
        _row(
            "Scaling under a slider, two families, 64 draws",
            _median(lambda run: measures.dragged_scaling(work.world, 1.01 + run / 100)) * 1e3,
            "ms",
            "two frames at 60 Hz, 33.3 ms",
            2000.0 / 60.0,
        ),
    ]


def _question_rows() -> list[dict[str, str | float]]:
    """Questions that are asked while something is dragged, against the budget."""
    world = load_world()
    questions: tuple[tuple[str, Callable[[int], object], float], ...] = (
        ("goal seek over one lever", lambda run: measures.sought(world, "compute_gain", run), 2.0),
        ("goal seek over chips", lambda run: measures.sought(world, "chips", run), 2.0),
        ("goal seek over the cheapest combination", lambda run: measures.sought(world, "any", run), 500.0),
        ("tornado of one system", lambda run: measures.tornado(world, 1.01 + run / 1000), 5.0),
    )
    return [
        _row(name, _median(call, 33) * 1e3, "ms", f"budget, {budget:g} ms", budget) for name, call, budget in questions
    ]


def _drag_rows() -> list[dict[str, str | float]]:
    """95th percentile from slider event to painted pixels, in a real window of 1366 × 768, offscreen."""
    rows = []
    for question, frames in (("compare", 1), ("scaling", 2)):
        slowest = statistics.quantiles(drag(question), n=20)[-1]
        text = f"{frames} frame{'s' * (frames > 1)} at 60 Hz, {frames * 1000 / 60:.1f} ms"
        name = f"slider event to pixels on {question}, 95th percentile"
        rows.append(_row(name, slowest, "ms", text, frames * 1000.0 / 60.0))
    dropped = statistics.quantiles(drops(DROPS), n=20)[-1]
    rows.append(_row("dropped config.json to a painted chart, 95th percentile", dropped, "ms", "budget, 300 ms", 300.0))
    return rows


def _explore_rows() -> list[dict[str, str | float]]:
    """A million plans in Explore, in a window of 1920 × 1080, offscreen."""
    slowest = statistics.quantiles(explore.frames(), n=20)[-1]
    name = "first picture of every size of every system in Explore"
    return [
        _row("a frame of 10^6 plans moved and zoomed, 95th percentile", slowest, "ms", "budget, 33 ms", 33.0),
        _row(name, statistics.median(explore.first_picture() for _ in range(3)), "ms", "budget, 300 ms", 300.0),
    ]


def _export_rows() -> list[dict[str, str | float]]:
    """Files of five charts, or of one where a file holds one, against the budget."""
    return [
        _row(name, _median(lambda _, make=make: make(), 5) * 1e3, "ms", f"budget, {budget:g} ms", budget)
        for name, make, budget in measures.exports(load_world())
    ]


def _start_rows() -> list[dict[str, str | float]]:
    """Starts against bare windows that are started in turn with them; the word behind a name is what was loaded."""
    starts = start.measured(RUNS)
    rows = []
    for name, bare in (
        ("first paint", "bare Qt window"),
        ("window painted", "bare Qt window"),
        ("first comparison", "bare pyqtgraph window"),
    ):
        against = starts[bare]
        rows.append(_row(f"exec to {name}", starts[name].ms, "ms", f"{bare}, {against.ms:.0f} ms", against.ms))
    app, bare = starts["first comparison"], starts["bare pyqtgraph window"]
    text = f"bare pyqtgraph window, {bare.megabytes:.0f} MB"
    rows.append(_row("memory with the first comparison", app.megabytes, "MB", text, bare.megabytes))
    loaded = ", ".join(app.heavy) or "none"
    text = f"none of {', '.join(start.HEAVY)}; loaded: {loaded}"
    return [*rows, _row("heavy modules with the first comparison", len(app.heavy), "", text, 1.0)]


def _median(call: Callable[[int], object], runs: int = RUNS) -> float:
    """Median seconds of some runs after one that does not count."""
    call(0)
    times = []
    for run in range(1, runs + 1):
        start = time.perf_counter()
        call(run)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


if __name__ == "__main__":
    main()
