"""Entries of the tables of ResNet-50 and BERT, without those of language models, which have a table of their own."""

from ipuwhatif.catalog.types import Catalog, OfficialResult, ReferencePoint

LANGUAGE = ("llama2-70b-lora", "llama31-405b", "gpt3-175b")


def classic(catalog: Catalog) -> tuple[OfficialResult, ...]:
    return tuple(each for each in catalog.official if each.workload not in LANGUAGE)


def classic_points(catalog: Catalog) -> tuple[ReferencePoint, ...]:
    return tuple(each for each in catalog.references if each.workload not in LANGUAGE)
