from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.scenario.scenario import FIRST_START

POD16, DGX = SystemChoice("ipu-pod", 16), SystemChoice("dgx-a100", 8)


def test_that_the_first_start_is_what_the_design_says() -> None:
    assert (FIRST_START.workload, FIRST_START.recipe, FIRST_START.release) == ("resnet50", "closed", "2021-12")
    keys = [choice.key for choice in FIRST_START.systems]
    assert keys == ["ipu-pod:16", "ipu-pod:64", "ipu-pod:256", "dgx-a100:8", "dgx-a100:64"]
    assert FIRST_START.reference == "dgx-a100:8"
    assert not FIRST_START.levers
    assert FIRST_START.show_official


def test_that_a_lever_set_back_leaves_no_trace() -> None:
    moved = FIRST_START.with_lever("ipu.compute_gain", 1.3)
    assert moved.levers == {"ipu.compute_gain": 1.3}
    assert moved.with_lever("ipu.compute_gain", None) == FIRST_START


def test_that_an_unticked_reference_passes_to_the_first_system() -> None:
    assert FIRST_START.with_system(POD16, False).reference == "dgx-a100:8"
    assert FIRST_START.with_system(DGX, False).reference == "ipu-pod:16"


def test_that_no_system_is_ticked_twice() -> None:
    assert FIRST_START.with_system(POD16, True) == FIRST_START


def test_that_the_last_system_can_be_unticked() -> None:
    scenario = FIRST_START
    for choice in FIRST_START.systems:
        scenario = scenario.with_system(choice, False)
    assert scenario.systems == () and scenario.reference == ""
