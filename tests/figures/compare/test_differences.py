"""The arrow between two scenarios, and what it says."""

import pytest

from ipuwhatif.analysis.beside import Side, beside
from ipuwhatif.charts.geometry import plot_frame
from ipuwhatif.charts.spec import DIFFERENCE, OFFICIAL
from ipuwhatif.figures.compare.compare import compare_figure
from ipuwhatif.figures.compare.differences import percent
from ipuwhatif.figures.phrasing import ratio_phrase, ratio_text
from ipuwhatif.records import replace
from tests.figures import samples
from tests.figures.test_table import column


@pytest.fixture(scope="module")
def paired():
    plain = samples.comparison()
    made = beside(Side("A", plain), Side("B", samples.with_lever(plain)), "B")
    return compare_figure(made, samples.scenario())


def test_that_headline_arrow_and_table_say_one_difference(paired) -> None:
    said = "B · IPU-POD16 (16 IPUs) takes 23.1 % less time than A · IPU-POD16 (16 IPUs)"
    assert paired.headline.text.startswith(said)
    words = [label.text for label in paired.chart.labels if label.text.startswith(("−", "+"))]
    assert words == ["−23.1 %"] * 3
    against = [cell.text for cell in column(paired, "Against A")]
    assert against[:2] == ["", "23.1 % less time"] and against[6:8] == ["", "no difference"]


def test_that_an_arrow_leads_from_the_first_number_to_the_second_between_their_rows(paired) -> None:
    shafts = [line for line in paired.chart.lines if line.style == DIFFERENCE and len(line.x) == 2]
    medians = [interval.median for interval in paired.chart.intervals]
    assert [line.x for line in shafts] == [(medians[row], medians[row + 1]) for row in (0, 2, 4)]
    assert [line.y for line in shafts] == [(row + 0.5, row + 0.5) for row in (0, 2, 4)]
    frame = plot_frame(paired.chart)
    for line in (each for each in paired.chart.lines if len(each.x) == 3):
        assert frame.x(line.x[0]) - frame.x(line.x[1]) == pytest.approx(6.0)  # they all lead to less time


def test_that_the_numbers_of_a_pair_are_of_one_kind_and_a_result_stands_once(paired) -> None:
    texts = [label.text for label in paired.chart.labels]
    at = texts.index("28.2 min")  # no lever acts under A, but under B one does
    assert texts[at : at + 2] == ["28.2 min", "official 28.33"] and "21.7 min" in texts
    rows = [mark.y for mark in paired.chart.marks if mark.style == OFFICIAL]
    assert rows == [0.0, 2.0, 4.0, 6.0, 7.0, 8.0, 9.0]


def test_that_nothing_moved_draws_no_arrow() -> None:
    plain = samples.comparison()
    made = compare_figure(beside(Side("A", plain), Side("B", plain), "A"), samples.scenario(show_official=False))
    assert made.chart.lines == () and "no difference" in made.headline.text
    assert {cell.text for cell in column(made, "Against A")} == {"", "no difference"}


def test_that_the_row_of_the_other_scenario_is_lighter_and_asks_for_its_own_why(paired) -> None:
    keys = [interval.key for interval in paired.chart.intervals]
    assert keys[:2] == ["projection/ipu-pod:16@A", "projection/ipu-pod:16"]
    assert set(keys) <= {why.key for why in paired.why}
    first, second = paired.chart.intervals[:2]
    assert first.tint.hue == second.tint.hue and first.tint.shade > second.tint.shade


@pytest.mark.parametrize(
    ("ratio", "rough", "text"),
    [(0.748, False, "−25.2 %"), (0.748, True, "−25 %"), (1.234, False, "+23.4 %"), (1.234, True, "+23 %")],
)
def test_that_a_change_has_as_many_digits_as_the_table(ratio: float, rough: bool, text: str) -> None:
    assert percent(ratio, rough) == text


def two_rounds(*keys: str):
    """The named systems under two scenarios of two releases, officially scored in both."""
    plain = samples.comparison({key: samples.FIRST_TIMES[key] for key in (*keys, "dgx-a100:8")})
    later = []
    for each in plain.projections:
        score = replace(each.official, key=f"{each.official.key}/2", mlperf_round="v2.0", release="2022-06")
        time = replace(each.time_to_train_s, median=0.98 * each.time_to_train_s.median)
        case = replace(each.case, release="2022-06")
        later.append(
            replace(each, official=replace(score, score_s=0.99 * score.score_s), time_to_train_s=time, case=case)
        )
    return beside(Side("A", plain), Side("B", replace(plain, projections=tuple(later))), "B")


def test_that_scores_of_two_rounds_are_both_told_and_the_difference_is_said_to_be_projected() -> None:
    figure = compare_figure(two_rounds("ipu-pod:16"), samples.scenario())
    assert figure.headline.text.endswith(", projected (official: 28.05 min in v2.0, 28.33 min in v1.1)")
    assert [label.text for label in figure.chart.labels if "%" in label.text] == ["projected −2.00 %"] * 2
    assert "software as of 2021-12 / 2022-06" in figure.chart.title


def test_that_scores_of_two_divisions_of_one_round_are_told_by_their_divisions() -> None:
    made = two_rounds("ipu-pod:16")
    changed = [
        each
        if each.official is None or each.official.mlperf_round == "v1.1"
        else replace(each, official=replace(each.official, mlperf_round="v1.1", division="open"))
        for each in made.projections
    ]
    text = compare_figure(replace(made, projections=tuple(changed)), samples.scenario()).headline.text
    assert text.endswith("(official: 28.05 min in open division, 28.33 min in closed division)")


def test_that_a_score_under_one_scenario_alone_is_not_the_number_of_the_pair() -> None:
    made = two_rounds("ipu-pod:16")
    bare = tuple(replace(each, official=None) if each.case.release == "2022-06" else each for each in made.projections)
    texts = [label.text for label in compare_figure(replace(made, projections=bare), samples.scenario()).chart.labels]
    assert texts[:2] == ["28.2 min", "official 28.33"]


def test_that_a_change_of_little_is_a_percentage_and_never_one_times() -> None:
    assert ratio_text(1.0016, rough=True) == "about 0.16 % more time" and ratio_text(1.0016) == "0.160 % more time"
    assert ratio_phrase(1.0044, rough=True) == "takes about 0.44 % more time than"
    assert ratio_phrase(1.05, rough=True) != ratio_phrase(1.0499, rough=True)
