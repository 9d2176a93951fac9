"""Published records of interrupted runs, from the rates that they state; the outcome that they tell enters nothing."""

import numpy as np
import pytest

from ipuwhatif.catalog.interruptions import load_published_terms
from ipuwhatif.model.interruptions import Interruptions, best_interval, drawn_parts, mean_failures, mean_parts

DAY, MINUTE = 86_400.0, 60.0
TERMS = {(term.key, term.lever): term for term in load_published_terms()}


def rate_of(key: str, chips: int) -> float:
    """Failures of so many chips [1/s] at a published rate."""
    return TERMS[key, "failure_rate"].counted.rate * chips / 1000.0 / DAY


def goodput(parts: dict[str, np.ndarray]) -> float:
    return float(parts["useful"].sum() / sum(values.sum() for values in parts.values()))


#: Llama 3 405B: 16,384 GPUs, state of weights (2 bytes) and optimizer (12 bytes) over the sustained storage bandwidth
#: that the report states; and the upper end of the state that it states for a GPU, 4 GB.
STATES = {"weights and optimizer": 14 * 405e9, "4 GB a GPU": 4e9 * 16_384}


@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
@pytest.mark.parametrize("restart", [10 * MINUTE, 10 * MINUTE + 129.49], ids=["diagnosis", "diagnosis and loading"])
def test_that_llama_3_loses_about_as_little_as_its_report_says(state: float, restart: float) -> None:
    """Higher than 90 % effective training time (arXiv:2407.21783, section 3.3.4), within 20 %, at the stated rates.

    restart: what MegaScale needs on average to detect and diagnose, and ByteCheckpoint's loading of 405B on top.
    """
    rate = rate_of("llama3", 16_384)
    checkpoint = state / (TERMS["llama3", "storage_bandwidth"].value * 1e9)
    stops = Interruptions(rate, best_interval(rate, checkpoint), checkpoint, restart)
    useful = np.array([0.9 * 54 * DAY])  # any length: the share hardly hangs on it
    found = goodput(mean_parts(useful, stops))
    assert found == pytest.approx(0.9, rel=0.2)
    assert found == pytest.approx(goodput(mean_parts(useful / 10, stops)), rel=0.005)


def test_that_54_days_of_llama_3_see_as_many_interruptions_as_were_counted() -> None:
    rate = rate_of("llama3", 16_384)
    checkpoint = STATES["weights and optimizer"] / 2e12
    stops = Interruptions(rate, best_interval(rate, checkpoint), checkpoint, 10 * MINUTE)
    share = goodput(mean_parts(np.array([54 * DAY]), stops))
    useful = np.full(4_000, share * 54 * DAY)
    lengths = sum(drawn_parts(useful, stops, np.random.default_rng(1)).values())
    assert lengths.mean() == pytest.approx(54 * DAY, rel=0.01)
    assert mean_failures(useful[:1], stops)[0] == pytest.approx(419, rel=0.05)


@pytest.mark.parametrize("machines", [16, 128, 1024])
@pytest.mark.parametrize("restart", [5 * MINUTE, 20 * MINUTE])
def test_that_metas_own_estimate_of_the_share_agrees(machines: int, restart: float) -> None:
    """Kokolis et al. 2025 (arXiv:2410.21680): (1 - N r (u + interval / 2)) / (1 + w / interval), for a few losses.

    r is that of RSC-1, w about 5 minutes, u 5 to 20 minutes, the interval an hour.
    """
    rate, interval, write = rate_of("rsc-1", 8 * machines), 3600.0, 300.0
    stops = Interruptions(rate, interval, write, restart)
    theirs = (1.0 - rate * (restart + interval / 2.0)) / (1.0 + write / interval)
    assert goodput(mean_parts(np.array([30 * DAY]), stops)) == pytest.approx(theirs, rel=0.05)
