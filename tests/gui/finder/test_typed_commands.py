import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from ipuwhatif.gui.finder.entry import Entry
from ipuwhatif.gui.finder.matching import found
from ipuwhatif.gui.finder.typed_commands import commands
from ipuwhatif.scenario.edits import set_workload
from ipuwhatif.scenario.files.document import FIRST_DOCUMENT
from ipuwhatif.scenario.prices.prices import Price
from ipuwhatif.scenario.scenario import FIRST_START
from ipuwhatif.units import LONGEST_TEXT, InputError
from tests.gui.hosts import Host
from tests.gui.scripted import CATALOG


@pytest.fixture
def host(qtbot: QtBot) -> Host:
    host = Host(FIRST_DOCUMENT)
    qtbot.addWidget(host)
    return host


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("compute gain 1.3", "IPU compute gain 1.30 ×"),
        ("Compute Gain 1.3 ×", "IPU compute gain 1.30 ×"),
        ("gain compute 130 %", "IPU compute gain 1.30 ×"),
        ("gpu compute gain 1.3", "GPU compute gain 1.30 ×"),
        ("bow compute_gain .9", "Bow compute gain 0.90 ×"),
        ("ipu.compute_gain=1.3", "IPU compute gain 1.30 ×"),
        ("global batch 3,264 samples", "IPU-POD16 (16 IPUs) global batch 3,264 samples"),
        ("electricity price 0.2", "All systems: electricity price 0.20 per kWh"),
        ("compute gain = 1.3", "IPU compute gain 1.30 ×"),
        ("compute_gain=1.3", "IPU compute gain 1.30 ×"),
        ("gpu compute_gain=1.3", "GPU compute gain 1.30 ×"),
        ("micro-batch 4", "IPU-POD16 (16 IPUs) micro-batch 4 samples"),
        ("ipu-pod 48", "Add IPU-POD (48 IPUs)"),
        ("IPU POD 512", "Add IPU-POD (512 IPUs)"),
        ("48 ipu-pod", "Add IPU-POD (48 IPUs)"),
        ("dgx a100 16", "Add 2 × DGX A100 (16 GPUs)"),
        ("ipu-pod:48", "Add IPU-POD (48 IPUs)"),
        ("ipu-pod : 1,024", "Add IPU-POD (1,024 IPUs)"),
        ("ipu-pod:16", "Remove IPU-POD16 (16 IPUs)"),
        ("1 min", "Target 1 min"),
        ("90s", "Target 1.5 min"),
        ("目标 1 分钟", "Target 1 min"),
        ("目标１．５分钟", "Target 1.5 min"),
        ("target 2 h", "Target 2 h"),
        ("under 1 MIN", "Target 1 min"),
        ("target 1 hour 30 minutes", "Target 1.5 h"),
        ("seek 0:28:24", "Target 28.4 min"),
        ("少于 1小时30分", "Target 1.5 h"),
        ("electricity price $0.15/kWh", "All systems: electricity price 0.15 per kWh"),
        ("electricity price 0.65元/度", "All systems: electricity price 0.65 per kWh"),
        ("carbon 0.424 kg/kWh", "All systems: carbon intensity 424 g/kWh"),
        ("power 300 W/GPU", "IPU-POD16 (16 IPUs) power 4.8 kW"),
    ],
)
def test_that_a_typed_command_is_the_edit_that_it_names(host: Host, text: str, name: str) -> None:
    (entry,) = commands(text, host)
    entry.act()
    assert host.question.undo_stack.undoText() == name
    assert host.turned == (["scaling"] if name.startswith("Target") else [])
    host.question.undo_stack.undo()
    assert host.question.scenario == FIRST_START


@pytest.mark.parametrize(
    "text", ["", "   ", "bert", "resnet-50", "resnet 50", "2021-06", "64", "1 foo", "5 kg", "A: x"]
)
def test_that_what_is_no_command_is_no_fault(host: Host, text: str) -> None:
    assert commands(text, host) == ()


