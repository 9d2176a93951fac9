"""Whose software runs a job: published states, frameworks and classes as of a release, and what is offered."""

import pytest

from ipuwhatif.catalog.software import software_as_of, software_choices, software_name, usual_class
from ipuwhatif.catalog.types import STATED, Catalog
from ipuwhatif.units import told


@pytest.mark.parametrize(
    ("key", "release", "found"),
    [
        ("pytorch-21.03", "2019-07", "pytorch-21.03"),  # named is named
        ("pytorch", "2021-06", "pytorch-21.03"),
        ("pytorch", "2021-12", "pytorch-21.11"),
        ("tensorflow2", "2019-07", "tensorflow2-21.02"),  # its first, before it came
        ("vendor", "2022-06", "vendor-2019"),
        ("vendor", "2025-06", "vendor-2023"),
        ("framework", "2025-06", "framework-2023"),
    ],
)
def test_that_a_framework_or_class_is_its_newest_state_as_of_the_release(
    catalog: Catalog, key: str, release: str, found: str
) -> None:
    assert software_as_of(catalog, key, release).key == found


def test_that_an_unknown_software_is_an_error(catalog: Catalog) -> None:
    with pytest.raises(KeyError):
        software_as_of(catalog, "caffe", "2021-12")


def test_that_classes_are_offered_first_then_the_newest_of_each_framework(catalog: Catalog) -> None:
    def offered(workload: str) -> tuple[str, ...]:
        return software_choices(catalog.workloads[workload], catalog)

    assert offered("efficientnet-b4")[:5] == (
        "vendor", "framework", "tensorflow2-21.09", "tensorflow2-21.02", "pytorch-21.11",
    )  # fmt: skip
    assert offered("resnet50")[:4] == ("vendor", "framework", "mxnet-22.10", "mxnet-2021")
    assert offered("gpt2-small")[0] == "framework"  # a vendor's is its default
    assert offered("bert-large") == offered("lob-cnn") == ()
    for workload in catalog.workloads:
        assert not {"vendor-2019", "framework-2023"} & set(offered(workload))


def test_that_jobs_without_entries_run_a_vendors_software_unless_a_framework_is_theirs(catalog: Catalog) -> None:
    usual = {key: usual_class(workload) for key, workload in catalog.workloads.items()}
    of_tokens = {key for key, each in catalog.workloads.items() if "language" in each.traits and each.kind == STATED}
    assert {key for key, each in usual.items() if each == "vendor"} - of_tokens == {
        "vit-b16", "bert-large-128", "bert-large-512", "gpt2-small", "gpt2-medium", "gpt2-large", "gpt2-xl",
    }  # fmt: skip
    assert usual["efficientnet-b4"] == usual["resnet50"] == ""


def test_that_choices_have_names_that_people_understand(catalog: Catalog) -> None:
    names = [told(software_name(catalog, key)) for key in ("", "vendor", "framework", "pytorch-21.03")]
    assert names == [
        "By the release", "a vendor's container or recipe", "a framework as people run it", "PyTorch, container 21.03",
    ]  # fmt: skip
