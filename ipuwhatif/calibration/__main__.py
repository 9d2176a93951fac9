"""`make calibrate` fits the parameters to the shipped evidence, `make track-record` tries how well that predicts.

Both write into resources/calibration.
"""

import sys

from ipuwhatif.calibration.backtest import run_backtest
from ipuwhatif.calibration.fit import fit, joined
from ipuwhatif.calibration.learnt_shapes import learnt_shapes, shaped
from ipuwhatif.calibration.observations import observe, observe_language
from ipuwhatif.calibration.published import language_rows, published_rows
from ipuwhatif.calibration.record import FILE, save_record
from ipuwhatif.calibration.report import PAGE, as_short_markdown, whole_markdown
from ipuwhatif.calibration.shapes import FILE as SHAPES
from ipuwhatif.calibration.shapes import save_shapes
from ipuwhatif.calibration.speeds import FILE as SPEEDS
from ipuwhatif.calibration.speeds import run_speed_tests, save_speed_record
from ipuwhatif.calibration.store import save
from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.files import resource, write_atomic

TRACK_RECORD = "track-record"


def calibrate() -> None:
    catalog = load_catalog()
    observations = observe(catalog, catalog.official, catalog.references, published_rows(catalog))
    language = observe_language(catalog, catalog.official, language_rows(catalog))
    fitted = joined(fit(observations), fit(language))
    save(resource("calibration"), fitted.center, fitted.draws, catalog.evidence_hash)
    figures = f"{len(observations.points)} reference points and {len(observations.published)} published throughputs"
    spoken = f"{len(language.rows)} of language models and {len(language.published)} of their speeds in frameworks"
    fitted_to = f"{len(observations.rows)} entries, {spoken}, {figures}"
    print(f"fitted {len(fitted.center)} parameters to {fitted_to}")


def keep_track_record() -> None:
    catalog = load_catalog()

    def show(what: str, done: int, total: int) -> None:
        print(f"{what}: fit {done + 1} of {total}")

    protocols = run_backtest(catalog, show)
    save_record(protocols, catalog.evidence_hash, resource("calibration") / FILE)
    save_shapes(learnt_shapes(protocols, catalog), resource("calibration") / SHAPES)
    protocols = shaped(protocols, catalog)
    tests = run_speed_tests(catalog, show)
    save_speed_record(tests, catalog.evidence_hash, resource("calibration") / SPEEDS)
    answered = sum(len(protocol.answers) for protocol in protocols)
    write_atomic(resource("calibration") / PAGE, whole_markdown(protocols, tests, catalog).encode())
    print(f"wrote {answered} predictions of {len(protocols)} back-tests; the table of the README:")
    print(as_short_markdown(protocols, catalog))


if __name__ == "__main__":
    if sys.argv[1:] == [TRACK_RECORD]:
        keep_track_record()
    else:
        calibrate()
