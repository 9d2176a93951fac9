"""BERT-Large on Gaudi: entries whose logs count packs are fitted to nothing, and lie inside the intervals."""

import pytest

from ipuwhatif.analysis.project import project
from ipuwhatif.analysis.world import load_world
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.model.case import Case


@pytest.mark.parametrize("chips", [8, 16, 32, 64])
def test_that_official_scores_of_packed_bert_lie_inside_the_interval(chips: int) -> None:
    case = Case("bert-large", SystemChoice("gaudi-hls-1h", chips), "2021-12", "closed")
    answer = project(load_world(), case)
    assert answer.official is not None
    time = answer.time_to_train_s
    assert time.low <= answer.official.score_s <= time.high
    assert time.median == pytest.approx(answer.official.score_s, rel=0.15)
