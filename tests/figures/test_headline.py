"""The rules of headlines, one by one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipuwhatif.analysis.results import EXTRAPOLATED, Comparison, Quantity
from ipuwhatif.analysis.world import load_world
from ipuwhatif.figures.compare.compare import compare_figure
from ipuwhatif.figures.compare.ratios import side_of
from ipuwhatif.figures.headline import Job, pair_headline, scaling_headline
from ipuwhatif.figures.scaling.scaling import scaling_figure
from ipuwhatif.model.case import Pins
from ipuwhatif.records import replace
from tests.figures import samples


def headline(comparison, **changes):
    return compare_figure(comparison, samples.scenario(**changes)).headline


def test_that_first_start_reads_as_designed(first_start):
    assert first_start.headline.text == (
        "IPU-POD16 (16 IPUs) 28.33 min · DGX A100 (8 GPUs) 29.15 min · official MLPerf® Training v1.1 results [1]"
    )


def test_that_every_number_of_the_first_headline_can_be_clicked(first_start):
    keys = {
        part.key for part in first_start.headline.parts if any(letter.isdigit() for letter in part.text) and part.key
    }
    assert keys == {
        "official/v1.1/Graphcore/ipu-pod16/resnet50/closed",
        "official/v1.1/NVIDIA/dgxa100_n1_ngc21.09/resnet50/closed",
    }
    assert keys <= {why.key for why in first_start.why}


def test_that_official_scores_far_apart_get_an_official_ratio():
    text = headline(samples.comparison(samples.BERT_TIMES, "bert-large"), workload="bert-large").text
    assert text == (
        "BERT-Large: IPU-POD16 (16 IPUs) 32.70 min · DGX A100 (8 GPUs) 20.00 min · "
        "IPU-POD16 takes 1.63 × as long as DGX A100 · official MLPerf® Training v1.1 results [1]"
    )


def test_that_official_scores_within_the_scatter_of_the_benchmark_get_no_ratio(first_start):
    assert "less time" not in first_start.headline.text
    assert "×" not in first_start.headline.text


def test_that_a_moved_lever_makes_it_a_projection(moved):
    assert moved.headline.text == (
        "IPU-POD16 (16 IPUs) takes 25.2 % less time than DGX A100 (8 GPUs), projected with IPU compute gain 1.30 ×"
    )
    assert [part.key for part in moved.headline.parts if part.key] == ["projection/ipu-pod:16", "projection/dgx-a100:8"]


def test_that_hidden_official_results_make_it_a_projection():
    text = headline(samples.comparison({"ipu-pod:64": 8.5, "dgx-a100:8": 29.1}), show_official=False).text
    assert text == "IPU-POD64 (64 IPUs) takes 70.8 % less time than DGX A100 (8 GPUs), projected"


def test_that_a_missing_official_result_makes_it_a_projection():
    text = headline(samples.comparison({"ipu-pod:16": 32.6, "dgx-a100:8": 29.1}, scored=False, width=0.01)).text
    assert text == "IPU-POD16 (16 IPUs) takes 1.12 × as long as DGX A100 (8 GPUs), projected"


def test_that_overlapping_intervals_get_no_ratio():
    text = headline(samples.comparison(), show_official=False).text
    assert text == (
        "IPU-POD16 (16 IPUs) 28.2 min · DGX A100 (8 GPUs) 29.0 min, projected: "
        "not to be told apart, the intervals overlap"
    )


def test_that_official_results_of_two_rounds_are_not_put_in_one_headline():
    older = replace(samples.official("ipu-pod:16"), mlperf_round="v1.0")
    pair = (samples.projection("ipu-pod:16", 20.0, official=older), samples.projection("dgx-a100:8", 29.0))
    assert headline(Comparison(pair, None, 1)).text.endswith(", projected")


def test_that_the_subject_is_the_first_system_until_another_is_chosen():
    answer = samples.comparison({"ipu-pod:256": 3.81, "dgx-a100:64": 4.55, "ipu-pod:16": 28.2, "dgx-a100:8": 29.0})
    assert headline(answer).text.startswith("ResNet-50: IPU-POD256 (256 IPUs) 3.79 min · DGX A100 (8 GPUs)")
    chosen = headline(replace(answer, subject="dgx-a100:64")).text
    assert chosen.startswith("ResNet-50: 8 × DGX A100 (64 GPUs) 4.53 min · DGX A100 (8 GPUs)")


def test_that_one_family_alone_is_compared_with_itself():
    text = headline(
        samples.comparison({"ipu-pod:16": 28.2, "ipu-pod:64": 8.57}, reference="ipu-pod:16"), show_official=False
    ).text
    assert text == "IPU-POD64 (64 IPUs) takes 69.6 % less time than IPU-POD16 (16 IPUs), projected"


def test_that_one_system_alone_is_named_with_its_score_or_its_projection():
    alone = samples.comparison({"ipu-pod:16": 28.2}, reference="ipu-pod:16")
    assert headline(alone).text == "IPU-POD16 (16 IPUs) 28.33 min · official MLPerf® Training v1.1 result [1]"
    assert headline(alone, show_official=False).text == "IPU-POD16 (16 IPUs) 28.2 min, projected"


def test_that_a_projection_beyond_the_data_says_so():
    far = samples.projection("ipu-pod:512", 2.5, basis=EXTRAPOLATED, beyond=("chips",))
    pair = (far, samples.projection("dgx-a100:8", 29.0))
    assert headline(Comparison(pair, None, 1)).text.endswith(", projected, IPU-POD512 beyond the data")


def test_that_a_tiny_part_of_the_time_never_reads_as_no_time():
    text = headline(samples.comparison({"ipu-pod:64": 0.01, "dgx-a100:8": 100.0}), show_official=False).text
    assert "takes 99.99 % less time than" in text


@given(
    st.floats(1e-2, 1e5),
    st.floats(1e-2, 1e5),
    st.floats(0.0, 0.5),
    st.booleans(),
    st.sampled_from(["ipu-pod:16", "ipu-pod:48"]),
)
def test_that_no_headline_says_faster_or_states_a_ratio_of_overlapping_intervals(mine, theirs, width, shown, key):
    comparison = samples.comparison({key: mine, "dgx-a100:8": theirs}, width=width)
    text = headline(comparison, show_official=shown).text
    assert "faster" not in text and "speedup" not in text.lower()
    first, second = (each.time_to_train_s for each in comparison.projections)
    apart = first.high < second.low or second.high < first.low
    if "projected" in text:
        assert ("takes" in text) == apart
    assert "16 IPUs" in text or "48 IPUs" in text or "48 chips" in text
    assert "8 GPUs" in text


def test_that_scaling_speaks_of_the_subject_and_the_reference_at_their_sizes(scaled):
    assert scaled.headline.text == (
        "IPU-POD (16 IPUs) 28.33 min · DGX A100 (8 GPUs) 29.15 min · official MLPerf® Training v1.1 results [1] · "
        "shortest of all sizes: DGX A100 (256 GPUs) 1.96 min, projected"
    )
    asked = samples.scenario(subject="ipu-pod:256", reference="dgx-a100:64", show_official=False)
    figure = scaling_figure(samples.scaling(), asked)
    assert figure.headline.text == (
        "IPU-POD (256 IPUs) takes 21.5 % less time than DGX A100 (64 GPUs) · "
        "shortest of all sizes: DGX A100 (256 GPUs) 1.96 min, projected"
    )


ALONE = samples.scenario(systems=(samples.choice("ipu-pod:16"),), reference="ipu-pod:16")


def test_that_one_system_alone_compares_the_ends_of_its_curve():
    figure = scaling_figure(samples.scaling(samples.curve(chips=(16, 64, 256))), ALONE)
    assert figure.headline.text == "IPU-POD (256 IPUs) takes 86.8 % less time than IPU-POD (16 IPUs), projected"


def test_that_scaling_states_no_ratio_of_overlapping_intervals():
    wide = samples.curve(chips=(16, 32))
    wide = replace(wide, low=tuple(value / 9 for value in wide.median), high=tuple(value * 9 for value in wide.median))
    text = scaling_figure(samples.scaling(wide), ALONE).headline.text
    assert "takes" not in text and text.endswith("not to be told apart, the intervals overlap")


@pytest.mark.parametrize("minutes", [0.5, 5.0, 500.0])
def test_that_projections_print_three_digits(minutes):
    single = samples.comparison({"ipu-pod:48": minutes}, reference="ipu-pod:48")
    text = headline(single).text
    digits = text.split(") ")[1].split(" ")[0].replace(".", "")
    assert len(digits) == 3


def test_that_an_interval_may_lie_on_one_side_of_its_median():
    odd = replace(samples.projection("ipu-pod:48", 5.0), time_to_train_s=Quantity(300.0, 300.0, 310.0))
    assert headline(Comparison((odd,), None, 0)).text.endswith("5.00 min, projected")


def test_that_more_than_two_moved_levers_are_counted():
    answer = samples.with_lever(samples.comparison())
    for levers, tail in (
        (("A 1.1 ×", "B 2 ×"), ", projected with A 1.1 × and B 2 ×"),
        (("A", "B", "C"), ", projected with 3 levers moved"),
    ):
        assert headline(replace(answer, settings=levers)).text.endswith(tail)


def test_that_a_lever_without_effect_on_these_systems_leaves_them_their_scores(first_start):
    answer = replace(samples.comparison(), settings=("Bow compute gain 1.30 ×",))
    assert headline(answer) == first_start.headline
    text = headline(answer, show_official=False).text
    assert text.endswith(", projected with Bow compute gain 1.30 ×: not to be told apart, the intervals overlap")


def test_that_a_pinned_layout_makes_it_a_projection():
    answer = samples.comparison()
    for row, official in ((0, False), (1, True), (3, False)):  # of the subject, of neither, of the reference
        projections = [*answer.projections]
        pinned = replace(projections[row].case, pins=Pins(global_batch=4096))
        projections[row] = replace(projections[row], case=pinned)
        assert ("official MLPerf®" in headline(replace(answer, projections=tuple(projections))).text) == official


def with_unsourced(*keys):
    answer = samples.comparison()
    return replace(
        answer, projections=tuple(replace(each, sourced=each.choice.key not in keys) for each in answer.projections)
    )


def test_that_an_unsourced_system_gives_its_place_to_another():
    text = headline(with_unsourced("ipu-pod:16"), show_official=False).text
    assert text == "IPU-POD64 (64 IPUs) takes 70.4 % less time than DGX A100 (8 GPUs), projected"


def test_that_an_unsourced_reference_leaves_plain_times():
    text = headline(with_unsourced("dgx-a100:8"), show_official=False).text
    assert text == "IPU-POD16 (16 IPUs) 28.2 min · IPU-POD64 (64 IPUs) 8.57 min, projected"


def test_that_unsourced_systems_alone_get_no_number():
    text = headline(with_unsourced(*samples.FIRST_TIMES), show_official=False).text
    assert text == "ResNet-50: projected from figures that are not sourced"


def points(reference="dgx-a100:8", gain=1.0, **asked):
    """The headline of two curves, the first with a lever of its own moved."""
    axes = ("compute gain",) if gain != 1.0 else ()
    mine = samples.curve()
    mine = replace(
        mine,
        median=tuple(value / gain for value in mine.median),
        low=tuple(value / gain for value in mine.low),
        high=tuple(value / gain for value in mine.high),
        beyond=tuple((*beyond, *axes) for beyond in mine.beyond),
        calibrated=tuple(known and not axes for known in mine.calibrated),
        baseline_median=mine.median if axes else None,
    )
    theirs = samples.curve("dgx-a100", "DGX A100", (8, 16, 32, 64, 128, 256, 512))
    settings = (f"IPU compute gain {gain:.2f} ×",) if axes else ()
    answer = samples.scaling(mine, theirs, settings=settings)
    return scaling_figure(answer, samples.scenario(reference=reference, **asked)).headline


def test_that_a_lever_moved_by_a_percent_keeps_the_pair():
    before, after = points(), points(gain=1.01)
    assert before.text.startswith("IPU-POD (16 IPUs)") and "DGX A100 (8 GPUs)" in before.text
    assert after.text.startswith("IPU-POD (16 IPUs)") and "DGX A100 (8 GPUs)" in after.text
    assert ", projected with IPU compute gain 1.01 ×, IPU-POD beyond the data" in after.text


def test_that_a_size_that_is_no_point_of_its_curve_gives_its_place_to_the_nearest():
    sizes = (samples.choice("ipu-pod:17"), samples.choice("dgx-a100:4096"))
    text = points("dgx-a100:4096", systems=sizes).text
    assert text.startswith("IPU-POD (16 IPUs)") and "DGX A100 (512 GPUs)" in text


def test_that_one_curve_names_sizes_inside_the_data_where_it_has_two():
    text = scaling_figure(samples.scaling(samples.curve()), ALONE).headline.text
    assert text.startswith("IPU-POD (256 IPUs)") and text.endswith("IPU-POD (16 IPUs), projected")


def test_that_a_scaling_headline_names_no_system_of_unsourced_figures():
    sourced, other = samples.scaling().curves
    answer = replace(samples.scaling(), curves=(sourced, replace(other, sourced=False)))
    made = scaling_headline(answer, samples.scenario(show_official=False), {})
    assert other.name not in made.text and sourced.name in made.text
    none = replace(samples.scaling(), curves=(replace(sourced, sourced=False), replace(other, sourced=False)))
    assert "not sourced" in scaling_headline(none, samples.scenario(show_official=False), {}).text


def test_that_a_ratio_beyond_the_data_has_two_digits_and_about():
    far = samples.projection("ipu-pod:512", 2.4567, basis=EXTRAPOLATED, beyond=("chips",))
    pair = (far, samples.projection("dgx-a100:8", 29.0))
    text = headline(Comparison(pair, None, 1)).text
    assert " takes about 92 % less time than DGX A100 (8 GPUs), projected, IPU-POD512 beyond the data" in text
    turned = headline(Comparison(pair[::-1], None, 1)).text
    assert "DGX A100 (8 GPUs) takes about 12 × as long as" in turned


def test_that_even_a_rough_ratio_never_reads_as_no_time():
    far = samples.projection("ipu-pod:512", 0.01, basis=EXTRAPOLATED, beyond=("chips",))
    pair = (far, samples.projection("dgx-a100:8", 100.0))
    assert "takes about 99.99 % less time than" in headline(Comparison(pair, None, 1)).text


def of_release(release):
    pair = [samples.projection(key, minutes, scored=False) for key, minutes in (("ipu-pod:16", 9), ("dgx-a100:8", 29))]
    return Comparison(tuple(replace(each, case=replace(each.case, release=release)) for each in pair), None, 1)


def test_that_software_older_than_every_run_of_a_chip_makes_no_ratio():
    figure = compare_figure(of_release("2019-07"), samples.scenario())
    assert figure.headline.text.endswith(", projected: no ratio, no run with software that old")
    titles = [column.title for column in figure.table.columns]
    assert figure.table.rows[0][titles.index("Against the reference")].text == "no run with software that old"
    for known in ("2021-06", "2021-12", "2022-06"):
        assert "less time" in headline(of_release(known)).text


def test_that_curves_with_software_older_than_every_run_make_no_ratio_and_say_so():
    old = replace(samples.scaling(samples.curve(chips=(16, 64, 256), official=())), release="2020-07")
    figure = scaling_figure(old, samples.scenario())
    assert figure.headline.text.endswith(": no ratio, no run with software that old")
    told = "The evidence holds no run of the GC200 IPU with software of 2020-07: its first is of 2021-05."
    assert told in figure.notices


def test_that_two_sizes_of_one_family_keep_their_chip_counts():
    curve = samples.curve(chips=(16, 64, 256))
    asked = samples.scenario(systems=(samples.choice("ipu-pod:16"), samples.choice("ipu-pod:64")), subject="ipu-pod:64")
    text = scaling_figure(samples.scaling(curve), replace(asked, reference="ipu-pod:16")).headline.text
    assert "IPU-POD (64 IPUs) takes 70.0 % less time than IPU-POD (16 IPUs)" in text


def test_that_curves_of_two_scenarios_are_told_apart_at_the_size_of_the_subject():
    slow, quick = samples.curve(official=()), samples.curve(official=())
    quick = replace(quick, median=tuple(0.8 * value for value in quick.median))
    both = replace(samples.scaling(quick), beside=(slow,), beside_letter="A", letter="B")
    text = scaling_figure(both, samples.scenario()).headline.text
    assert text == "B · IPU-POD (16 IPUs) takes 20.0 % less time than A · IPU-POD (16 IPUs), projected"


def test_that_a_table_beside_curves_of_two_scenarios_has_the_times_of_both() -> None:
    slow, quick = samples.curve(), samples.curve()
    quick = replace(quick, median=tuple(0.8 * value for value in quick.median))
    both = replace(samples.scaling(slow), beside=(quick,), beside_letter="B", letter="A")
    table = scaling_figure(both, samples.scenario()).table
    titles = [column.title for column in table.columns]
    first, second = titles.index("A · Projected (min)"), titles.index("B · Projected (min)")
    for row in table.rows:
        assert row[second].number == pytest.approx(0.8 * row[first].number, rel=6e-3)


def test_that_two_times_are_told_in_one_unit_where_its_numbers_stay_short() -> None:
    sides = [side_of(each) for each in samples.comparison().projections[:2]]

    def told(*hours: float) -> str:
        seconds = [Quantity(*(3600.0 * each,) * 3) for each in hours]
        pair = [replace(side, quantity=each) for side, each in zip(sides, seconds, strict=True)]
        return pair_headline(Job(load_world().catalog.workloads["efficientnet-b4"], None), pair, {}, against=False).text

    assert "21.2 h" in told(21.2, 127.0) and "127 h" in told(21.2, 127.0)
    assert "2.00 min" in told(2 / 60, 127.0) and "5.29 days" in told(2 / 60, 127.0)


def test_that_only_the_systems_beyond_the_data_are_said_to_be_beyond_it() -> None:
    pair = (
        samples.projection("ipu-pod:16", 20.0, official=None, basis=EXTRAPOLATED, beyond=("release",)),
        samples.projection("dgx-a100:8", 29.0, official=None),
    )
    assert headline(Comparison(pair, None, 1)).text.endswith(", projected, IPU-POD16 beyond the data")
    both = replace(pair[1], basis=EXTRAPOLATED)
    assert headline(Comparison((pair[0], both), None, 1)).text.endswith(", projected beyond the data")


def test_that_a_projection_beside_which_the_page_shows_a_score_is_told_with_it() -> None:
    pair = (samples.projection("ipu-pod:16", 28.5, official=None), samples.projection("dgx-a100:8", 29.0))
    told = headline(Comparison(pair, None, 1)).text
    assert "DGX A100 (8 GPUs) 29.0 min (official 29.15 min), projected" in told
    hidden = headline(Comparison(pair, None, 1), show_official=False).text
    assert "DGX A100 (8 GPUs) 29.0 min, projected" in hidden
