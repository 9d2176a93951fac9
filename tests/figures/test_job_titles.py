"""Figures of jobs without a quality target, with hand-made answers."""

from ipuwhatif.analysis.results import EXTRAPOLATED, Comparison, Missing
from ipuwhatif.analysis.world import load_world
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.figures.compare.compare import compare_figure
from ipuwhatif.figures.job_titles import amount_words, is_stated, job_words, time_words, workload_name
from ipuwhatif.figures.scaling.scaling import scaling_figure
from ipuwhatif.model.case import Case
from ipuwhatif.records import replace
from tests.figures import samples

B4 = "efficientnet-b4"
JOBS = load_world().catalog.workloads
SMALL = Missing(SystemChoice("ipu-pod", 4), "IPU-M2000 (4 IPUs)", "ipu", "it does not fit on 4 IPUs: 16 IPUs do")


def stated(
    times: dict[str, float], width: float = 0.045, missing: tuple[Missing, ...] = (), axis: str = "workload"
) -> Comparison:
    """Hours by system, for 350 epochs."""
    made = []
    for key, hours in times.items():
        case = Case(B4, samples.choice(key), "2021-12", "stated")
        made.append(
            samples.projection(key, hours * 60, B4, width, False, case=case, basis=EXTRAPOLATED, beyond=(axis,))
        )
    return Comparison(tuple(made), None, len(made) - 1, missing=missing)


def figure(comparison: Comparison):
    return compare_figure(comparison, replace(samples.scenario(), workload=B4, recipe="stated"))


def test_that_names_come_from_the_catalog() -> None:
    assert workload_name("resnet50", JOBS) == "ResNet-50"
    assert workload_name("deeplob-seq2seq", JOBS) == "DeepLOB-Seq2Seq"
    assert workload_name("nobody", JOBS) == "nobody"


def test_that_a_job_without_a_target_is_timed_for_its_amount_of_work() -> None:
    assert time_words(JOBS["resnet50"]) == "time to train" and amount_words(JOBS["resnet50"]) == ""
    assert time_words(JOBS["gpt2-xl"]) == "time for 10 billion tokens"
    assert time_words(JOBS[B4], 1281167.0) == "time for 1 epoch"
    assert job_words(JOBS[B4], "stated") == "EfficientNet-B4: time for 350 epochs"
    assert job_words(JOBS["resnet50"], "closed") == "ResNet-50, closed division: time to train"
    assert is_stated(JOBS[B4]) and not is_stated(JOBS["resnet50"]) and not is_stated(JOBS["insurance"])


def test_that_title_axis_and_headline_name_the_amount_and_hours() -> None:
    made = figure(stated({"ipu-pod:16": 20.7, "dgx-a100:8": 41.0}, axis="release"))
    assert made.chart.title.startswith("EfficientNet-B4: time for 350 epochs")
    assert made.chart.x_axis.title == "Time for 350 epochs (h)"
    assert made.headline.text == (
        "EfficientNet-B4, time for 350 epochs: IPU-POD16 (16 IPUs) 20.7 h · DGX A100 (8 GPUs) 41.0 h · "
        "IPU-POD16 takes about 50 % less time than DGX A100, projected beyond the data"
    )


def test_that_no_ratio_is_stated_where_intervals_overlap() -> None:
    made = figure(stated({"ipu-pod:16": 20.7, "dgx-a100:8": 41.0}, width=0.6, axis="release"))
    assert "not to be told apart" in made.headline.text and "%" not in made.headline.text


def test_that_no_ratio_is_stated_where_nobody_has_measured_the_job_or_the_chip() -> None:
    for axis in ("workload", "chip generation", "chips", "micro-batch"):
        made = figure(stated({"ipu-pod:16": 20.7, "dgx-a100:8": 41.0}, axis=axis))
        assert made.headline.text.endswith("DGX A100 (8 GPUs) 41.0 h, projected beyond the data")
        assert [row[3].text for row in made.table.rows] == ["no ratio: never measured", "reference"]


