"""The figure of official results of any benchmark: as published, with everything that must be named beside a score."""

import pytest

from ipuwhatif.analysis.suite_results import Wanted, suite_results
from ipuwhatif.catalog.evidence.suite_results import load_suite_results
from ipuwhatif.charts import spec
from ipuwhatif.figures.evidence.suite_results import suite_results_figure
from ipuwhatif.figures.evidence.suite_results_words import target_text, without_row_text
from tests.figures.compare.test_compare import assert_well_set

ALL = Wanted()
GPT3 = Wanted(benchmarks=("gpt3",), rounds=("v4.0",))


def figure(wanted=ALL, shown=True, size=(1000, 420)):
    return suite_results_figure(suite_results(wanted), shown, *size)


def column(figure, title):
    place = [each.title for each in figure.table.columns].index(title)
    return [row[place].text for row in figure.table.rows]


@pytest.fixture(scope="module")
def everything():
    return figure()


@pytest.mark.parametrize("size", [(1000, 420), (1366, 700), (660, 340)])
@pytest.mark.parametrize(
    "wanted", [ALL, GPT3, Wanted(benchmarks=("bert",)), Wanted(benchmarks=("gpt3",), rounds=("v2.0",))]
)
def test_that_every_chart_is_well_set(qapp, wanted, size):
    assert_well_set(figure(wanted, size=size).chart)


def test_that_every_entry_is_a_row_with_its_score_as_published(everything):
    assert len(everything.table.rows) == len(everything.why) == 1454
    entries = zip(load_suite_results().results, column(everything, "Official (min)"), strict=True)
    assert all(text == (f"{each.score_s / 60:,.3f}" if each.score_s else "–") for each, text in entries)
    assert column(everything, "Official (min)")[:2] == ["25.076", "46.822"]


def test_that_a_row_names_what_the_guidelines_ask_for(everything):
    for title in ("Benchmark", "Submitter", "System", "Chips", "Version", "Accelerator", "Division", "Category"):
        assert all(column(everything, title)), title
    categories = set(column(everything, "Category"))
    assert categories == {"available", "available on-premise", "available in cloud", "preview", "research"}


def test_that_a_run_that_was_handed_in_again_says_so_and_is_drawn_once(everything):
    again = [text for text in column(everything, "Run") if text.startswith("same run as v")]
    assert len(again) == 184
    keys = [mark.key for mark in everything.chart.marks]
    assert len(keys) == len(set(keys)) == 1266 and {mark.style for mark in everything.chart.marks} == {spec.OFFICIAL}
    assert any(
        "184 entries with runs that are drawn already and 4 entries without a score" in each
        for each in everything.notices
    )


def test_that_nothing_is_projected(everything):
    for each in (everything, figure(GPT3), figure(Wanted(benchmarks=("bert",)))):
        assert not each.chart.lines and not each.chart.intervals and not each.chart.bands
        assert "no projection stands beside them" in each.notices[0]
        assert not any("Projections are estimates" in note.text for note in each.footnotes)
    told = figure(Wanted(benchmarks=("dlrm_dcnv2",))).notices[0]
    assert "DLRM-DCNv2 (dlrm_dcnv2) has no model here: nothing is projected for it." in told
    for modelled in (GPT3, Wanted(benchmarks=("bert",))):
        assert "no model" not in figure(modelled).notices[0]


def test_that_footnotes_cover_each_round_and_division_with_place_and_date(everything):
    numbered = [note.text for note in everything.footnotes if note.text.startswith("[")]
    groups = {(each.mlperf_round, each.division) for each in load_suite_results().results}
    assert len(numbered) == len(groups) == 11
    for mlperf_round, division in groups:
        head = f"Official MLPerf® Training {mlperf_round} results, {division} division, as published:"
        note = next(text for text in numbered if head in text)
        assert f"Retrieved from https://github.com/mlcommons/training_results_{mlperf_round}." in note
        many = "the table names submitter, benchmark, system, accelerators and their count, and category" in note
        count = sum((each.mlperf_round, each.division) == (mlperf_round, division) for each in everything_known())
        assert many == (count > 1)
    assert "registered and unregistered trademarks" in everything.footnotes[-1].text
    assert "MLPerf " not in " ".join(note.text for note in everything.footnotes).replace("MLPerf® ", "")


def everything_known():
    return load_suite_results().results


def test_that_footnotes_name_few_entries_one_by_one():
    note = figure(GPT3).footnotes[0].text
    system = "eos_n64_ngc24.04_nemo, 512 × NVIDIA H100-SXM5-80GB, available on-premise"
    assert f"NVIDIA, {system}: 50.728 min" in note and note.count("GPT-3 175B (gpt3): ") == 1
    assert note.count(" min") == 8 and "closed division" in note and "v4.0" in note


