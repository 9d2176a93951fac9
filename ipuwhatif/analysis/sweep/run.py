"""A sweep from plan to files: part by part, here or by workers, kept as far as it came, taken up where it stopped."""

from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path
from signal import SIG_IGN, SIGINT, signal
from time import perf_counter
from typing import TYPE_CHECKING

from ipuwhatif.analysis.solving.solution_cache import model_hash
from ipuwhatif.analysis.sweep.blocks import plans as count_plans
from ipuwhatif.analysis.sweep.cluster import cluster_workers
from ipuwhatif.analysis.sweep.columns import table_of
from ipuwhatif.analysis.sweep.plan import SweepPlan, check_profile
from ipuwhatif.analysis.sweep.quantities import DRAWN
from ipuwhatif.analysis.sweep.reasons import LEFT_OUT, Needs, TooManyPlans
from ipuwhatif.analysis.sweep.store import Store, finish, frame_of, open_store, told_of, write_part
from ipuwhatif.analysis.sweep.waiting import shares_of, waiting_bytes, with_shares_of
from ipuwhatif.analysis.world import World, load_world
from ipuwhatif.files import absolute, resource
from ipuwhatif.records import Record, read_tagged
from ipuwhatif.texts import language, set_language
from ipuwhatif.units import RefusedError, Said

if TYPE_CHECKING:
    import pandas

#: Plans of a part: what is lost by a kill, and what bounds the memory. Draws take longer and more.
PLANS_OF_PART, PLANS_OF_DRAWN_PART = 131_072, 2_048
MOST_IN_MEMORY = 5_000_000
#: Parts that are handed to each worker at most, so that a million of them need not be held.
WAITING = 3
MOST_BREAKS = 3  # of worker processes, until something else must be wrong
REASONS_TOLD = 20


class Summary(Record, frozen=True):
    """What a sweep came to. `left_out` are plans that cannot run, by the reason, the most frequent first."""

    plans: int
    rows: int
    left_out: dict[Said, int]
    done: bool = True


Progress = Callable[[int, int], None]  # plans that are done, of all


def chunk_of(plan: SweepPlan) -> int:
    """How many plans make a part."""
    return PLANS_OF_DRAWN_PART if set(plan.asked) & set(DRAWN) else PLANS_OF_PART


def sweep(world: World, plan: SweepPlan, progress: Progress | None = None) -> "pandas.DataFrame":
    """All plans that can run and pass the filters, as a table in memory. InputError where they are too many."""
    import pandas

    blocks = plan.blocks(world)
    total, chunk = count_plans(blocks), chunk_of(plan)
    if total > MOST_IN_MEMORY:
        raise RefusedError(TooManyPlans(total, MOST_IN_MEMORY, in_memory=True))
    tables = []
    for start in range(0, total, chunk):
        stop = min(start + chunk, total)
        tables.append(table_of(world, plan, blocks, start, stop))
        if progress is not None:
            progress(stop, total)
    shares = shares_of(waiting_bytes(table) for table in tables if table.leaders)
    return pandas.concat([frame_of(with_shares_of(table, shares)) for table in tables], ignore_index=True)


def sweep_to_files(
    world: World,
    plan: SweepPlan,
    path: Path,
    executor: Executor | None = None,
    progress: Progress | None = None,
    chunk: int | None = None,
) -> Summary:
    """The same as files, see `store`; parts that are there are not done again. InputError, and what is done is kept.

    executor: whose workers do the parts; None does them here.
    """
    store = open_store(path, plan.key, count_plans(plan.blocks(world)), chunk or chunk_of(plan))
    missing = store.missing
    done = store.plans - sum(_size(store, number) for number in missing)
    if progress is not None:
        progress(done, store.plans)
    for number in _done(world, plan, store, missing, executor):
        done += _size(store, number)
        if progress is not None:
            progress(done, store.plans)
    summary = summary_of(store)
    finish(store)
    return summary


