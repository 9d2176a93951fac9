"""A chip of a user's own is read strictly: every figure in SI with its origin, every fault with its place."""

import tomllib

import pytest

from ipuwhatif.analysis.project import project
from ipuwhatif.analysis.world import World
from ipuwhatif.calibration.store import load
from ipuwhatif.calibration.support.spreads import OWN_CHIP
from ipuwhatif.catalog.names import parse_system, system_name
from ipuwhatif.catalog.own_chips import LIMIT_BYTES, TOLD_AS, read_own_chip, with_own
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.importers.store import hash_of
from ipuwhatif.model.case import Case
from ipuwhatif.model.parameters import known, parameter_index
from ipuwhatif.model.statics.keys import SharedCatalog
from ipuwhatif.scenario.levers import load_levers
from ipuwhatif.units import told
from tests.own_chip import LEFT_OUT, chip_text
from tests.refusals import refused


@pytest.fixture(scope="module")
def world(catalog) -> World:
    return World(with_own(catalog, [read_own_chip(chip_text(), "my.toml", catalog)]), load(), load_levers())


def test_every_figure_is_in_base_units_with_its_origin(catalog):
    own = read_own_chip(chip_text(), "my.toml", catalog)
    assert own.chip.value("peak_flops") == 700e12
    assert own.system.value("network_bandwidth") == 50e9
    assert (own.system.chips_per_machine, own.system.chips_per_domain, own.system.maximum_chips) == (8, 8, 1024)
    origin = own.chip.data["power"].origin
    assert (origin.producer, origin.title, origin.locator) == (
        "your own data",
        "Told by our vendor",
        "mail to the team",
    )
    assert (origin.published, origin.kind, own.chip.data["power"].verbatim) == ("2025-04-01", "stated", "600 W")


def test_a_date_may_stand_without_quotation_marks(catalog):
    text = chip_text().replace('"2025-04-01"', "2025-04-01")
    assert read_own_chip(text, "my.toml", catalog).chip.data["power"].origin.published == "2025-04-01"


def test_it_is_a_system_like_any_other_and_marked_as_the_users_own(world):
    choice = parse_system("my-chip:16", world.catalog)
    assert system_name(choice, world.catalog) == "2 × My server [own] (16 GPUs)"
    assert world.catalog.own["my-chip"].text == chip_text()


def test_catalogs_with_and_without_it_are_two(world, catalog):
    assert SharedCatalog(world.catalog) != SharedCatalog(catalog)
    other = read_own_chip(chip_text(chip__power__value=500), "my.toml", catalog)
    assert SharedCatalog(with_own(catalog, [other])) != SharedCatalog(world.catalog)
    assert with_own(catalog, []) is catalog


def test_its_projection_is_wide_and_names_why(world):
    own = project(world, Case("resnet50", SystemChoice("my-chip", 8), "2021-12", "closed"))
    known_chip = project(world, Case("resnet50", SystemChoice("dgx-a100", 8), "2021-12", "closed"))

    def width(projection) -> float:
        return projection.time_to_train_s.high / projection.time_to_train_s.low

    assert OWN_CHIP in own.beyond and "chip generation" not in own.beyond
    assert width(own) > 2.0 > 1.5 > width(known_chip)
    assert own.sourced
    assert (
        f"My Chip 96 GB is a chip of your own (file {hash_of(chip_text())[:12]}): nobody measured it here, and what it "
        "reaches of its data sheet is a guess"
    ) in [told(note) for note in own.notes]


def test_a_language_model_is_wider_where_nobody_measured_the_best_product(world, catalog):
    text = chip_text(chip__best_product={"value": 525, "unit": "TFLOPS", "origin": "sheet"})
    measured = World(with_own(catalog, [read_own_chip(text, "my.toml", catalog)]), world.calibration, world.levers)
    case = Case("llama31-8b", SystemChoice("my-chip", 64), "2025-06", "stated", samples=1e5)
    wide, narrow = project(world, case).time_to_train_s, project(measured, case).time_to_train_s
    assert wide.high / wide.low > 1.05 * narrow.high / narrow.low
    assert wide.median == pytest.approx(narrow.median)


