"""Published throughputs: which of them teach, as which question, and how far they are trusted."""

from collections import Counter

from ipuwhatif.calibration.published import date_of, published_rows, reason_not_to_learn
from ipuwhatif.catalog.types import Catalog


def test_that_every_figure_teaches_or_has_a_reason(catalog: Catalog) -> None:
    rows = published_rows(catalog)
    reasons = Counter(reason_not_to_learn(catalog, result) for result in catalog.published)
    assert reasons[""] == len(rows) > 50
    assert reasons["single precision"] > 10
    assert reasons["software of other chips than GPUs, which has no effect of its own here"] == 10  # Gaudi
    assert sum(reasons.values()) == len(catalog.published)


def test_that_a_row_is_laid_out_as_it_was_published(catalog: Catalog) -> None:
    rows = {row.result.key.split("#")[0] + row.case.software: row for row in published_rows(catalog)}
    pod = rows["EfficientNet-B4/IPU-POD256/256"]
    assert (pod.layout.replicas, pod.layout.pipeline_stages, pod.layout.micro_batch) == (128, 2, 3)
    assert (pod.layout.gradient_accumulation, pod.layout.global_batch, pod.layout.blocks_per_stage) == (16, 6144, 16)
    dgx = rows["EfficientNet-B4/A100 80GB (DGX A100)/8tensorflow2-21.09"]
    assert (dgx.layout.micro_batch, dgx.layout.gradient_accumulation, dgx.throughput) == (160, 1, 3550.0)


def test_that_seconds_for_an_epoch_become_a_throughput_trusted_as_far_as_they_were_rounded(catalog: Catalog) -> None:
    rows = {(row.case.workload, row.case.choice.system): row for row in published_rows(catalog)}
    quick, slow = rows["lob-cnn", "ipu-pod"], rows["deeplob-attention", "rtx-2080"]
    assert quick.throughput == 254_701 / 4.0 and slow.throughput == 254_701 / 270.0
    assert quick.spread > 1.2 * slow.spread


def test_that_a_figure_is_dated_by_its_software_or_paper(catalog: Catalog) -> None:
    dates = {row.result.key.split("#")[0] + row.case.software: date_of(catalog, row) for row in published_rows(catalog)}
    assert dates["EfficientNet-B4/A100 80GB (DGX A100)/8tensorflow2-21.09"] == "2021-09"
    assert dates["MLP/1x IPU/1"] == "2021-05"
    assert dates["EfficientNet-B4/IPU-POD16/16"] == "9999"  # the press printed it in December 2021, after any round