def _size(store: Store, number: int) -> int:
    start, stop = store.span(number)
    return stop - start


def _done(world: World, plan: SweepPlan, store: Store, missing: list[int], executor: Executor | None) -> Iterator[int]:
    """Does the parts, and tells each that is done."""
    if executor is None:
        blocks = plan.blocks(world)
        for number in missing:
            write_part(store, number, table_of(world, plan, blocks, *store.span(number)))
            yield number
        return
    waiting: set[Future[int]] = set()
    rest = iter(missing)
    try:
        while True:
            for number in rest:
                waiting.add(executor.submit(do_part, plan, store, number, language()))
                if len(waiting) >= WAITING * workers_of(executor):
                    break
            if not waiting:
                return
            finished, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            for each in finished:
                yield each.result()
    finally:
        for each in waiting:
            each.cancel()


def do_part(plan: SweepPlan, store: Store, number: int, words: str) -> int:
    """A worker does a part, in the language of the one that asks. InputError where its program has other evidence."""
    if language() != words:
        set_language(words, resource("i18n"))
    world = load_world()
    if plan.profile:
        check_profile(world, plan.profile, plan.profile_hash)
    if (world.catalog.evidence_hash, model_hash(world)) != (plan.evidence, plan.model):
        raise RefusedError(Needs.SAME_EVIDENCE)
    write_part(store, number, table_of(world, plan, plan.blocks(world), *store.span(number)))
    return number


def workers_of(executor: Executor) -> int:
    return int(getattr(executor, "_max_workers", 16))


def sweep_by_processes(
    world: World, plan: SweepPlan, path: Path, workers: int, progress: Progress | None = None, chunk: int | None = None
) -> Summary:
    """The same by worker processes of this machine. One that dies costs the parts that it and its like had begun."""
    for _ in range(MOST_BREAKS):
        executor = ProcessPoolExecutor(workers, get_context("spawn"), _leave_interrupts)
        try:
            return sweep_to_files(world, plan, path, executor, progress, chunk)
        except BrokenProcessPool:
            continue
        finally:
            executor.shutdown(wait=True, cancel_futures=True)
    raise RefusedError(Needs.MEMORY)


def sweep_by_scheduler(
    world: World, plan: SweepPlan, path: Path, address: str, progress: Progress | None = None, chunk: int | None = None
) -> Summary:
    """The same by the workers of a Dask scheduler, who see the same folder under the same name."""
    with cluster_workers(address) as executor:
        return sweep_to_files(world, plan, absolute(path), executor, progress, chunk)


def _leave_interrupts() -> None:
    """Ctrl+C stops the process that asks, which lets its workers end what they have begun."""
    signal(SIGINT, SIG_IGN)


def summary_of(store: Store) -> Summary:
    """What all parts told together."""
    rows, left_out = 0, dict[Said, int]()
    for number in range(store.parts):
        told = told_of(store, number)
        rows += told["rows"]
        for value, count in told["left_out"]:
            reason = read_tagged(value, LEFT_OUT)
            left_out[reason] = left_out.get(reason, 0) + count
    return Summary(store.plans, rows, dict(sorted(left_out.items(), key=lambda pair: -pair[1])[:REASONS_TOLD]))


def estimate(world: World, plan: SweepPlan) -> tuple[int, float]:
    """How many plans there are, and about how many seconds they take one after the other, by some of them."""
    blocks = plan.blocks(world)
    total, look = count_plans(blocks), chunk_of(plan) // 8
    starts = [round(share * max(total - look, 0)) for share in (0.0, 0.3, 0.7)]
    table_of(world, plan, blocks, starts[0], min(starts[0] + 1, total))  # what is looked up once for all
    spent, seen = 0.0, 0
    for start in dict.fromkeys(starts):
        began, stop = perf_counter(), min(start + look, total)
        table_of(world, plan, blocks, start, stop)
        spent, seen = spent + perf_counter() - began, seen + stop - start
    return total, spent / seen * total
