from ipuwhatif.figures.why.parameter_names import parameter_name
from ipuwhatif.model.parameters import parameters as all_parameters


def test_that_every_parameter_has_words() -> None:
    for parameter in all_parameters():
        assert parameter_name(parameter) != parameter.name


def test_that_an_efficiency_is_named_by_its_class() -> None:
    found = {parameter.name: parameter_name(parameter) for parameter in all_parameters()}
    assert found["efficiency.ipu.dense_convolution"] == "Efficiency of dense convolutions"
    assert found["memory_efficiency.gpu"] == "Memory efficiency"