def test_that_few_results_have_their_names_on_the_chart():
    texts = [label.text for label in figure(GPT3).chart.labels]
    assert "NVIDIA, H100 50.728 min" in texts and len(texts) == 8


def test_that_one_benchmark_stands_over_chips_and_several_in_rows_of_their_own(everything):
    one = figure(Wanted(benchmarks=("llama31_405b",))).chart
    assert one.title == "Llama 3.1 405B (llama31_405b): official results by chip count"
    assert one.x_axis.scale == one.y_axis.scale == "log"
    rows = everything.chart
    assert rows.y_axis.scale == "rows" and len(rows.y_axis.ticks) == 16
    names = {tick.text: tick.value for tick in rows.y_axis.ticks}
    place = names["Llama 3.1 405B (llama31_405b)"]
    own = {mark.key for mark in rows.marks if abs(mark.y - place) < 0.5}
    assert own == {mark.key for mark in one.marks}


def test_that_the_score_is_official_and_the_measured_time_is_marked_as_not():
    shown = figure(Wanted(benchmarks=("gpt3",), submitters=("Google",), rounds=("v4.0",), least=6000))
    assert column(shown, "Official (min)") == ["12.477"]
    assert column(shown, "Measured (min), not official") == ["12.204"]
    why = shown.why[0]
    assert why.value == "12.477 min" and why.summary == "Official MLPerf® Training v4.0 result, as published."
    without_model = figure(Wanted(benchmarks=("dlrm_dcnv2",))).why[0].summary
    assert without_model.endswith("This benchmark has no model here: nothing is projected for it.")
    texts = [f"{row.name} {row.value} {row.detail}" for section in why.sections for row in section.rows]
    assert any("scaled up to it by the rules of the suite" in text for text in texts)
    assert any("log perplexity ≤ 2.69" in text for text in texts)
    origins = [row.origin for section in why.sections for row in section.rows if row.origin is not None]
    assert origins[0].locator.startswith("https://github.com/mlcommons/training_results_v4.0/tree/HEAD/Google/results/")


def test_that_an_entry_without_a_score_says_why():
    shown = figure(Wanted(submitters=("Clemson",), rounds=("v4.1",)))
    lacking = [row for row in shown.table.rows if row[4].number is None]
    assert len(lacking) == 1 and lacking[0][-1].text == "log files absent from snapshot"
    assert lacking[0][4].text == "–"


def test_that_hidden_results_are_told_by_their_number_alone():
    hidden = figure(GPT3, shown=False)
    assert hidden.table.rows == () and not hidden.chart.marks and len(hidden.why) == 0
    assert hidden.notices == ("Official results are hidden: 8 fit what is asked for.",)
    assert not any(note.text.startswith("[") for note in hidden.footnotes)


def test_that_a_headline_of_one_benchmark_tells_the_shortest_times_with_their_submitters():
    found = suite_results(Wanted(benchmarks=("llama2_70b_lora",), chips=("H200", "B200"), least=8, most=64))
    text = suite_results_figure(found, True).headline.text
    best = {
        chip: min((each for each in found.results if (each.chip, each.chips) == (chip, 8)), key=by_score)
        for chip in ("B200", "H200")
    }
    told = [
        f"{chip} {each.score_s / 60.0:.3f} min ({each.submitter}, {each.mlperf_round})" for chip, each in best.items()
    ]
    assert text.startswith(f"Llama 2 70B LoRA, shortest times on 8 chips: {told[0]} · {told[1]} · ")
    assert suite_results_figure(found, False).headline.text.startswith(f"{len(found.results)} of ")


def by_score(result):
    return result.score_s


def test_that_nothing_that_fits_is_said():
    none = figure(Wanted(benchmarks=("gpt3",), rounds=("v2.0",)))
    assert none.headline.text == "None of 1,454 official entries fits"
    assert [label.text for label in none.chart.labels] == ["No official result fits what is asked for"]


def test_that_coverage_is_stated(everything):
    held = next(text for text in everything.notices if text.startswith("The table holds"))
    assert "1,454 entries by round: v2.0 (262), v2.1 (199)" in held and "v5.0 (201)" in held
    lacking = next(text for text in everything.notices if text.startswith("Result folders"))
    assert "12, not in the table that was read: v4.0 smc bert (8 chips)" in lacking
    assert without_row_text(()) == ""


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("FID<=90,CLIP>=0.15", "FID ≤ 90, CLIP score ≥ 0.15"),
        ("top1>=0.759", "top-1 accuracy ≥ 0.759"),
        ("win/agreement target of the round", "win or agreement target of the round"),
    ],
)
def test_that_a_target_is_said_in_words(target, told):
    assert target_text(target, load_suite_results().metrics) == told
