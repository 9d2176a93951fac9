"""The baseline does the same work as the model: it gives the same times."""

import pytest

from tests.benchmarks import measures


def test_that_the_layer_walk_gives_the_times_of_the_model() -> None:
    work = measures.model_work(60)
    walked = [measures.walk(work, case, layout) for case, layout in zip(work.cases, work.layouts, strict=True)]
    assert walked == pytest.approx(measures.at_once(work).tolist(), rel=1e-12)
