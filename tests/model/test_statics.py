"""What cases of one kind share: looked up once, and followed by all of them."""

import numpy as np
import pytest

from ipuwhatif.catalog.types import Catalog
from ipuwhatif.model.roles.names import ROLES
from ipuwhatif.model.statics.beside import OP_TABLES, evaluation_spacing, reference_floor, statics_of
from ipuwhatif.model.statics.keys import SharedCatalog, StaticKey
from ipuwhatif.model.statics.static import static_of
from ipuwhatif.model.statics.values import VALUES
from ipuwhatif.networks.library import network_for
from ipuwhatif.records import replace

RESNET = StaticKey("resnet50", "ipu-pod", "2021-12", "closed", "lars", "", ())
OPEN = RESNET._replace(recipe="open")
BERT = StaticKey("bert-large", "dgx-a100", "2021-12", "closed", "lamb", "", ())
GPT = StaticKey("gpt2-small", "dgx-a100", "2021-12", "stated", "lamb", "", ())
KEYS = (RESNET, OPEN, BERT, GPT)


def test_that_catalogs_of_one_evidence_are_one_and_others_are_not(catalog: Catalog) -> None:
    assert SharedCatalog(catalog) == SharedCatalog(replace(catalog))
    assert hash(SharedCatalog(catalog)) == hash(SharedCatalog(replace(catalog)))
    assert SharedCatalog(catalog) != SharedCatalog(replace(catalog, evidence_hash="another"))


def test_that_statics_beside_each_other_are_each_as_alone(catalog: Catalog) -> None:
    shared = SharedCatalog(catalog)
    together = statics_of(shared, KEYS)
    assert together.values.shape == (len(VALUES), 4) and together.roles.shape == (len(ROLES), 4)
    for row, key in enumerate(KEYS):
        alone = static_of(shared, key)
        assert (together.values[:, row] == alone.values).all() and (together.roles[:, row] == alone.roles).all()
        ops = len(alone.op_flops)
        for name in OP_TABLES:
            assert (together.ops[name][row, :ops] == getattr(alone, name)).all()
            assert not together.ops[name][row, ops:].any()
        assert (together.op_efficiency[row, :ops] == alone.op_efficiency).all()


def test_that_each_case_follows_the_curves_of_its_own_static(catalog: Catalog) -> None:
    shared = SharedCatalog(catalog)
    together, take = statics_of(shared, KEYS), np.array([2, 0, 3, 1, 2])
    batch = np.array([3072.0, 3264.0, 256.0, 3264.0, 9000.0])
    floor, every = reference_floor(together, take, batch), evaluation_spacing(together, take, batch)
    for case, row in enumerate(take):
        alone = statics_of(shared, (KEYS[row],))
        assert floor[case] == reference_floor(alone, None, batch[[case]])[0]
        assert every[case] == evaluation_spacing(alone, None, batch[[case]])[0]
    assert (floor > 0.0).tolist() == [True, True, False, False, True]
    assert (
        np.isinf(every[2]) and every[1] == every[3] == 4 * catalog.workloads["resnet50"].data["dataset_samples"].value
    )


def test_that_sizes_that_a_user_sets_are_those_of_the_network(catalog: Catalog) -> None:
    key = StaticKey("weather-emulator", "dgx-a100", "2021-12", "stated", "lamb", "", (64, 32, 16))
    network = catalog.workloads["weather-emulator"].network
    wanted = network_for(network, "gpu", (64, 32, 16)).parameters
    assert static_of(SharedCatalog(catalog), key).values[VALUES.index("parameters")] == wanted


@pytest.mark.parametrize("key", [RESNET._replace(workload="alexnet"), RESNET._replace(system="cray")])
def test_that_a_key_the_catalog_lacks_is_a_key_error(catalog: Catalog, key: StaticKey) -> None:
    with pytest.raises(KeyError):
        static_of(SharedCatalog(catalog), key)


@pytest.mark.parametrize(
    ("system", "older"),
    [("hgx-h200", "dgx-h100"), ("gb200-nvl72", "dgx-b200"), ("gb300-nvl72", "dgx-b200"), ("mi325x", "mi300x")],
)
def test_that_software_of_language_models_is_as_old_as_the_first_chip_that_ran_it(
    catalog: Catalog, system: str, older: str
) -> None:
    began = [
        static_of(
            SharedCatalog(catalog), StaticKey("llama2-70b-lora", each, "2025-06", "closed", "adam", "", ())
        ).values[VALUES.index("chip_rounds_ago")]
        for each in (system, older)
    ]
    assert began[0] == began[1]
    chips = [catalog.chips[catalog.systems[each].chip] for each in (system, older)]
    assert chips[0].since > chips[1].since


def test_that_from_v2_1_on_the_floor_is_the_lower_hull_of_the_points_straight_in_the_batch(catalog: Catalog) -> None:
    points = {
        point.global_batch: point.samples
        for point in sorted(catalog.references, key=lambda each: each.mlperf_round)
        if point.workload == "resnet50" and point.mlperf_round >= "v1.1"
    }
    first, second, last = 1632.0, 3264.0, 67840.0
    statics = statics_of(SharedCatalog(catalog), (RESNET._replace(release="2022-11"),))
    batch = np.linspace(first, last, 24)
    floor = reference_floor(statics, None, batch)
    assert (np.diff(floor, 2) > -0.01 * np.diff(floor).mean()).all()  # bent upwards only
    known = np.array(list(points), dtype=np.float64)
    assert (reference_floor(statics, None, known) <= 1.000001 * np.array(list(points.values()))).all()
    at_corners = reference_floor(statics, None, np.array([first, (first + second) / 2.0, second, last]))
    middle = (points[1632] + points[3264]) / 2.0
    assert at_corners == pytest.approx([points[1632], middle, points[3264], points[67840]], rel=1e-5)
