import pytest

from ipuwhatif.analysis.compare import compare
from ipuwhatif.analysis.world import load_world
from ipuwhatif.files import resource
from ipuwhatif.scenario.deltas import deltas
from ipuwhatif.scenario.examples import FOLDER, Example, examples, load_example
from ipuwhatif.scenario.files.file_format import document_bytes

WORLD = load_world()
EXAMPLES = examples()
each_example = pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.key)


def test_that_every_shipped_example_is_offered_once_and_in_one_line() -> None:
    assert sorted(path.name for path in resource(FOLDER).iterdir()) == sorted(each.path.name for each in EXAMPLES)
    for words in ([each.name for each in EXAMPLES], [each.description for each in EXAMPLES]):
        assert len(set(words)) == len(words) and all(word and "\n" not in word for word in words)


@each_example
def test_that_an_example_is_written_as_the_program_writes_it(example: Example) -> None:
    document = load_example(example, WORLD.catalog, WORLD.levers)
    assert document_bytes(document) == example.path.read_bytes()


@each_example
def test_that_each_scenario_of_an_example_has_an_answer_for_each_of_its_systems(example: Example) -> None:
    for scenario in load_example(example, WORLD.catalog, WORLD.levers).scenarios:
        comparison = compare(WORLD, scenario, draws=16)
        assert [each.case.choice for each in comparison.projections] == list(scenario.systems)
        assert not comparison.missing


@each_example
def test_that_the_scenarios_of_an_example_have_titles_and_differ(example: Example) -> None:
    document = load_example(example, WORLD.catalog, WORLD.levers)
    assert all(document.titles) and len(set(document.titles)) == len(document.titles) > 2
    for scenario in document.scenarios[1:]:
        assert deltas(scenario, document.scenarios[0], WORLD.levers, WORLD.catalog)


def test_that_no_example_names_a_price() -> None:
    documents = [load_example(each, WORLD.catalog, WORLD.levers) for each in EXAMPLES]
    assert not any(scenario.prices for document in documents for scenario in document.scenarios)