def test_that_global_batches_far_apart_make_no_ratio_where_no_target_tells_what_they_cost() -> None:
    first, second = stated({"ipu-pod:16": 20.7, "dgx-a100:8": 41.0}, axis="release").projections
    small = replace(first, layout=replace(first.layout, global_batch=second.layout.global_batch // 4))
    made = figure(Comparison((small, second), None, 1))
    assert made.headline.text.endswith("projected beyond the data: no ratio, global batches differ")
    assert made.table.rows[0][3].text == "global batches differ"
    near = replace(first, layout=replace(first.layout, global_batch=second.layout.global_batch // 2))
    assert "less time" in figure(Comparison((near, second), None, 1)).headline.text


def test_that_curves_of_a_job_that_nobody_has_measured_there_make_no_ratio() -> None:
    curves = samples.curve(official=()), samples.curve("dgx-a100", "DGX A100", (8, 16, 32, 64), official=())
    sizes = (samples.choice("ipu-pod:16"), samples.choice("dgx-a100:32"))
    for axis, ratio in (("micro-batch", False), ("chips", False), ("workload", False), ("release", True)):
        beyond = tuple(replace(each, beyond=((axis,),) * len(each.chips)) for each in curves)
        plain = replace(samples.scaling(*beyond), workload=B4, recipe="stated")
        assert ("takes" in scaling_figure(plain, samples.scenario(systems=sizes)).headline.text) == ratio


def test_that_no_result_of_the_suite_is_near_a_job_that_has_none() -> None:
    made = figure(stated({"ipu-pod:16": 20.7, "dgx-a100:8": 41.0}))
    assert [column.title for column in made.table.columns].count("Official (min)") == 0
    assert made.chart.marks == () and not any(note.text.startswith("[") for note in made.footnotes)
    assert "MLPerf" not in " ".join((*made.notices, made.headline.text, made.chart.title, made.chart.subtitle))
    assert any("Projections are estimates" in note.text and "published figures" in note.text for note in made.footnotes)


def test_that_vendors_side_by_side_are_told_which_network_and_recipe_runs() -> None:
    both = " ".join(figure(stated({"ipu-pod:16": 20.7, "dgx-a100:8": 41.0})).notices)
    assert "group-16 variant on IPUs" in both and "depthwise" in both and "350, 400 and 500" in both
    assert "group-16" not in " ".join(figure(stated({"dgx-a100:64": 5.0, "dgx-a100:8": 41.0})).notices)


def test_that_a_system_that_cannot_run_has_a_row_a_notice_and_a_reason_but_no_mark() -> None:
    made = figure(stated({"ipu-pod:16": 20.7, "dgx-a100:8": 41.0}, missing=(SMALL,)))
    assert len(made.chart.intervals) == 2 and len(made.chart.y_axis.ticks) == 2
    assert [cell.text for cell in made.table.rows[-1]][:4] == ["IPU-M2000 (4 IPUs)", "–", "–", "no projection"]
    assert all(cell.number is None for cell in made.table.rows[-1])
    assert len(made.table.tints) == len(made.table.rows) == 3
    assert "IPU-M2000 (4 IPUs) is left out: it does not fit on 4 IPUs: 16 IPUs do." in made.notices
    (why,) = [why for why in made.why if why.key == made.table.rows[-1][0].key]
    assert why.summary == "It does not fit on 4 IPUs: 16 IPUs do."


def test_that_a_time_far_below_the_axis_unit_is_said_in_its_own() -> None:
    made = figure(stated({"ipu-pod:16": 20.9, "ipu-pod:64": 400.0, "dgx-a100:8": 4000.0}))
    assert made.chart.x_axis.title.startswith("Time for 350 epochs (days)")
    assert "20.9 h" in [label.text for label in made.chart.labels]


def test_that_curves_say_what_they_are_the_time_of() -> None:
    plain = samples.scaling(samples.curve(official=()), samples.curve("dgx-a100", "DGX A100", (8, 16), official=()))
    made = scaling_figure(replace(plain, workload=B4, recipe="stated", samples=1281167.0), samples.scenario())
    assert made.chart.title.startswith("EfficientNet-B4: time for 1 epoch by chip count")
    assert made.chart.y_axis.title.startswith("Time for 1 epoch (")
    assert made.headline.text.startswith("EfficientNet-B4, time for 1 epoch: ")
    assert "Projected time for 1 epoch" in made.why[0].summary