@pytest.mark.parametrize("generation", sorted(set(TOLD_AS.values())))
def test_nothing_was_learnt_about_the_chips_whose_effects_it_is_given(generation):
    """Else an own chip would be told by measurements of another one."""
    calibration = load()
    names = [name for name in parameter_index() if name.rpartition(".")[2] == generation]
    assert names
    spreads = {prior.name: prior.spread for prior in known().parameters}
    for name in names:
        column = parameter_index()[name]
        assert calibration.center[0, column] == pytest.approx(1.0, rel=0.01)
        low, high = sorted(calibration.draws[:, column])[
            len(calibration.draws) // 10 :: len(calibration.draws) * 8 // 10
        ]
        assert high / low == pytest.approx(2.71828 ** (2 * 1.2816 * spreads[name]), rel=0.25)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (
            {"chip__peak_flops": LEFT_OUT},
            "my.toml, $.chip: key 'peak_flops' is missing; write "
            'peak_flops = { value = …, unit = "TFLOPS", origin = "…" }',
        ),
        (
            {"system__network_bandwidth": LEFT_OUT},
            "my.toml, $.system: key 'network_bandwidth' is missing; write "
            'network_bandwidth = { value = …, unit = "GB/s", origin = "…" }, or a maximum_chips that links alone join, '
            "up to chips_per_domain",
        ),
        (
            {"chip__architecture": "ipu"},
            'my.toml, $.chip: key \'clock\' is missing; write clock = { value = …, unit = "MHz", origin = "…" }',
        ),
        (
            {"chip__power__origin": LEFT_OUT},
            "my.toml, $.chip.power: it has no origin; write origin = 'sheet' and a table [origins.NAME] with title, "
            "locator, date and kind",
        ),
        (
            {"system__origin": LEFT_OUT},
            "my.toml, $.system: it has no origin; write origin = 'sheet' and a table [origins.NAME] with title, "
            "locator, date and kind",
        ),
        (
            {"chip__power__origin": "shet"},
            "my.toml, $.chip.power: origin 'shet' is in no table [origins.NAME]; nearest: sheet",
        ),
        ({"origins__sheet__locator": LEFT_OUT}, "my.toml, $.origins.sheet: key 'locator' is missing"),
        ({"origins__sheet__kind": "recalled"}, "my.toml, $.origins.sheet: kind 'recalled' is unknown; nearest: read"),
        ({"origins__sheet__date": "March"}, "my.toml, $.origins.sheet: key 'date' is not a date, \"2025-03\""),
        (
            {"origins__sheet__kind": "derived"},
            "my.toml, $.origins.sheet: origin is missing: a derived figure needs a note that says how",
        ),
        ({"origins__sheet__page": 3}, "my.toml, $.origins.sheet: key 'page' is unknown; nearest: date"),
        (
            {"chip__peak_flops__unit": "TB/s"},
            "my.toml, $.chip.peak_flops: unit 'TB/s' does not measure FLOP/s; write TFLOPS or PFLOPS",
        ),
        (
            {"chip__peak_flops__value": 1e9},
            "my.toml, $.chip.peak_flops: 1,000,000,000 TFLOPS is absurd; write from 1 GFLOPS to 1,000 PFLOPS",
        ),
        ({"chip__peak_flops__value": True}, "my.toml, $.chip.peak_flops: key 'value' is not a finite number"),
        ({"chip__peak_flops__value": "700"}, "my.toml, $.chip.peak_flops: key 'value' is not a finite number"),
        ({"chip__colour": "red"}, "my.toml, $.chip: key 'colour' is unknown; nearest: power"),
        (
            {"chip__key": "dgx-a100"},
            "my.toml, $.chip: 'dgx-a100' is shipped already; write another key, such as my-dgx-a100",
        ),
        (
            {"chip__key": "My Chip"},
            "my.toml, $.chip: key 'key' is not a name of small letters, digits and hyphens that begins with a letter, "
            "up to 40",
        ),
        (
            {"system__name": "My [server]"},
            "my.toml, $.system: key 'name' is not a name of up to 60 letters without brackets",
        ),
        (
            {"system__maximum_chips": 2_000_000},
            "my.toml, $.system: maximum_chips: 2000000 is absurd; write up to 1,000,000",
        ),
        ({"system__maximum_chips": 4}, "my.toml, $.system: chips_per_machine is above maximum_chips"),
        ({"chip__since": "2021"}, "my.toml, $.chip: since '2021' is unknown; nearest: 2021-12"),
        ({"prices__a": 1}, "my.toml, $: key 'prices' is unknown; nearest: origins"),
    ],
)
def test_a_fault_names_file_key_and_what_to_write(catalog, changes, told):
    with refused(told):
        read_own_chip(chip_text(**changes), "my.toml", catalog)


def test_a_file_that_is_no_toml_or_too_large_is_refused(catalog):
    with pytest.raises(tomllib.TOMLDecodeError) as broken:
        tomllib.loads("[chip")
    with refused(f"my.toml is no TOML: {broken.value}"):
        read_own_chip("[chip", "my.toml", catalog)
    with refused("my.toml is larger than 64,000 bytes"):
        read_own_chip("#" * (LIMIT_BYTES + 1), "my.toml", catalog)
    with refused("my.toml, $: key 'origins' is missing"):
        read_own_chip("", "my.toml", catalog)


def test_lists_in_lists_without_end_are_refused(catalog):
    text = f"a = {'[' * 5000}{']' * 5000}"
    with pytest.raises((RecursionError, ValueError)) as broken:
        tomllib.loads(text)
    with refused(f"my.toml is no TOML: {broken.value}"):
        read_own_chip(text, "my.toml", catalog)


def of_architecture(architecture: str) -> str:
    clock = {"value": 1850, "unit": "MHz", "origin": "sheet"}
    streaming = {"value": 5, "unit": "GB/s", "origin": "sheet"}
    more = {"chip__clock": clock, "system__streaming_bandwidth": streaming, "system__host_bandwidth": streaming}
    return chip_text(chip__architecture=architecture, **(more if architecture == "ipu" else {}))


@pytest.mark.parametrize("architecture", TOLD_AS)
def test_a_chip_of_any_architecture_is_projected(catalog, world, architecture):
    own = read_own_chip(of_architecture(architecture), "my.toml", catalog)
    seen = World(with_own(catalog, [own]), world.calibration, world.levers)
    for workload, recipe, samples in (
        ("resnet50", "closed", None),
        ("bert-large", "closed", None),
        ("vit-b16", "stated", 1e6),
    ):
        case = Case(workload, SystemChoice("my-chip", 16), "2021-12", recipe, samples=samples)
        projection = project(seen, case)
        time = projection.time_to_train_s
        assert OWN_CHIP in projection.beyond
        assert 0.0 < time.low < time.median < time.high
        assert time.high / time.low > 1.8
