"""Footnotes: what the messaging guidelines ask for, and what a projection is not."""

import re

import pytest

from ipuwhatif.analysis.world import load_world
from ipuwhatif.figures import legal as legal_module
from ipuwhatif.figures.footnotes import footnotes
from ipuwhatif.figures.legal import legal
from ipuwhatif.records import replace
from ipuwhatif.units import InputError
from tests.figures import samples


def every_text(figure):
    chart = figure.chart
    texts = [figure.headline.text, chart.title, chart.subtitle, *figure.notices]
    texts += [entry.text for entry in chart.legend] + [label.text for label in chart.labels]
    texts += [note.text for note in figure.footnotes]
    for why in figure.why:
        texts += [why.title, why.value, why.summary]
        texts += [
            part for section in why.sections for row in section.rows for part in (row.name, row.value, row.detail)
        ]
    return texts


def test_that_the_note_names_submitter_benchmark_version_division_category_system_and_chips(first_start):
    note = first_start.footnotes[0].text
    assert note.startswith("[1] Official MLPerf® Training v1.1 results, ResNet-50, closed division, as published:")
    assert "Graphcore, IPU-POD16, 16 × Graphcore IPU GC200, available on-premise: 28.33 min" in note
    assert "NVIDIA, dgxa100_n1_ngc21.09, 8 × NVIDIA A100-SXM4-80GB (400W), available on-premise: 29.15 min" in note
    place = "https://github.com/mlcommons/training_results_v1.1"
    # neither a result ID nor a date of retrieval is known of these: nothing is said of them
    assert note.endswith(f"Entries are named by submitter, system and source. Retrieved from {place}.")


def test_that_a_known_date_of_retrieval_is_said():
    dated = replace(samples.official("ipu-pod:16"), origin=replace(samples.ORIGIN, read="2026-11-23"))
    assert footnotes([dated], load_world().catalog)[0].text.endswith("training_results_v1.1; retrieved 2026-11-23.")


def test_that_a_correction_in_the_log_is_said():
    assert (
        "1.098 × the measured time by a correction in the log"
        in footnotes([samples.official("ipu-pod:16", "bert-large")], load_world().catalog)[0].text
    )


def test_that_sources_say_what_they_share_once():
    base = "https://github.com/mlcommons/training_results_v1.1/tree/HEAD/Graphcore/results"
    pair = [
        replace(samples.official(key), origin=replace(samples.ORIGIN, locator=f"{base}/{folder}/resnet"))
        for key, folder in (("ipu-pod:16", "ipu-pod16-TF1"), ("ipu-pod:64", "ipu-pod64-TF1"))
    ]
    note = footnotes(pair, load_world().catalog)[0].text
    assert note.count("https://") == 1
    assert f"{base}/: ipu-pod16-TF1/resnet, ipu-pod64-TF1/resnet" in note


def test_that_rounds_get_notes_of_their_own():
    older = replace(samples.official("ipu-pod:16"), mlperf_round="v1.0", key="other")
    notes = footnotes([samples.official("dgx-a100:8"), older], load_world().catalog)
    assert [note.text[:3] for note in notes[:2]] == ["[1]", "[2]"]


def test_that_projections_are_told_apart_from_results(first_start):
    assert any(
        "Projections are estimates by a model" in note.text and "not verified by MLCommons" in note.text
        for note in first_start.footnotes
    )


def test_that_the_owner_of_the_marks_is_named_last(first_start, scaled):
    for figure in (first_start, scaled):
        assert "registered and unregistered trademarks of MLCommons Association" in figure.footnotes[-1].text
        assert "www.mlcommons.org" in figure.footnotes[-1].text


def test_that_the_mark_has_its_sign_at_each_use(first_start, moved, scaled):
    for figure in (first_start, moved, scaled):
        for text in every_text(figure):
            assert not re.search(r"MLPerf(?!®)", text), text


def test_that_no_text_says_faster(first_start, moved, scaled):
    for figure in (first_start, moved, scaled):
        assert not [text for text in every_text(figure) if re.search(r"\bfaster\b|speed-?up", text, re.IGNORECASE)]


def test_that_the_legal_lines_are_dated_and_sourced():
    assert legal().guidelines.read is not None
    assert legal().guidelines.locator.startswith("https://github.com/mlcommons/policies/")
    assert set(legal().score_scatter) == {"resnet50", "bert-large"}


def test_that_a_broken_legal_file_is_one_clear_line(tmp_path, monkeypatch):
    for content in ("{", "[]", '{"suite": "x"}'):
        path = tmp_path / "mlperf.json"
        path.write_text(content)
        monkeypatch.setattr(legal_module, "resource", lambda *parts, path=path: path)
        with pytest.raises(InputError, match=r"mlperf\.json") as fault:
            legal.__wrapped__()
        assert "\n" not in str(fault.value)