@pytest.mark.parametrize(
    "text",
    [
        "b200",
        "b 200",
        "h300",
        "h 300",
        "8 h300",
        "gb200",
        "mi999",
        "mi 300",
        "l 4",
        "a 100",
        "t 5",
        "v 100",
        "in 8",
        "mb4",
        "mb 4",
        "compute gain1.3",
        "micro-batch4",
        "comp gain 1.3",
        "b200 micro-batch 4",
        "gpt 3",
        "gpu 8",
    ],
)
def test_that_what_may_be_a_name_moves_no_lever(host: Host, text: str) -> None:
    assert commands(text, host) == ()


def test_that_every_lever_that_has_the_words_is_told_where_the_value_can_be(host: Host) -> None:
    assert [each.text for each in commands("batch 200", host)] == [
        "IPU-POD16 (16 IPUs) micro-batch 200 samples",
        "IPU-POD16 (16 IPUs) global batch 200 samples",
    ]


def test_that_a_chip_and_a_count_are_every_system_that_has_both(host: Host) -> None:
    for text in ("a100 16", "16 a100"):
        assert [each.text for each in commands(text, host)] == [
            "2 × DGX A100 (16 GPUs)",
            "2 × DGX A100 40 GB (16 GPUs)",
        ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("compute gain 9", "the nearest is 2.00 ×"),
        ("compute gain 1,3", "write a decimal point, as in 1.3"),
        ("global batch 1.024", "may mean 1.024 or 1,024"),
        ("28:24", "hours, minutes and seconds, 0:28:24"),
        ("0 min", "is not above 0"),
        ("99999999 days", "from 1 ms to 100 years"),
        ("ipu-pod:9999", "the nearest is ipu-pod:1024"),
        ("ipu-pod 9999", "the nearest is ipu-pod:1024"),
        ("ipu-pd:64", "nearest: ipu-pod:64"),
        ("ipu.compute_gian=1.3", "the nearest is ipu.compute_gain"),
        ("all compute gain 1.3", "Compute gain is not set for all systems"),
    ],
)
def test_that_a_command_that_cannot_be_says_what_would(host: Host, text: str, told: str) -> None:
    with pytest.raises(InputError) as caught:
        commands(text, host)
    assert told in str(caught.value)


def test_that_electricity_is_priced_in_the_currency_of_the_prices(host: Host) -> None:
    host.question.show(FIRST_START.with_price("dgx-a100:8", Price(27.2, "USD", "hour", "2021", "a quote", "own")))
    assert commands("electricity price 0.15 USD/kWh", host)
    for text in ("electricity price 8 INR/kWh", "all.electricity_price=8 INR/kWh"):
        with pytest.raises(InputError, match="is in INR, the prices are in USD"):
            commands(text, host)


@pytest.mark.parametrize("begin", ["gain 1 ", "1 ", " ", "ipu.", "目标 1"])
def test_that_a_text_as_long_as_no_command_is_looked_at_no_further(host: Host, begin: str) -> None:
    text = begin * LONGEST_TEXT + "1"
    assert commands(text, host) == () and found([Entry("1", lambda: None)], text) == []


def test_that_without_a_ticked_system_a_lever_needs_its_family(host: Host) -> None:
    for choice in FIRST_START.systems:
        host.question.show(host.question.scenario.with_system(choice, False))
    with pytest.raises(InputError, match="no system is ticked"):
        commands("compute gain 1.3", host)
    assert commands("gpu compute gain 1.3", host)


def test_that_a_setting_of_the_systems_own_is_the_one_that_is_moved(host: Host) -> None:
    host.question.show(FIRST_START.with_lever("ipu-pod:16.compute_gain", 1.1))
    commands("compute gain 1.3", host)[0].act()
    assert host.question.scenario.levers == {"ipu-pod:16.compute_gain": 1.3}


def test_that_a_job_known_by_a_ratio_has_no_levers_to_set(host: Host) -> None:
    host.question.show(set_workload(FIRST_START, "weather", CATALOG).scenario)
    assert commands("compute gain 1.3", host) == ()


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.one_of(
        st.text(max_size=30),
        st.lists(
            st.sampled_from(["gain", "ipu", ":", "=", "1e999", "-3", "min", "٣", "compute", ".", "9" * 20]), max_size=5
        ).map(" ".join),
    )
)
def test_that_any_text_is_commands_none_or_a_fault_in_one_line(host: Host, text: str) -> None:
    try:
        meant = commands(text, host)
    except InputError as error:
        assert len(str(error).splitlines()) == 1
        return
    assert all(each.text for each in meant)
