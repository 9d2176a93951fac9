"""What is stated of a job: how much work it does, the sizes of its network, whose software it runs on."""

import argparse
from collections.abc import Sequence

from ipuwhatif.catalog.software import software_as_of, software_choices, usual_class
from ipuwhatif.catalog.stacks import FRAMEWORK
from ipuwhatif.catalog.types import TARGET, Catalog, SystemChoice, Workload
from ipuwhatif.cli.options import ADAPTER_OPTION, SIZE_OPTIONS
from ipuwhatif.cli.questions.names import known_name
from ipuwhatif.networks.library import EMULATOR
from ipuwhatif.networks.size_bounds import FORMS
from ipuwhatif.scenario.amount import EPOCHS, SAMPLES, TOKENS, measures_of, parse_amount
from ipuwhatif.scenario.sizes import TRANSFORMER, has_layers, layers_text, parse_layers
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, told, whole_number

#: What entries ran, among the choices of software.
MLPERF = "mlperf"
#: What people call their framework.
FRAMEWORKS = ("pytorch", "tensorflow", "tensorflow1", "tensorflow2", "jax", "mxnet", "paddle")


def stated_samples(command: argparse.Namespace, workload: Workload) -> float | None:
    """The amount of work that was stated in one of three ways; None for the workload's default."""
    given = [(measure, getattr(command, measure)) for measure in (EPOCHS, TOKENS, SAMPLES)]
    given = [(measure, text) for measure, text in given if text is not None]
    if len(given) > 1:
        options = tr(" and ").join(f"--{measure}" for measure, _ in given)
        raise InputError(tr("{options} state the amount of work more than once: give one of them", options=options))
    if not given:
        return None
    measure, text = given[0]
    if not measures_of(workload):
        raise InputError(
            tr(
                "--{measure}: {name} trains to its target, {target}; leave it out",
                measure=measure,
                name=workload.key,
                target=told(workload.target),
            )
        )
    return parse_amount(text, workload, measure)


def stated_layers(command: argparse.Namespace, workload: Workload, catalog: Catalog) -> tuple[int, ...]:
    """The sizes that options state; what a transformer's options leave out is as in its file, or in its default."""
    options = (*SIZE_OPTIONS, ADAPTER_OPTION)
    given = {name: text for name in options if (text := getattr(command, name)) is not None}
    if not given:
        return ()
    taken = _sizes_taken(workload)
    for name in given:
        if name not in taken:
            known = tr(", ").join(each.key for each in catalog.workloads.values() if name in _sizes_taken(each))
            option = "--" + name.replace("_", "-")
            told = {"option": option, "name": workload.key, "known": known}
            raise InputError(tr("{option}: that size of {name} is fixed; it is set for {known}", **told))
    own = layers_text((), workload).split(", ")
    if workload.network != TRANSFORMER:
        return parse_layers(next(iter(given.values())), workload)
    stated = [given.get(name, size) for name, size in zip(SIZE_OPTIONS, own, strict=False)]
    further = own[len(SIZE_OPTIONS) :]
    if ADAPTER_OPTION in given:
        further = [*(further[:3] or _usual_layer(stated)), given[ADAPTER_OPTION]]
    return parse_layers(", ".join((*stated, *further)), workload)


def _usual_layer(stated: Sequence[str]) -> tuple[str, str, str]:
    """What a layer of Llama's is besides its sizes: the width of a head, two matrices of the vocabulary, its form."""
    width, heads = (whole_number(stated[SIZE_OPTIONS.index(name)]) for name in ("width", "heads"))
    return str((width or 1) // (heads or 1) or 1), "2", FORMS[0]


def _sizes_taken(workload: Workload) -> tuple[str, ...]:
    """Options that set a size of the workload's network."""
    if not has_layers(workload):
        return ()
    if workload.network == TRANSFORMER:
        return (*SIZE_OPTIONS, ADAPTER_OPTION)
    return SIZE_OPTIONS[:1] if workload.network == EMULATOR else SIZE_OPTIONS[-1:]


def _without_entries(workload: Workload, stacks: Sequence[str], catalog: Catalog) -> str:
    """That nobody submitted a job, which jobs somebody did, and what else runs this one."""
    entered = tr(", ").join(each.key for each in catalog.workloads.values() if each.kind == TARGET)
    told = tr(
        "--stack mlperf: {name} has no MLPerf® entries; jobs with entries: {jobs}", name=workload.key, jobs=entered
    )
    if not stacks:
        return told
    return tr("{told}; stacks of {name}: {stacks}", told=told, name=workload.key, stacks=tr(", ").join(stacks))


def _as_known(key: str, known: Sequence[str]) -> str:
    """A framework of which no figure of the job was read is told by its class; other names as they are."""
    if key == "tensorflow" and "tensorflow2" in known:
        return "tensorflow2"
    return FRAMEWORK if key in FRAMEWORKS and key not in known and FRAMEWORK in known else key


def stated_software(
    key: str | None, workload: Workload, systems: tuple[SystemChoice, ...], release: str, catalog: Catalog
) -> str:
    if key is None or (key == MLPERF and workload.kind == TARGET):
        return ""
    choices = software_choices(workload, catalog)
    frameworks = tuple(dict.fromkeys(catalog.software[each].framework for each in choices if each in catalog.software))
    if key == MLPERF:
        classes = [*filter(None, (usual_class(workload),)), *(each for each in choices if each not in catalog.software)]
        raise InputError(_without_entries(workload, (*classes, *frameworks), catalog))
    if not choices:
        known = tr(", ").join(each.key for each in catalog.workloads.values() if software_choices(each, catalog))
        raise InputError(
            tr("--stack: no choice was published for {name}, only for {known}", name=workload.key, known=known)
        )
    usual = usual_class(workload) or (MLPERF if workload.kind == TARGET else "")
    key = _as_known(key, (usual, *choices, *frameworks))
    known_key = known_name(
        key, (*filter(None, (usual,)), *choices, *frameworks), tr("software of {name}", name=workload.key)
    )
    if known_key == usual:
        return ""
    if known_key in frameworks:
        known_key = software_as_of(catalog, known_key, release).key
    date = software_as_of(catalog, known_key, release).date
    if date > release:
        raise InputError(
            tr("{key} is of {date}, later than software as of {release}", key=known_key, date=date, release=release)
        )
    if all(catalog.chip_of(choice).architecture != "gpu" for choice in systems):
        raise InputError(tr("{key} runs on GPUs, and no GPU is asked about: leave --stack out", key=known_key))
    return known_key
