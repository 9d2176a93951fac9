"""A damaged resource is refused with its file, line or key, and the reason; no damage raises anything else."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.files import resource
from ipuwhatif.units import InputError


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old} is not in {path.name}: the test damages nothing"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


TRAINING, HARDWARE = "evidence/mlperf_training_to_v1.1.csv", "evidence/hardware.csv"
DAMAGES = [
    # file, text, what it becomes, and the whole refusal
    (
        HARDWARE,
        '"1,472 IPU-Cores",https',
        '"1,472 IPU-Cores",',
        (
            "evidence/hardware.csv, line 5: origin is missing: origins.json names no producer for "
            "'://m.hexus.net/tech/news/cpu/144154-graphcore-ipu-machine-m2…'"
        ),
    ),
    (
        HARDWARE,
        ",high,,read,823.0",
        ",high,,guessed,823.0",
        "evidence/hardware.csv, line 3: origin kind 'guessed' is unknown; nearest: derived",
    ),
    (
        HARDWARE,
        "exchange_bw,8,TB/s",
        "exchange_bw,8,TBps",
        "evidence/hardware.csv, line 10: wrong unit: 'TBps' is unknown; nearest: TB/s",
    ),
    (
        HARDWARE,
        "exchange_bw,8,TB/s",
        "exchange_bw,8,TB",
        (
            "catalog/chips.json, $.chips[gc200].data.exchange_bandwidth: wrong unit: 'GC200 (Mk2 "
            "IPU).exchange_bw' is in B, not in B/s"
        ),
    ),
    (
        HARDWARE,
        ",read,823.0",
        ",read,nan",
        "evidence/hardware.csv, line 3: column 'value_number': 'nan' is not a finite number",
    ),
    (
        HARDWARE,
        ",read,823.0",
        ",read,1e999",
        "evidence/hardware.csv, line 3: column 'value_number': '1e999' is not a finite number",
    ),
    (HARDWARE, ",read,823.0", "", "evidence/hardware.csv, line 3: 9 cells where the header has 11"),
    (HARDWARE, "source_title", "sourcetitle", "evidence/hardware.csv, line 1: column 'source_title' is missing"),
    (
        HARDWARE,
        "IPU-M2000,peak_fp16_16",
        "IPU-M2000,peak_fp16",
        (
            "catalog/chips.json, $.chips[gc200].data.peak_flops: 'IPU-M2000.peak_fp16_16' is in no row of "
            "hardware.csv or hardware_2022_on.csv; nearest: peak_fp16"
        ),
    ),
    (
        TRAINING,
        "minutes_score,",
        "minutes_scores,",
        "evidence/mlperf_training_to_v1.1.csv, line 1: column 'minutes_score' is missing",
    ),
    (
        TRAINING,
        "round,division",
        "round,round",
        "evidence/mlperf_training_to_v1.1.csv, line 1: column 'division' is missing",
    ),
    (
        TRAINING,
        "v0.6,open,Fujitsu",
        "v9.9,open,Fujitsu",
        "evidence/mlperf_training_to_v1.1.csv, line 2: column 'round': 'v9.9' is unknown; nearest: v5.0",
    ),
    (
        TRAINING,
        "yes,1.1736,",
        "yes,nan,",
        "evidence/mlperf_training_to_v1.1.csv, line 2: column 'minutes_score': 'nan' is not a finite number",
    ),
    (
        TRAINING,
        "yes,1.1736,",
        "yes,0,",
        "evidence/mlperf_training_to_v1.1.csv, line 2: column 'minutes_score': 0 is not above 0",
    ),
    (
        TRAINING,
        ",Fujitsu/results/abci_2048xV100_mxnet/resnet,",
        ",,",
        "evidence/mlperf_training_to_v1.1.csv, line 2: origin is missing: column 'source_folder' is empty",
    ),
    (
        "evidence/ipu_layouts_to_v1.1.csv",
        ",20,1,6,1920,",
        ",20,1,7,1920,",
        ("evidence/ipu_layouts_to_v1.1.csv, line 2: the layout does not multiply out to the global batch of its entry"),
    ),
    (
        "evidence/ipu_layouts_to_v1.1.csv",
        "closed,ipu-pod16-TF1,resnet",
        "closed,ipu-pod17-TF1,resnet",
        (
            "evidence/ipu_layouts_to_v1.1.csv, line 2: no entry 'v1.0/Graphcore/ipu-pod17-TF1/resnet/closed' "
            "has this layout"
        ),
    ),
    (
        "evidence/mlperf_rcps_to_v1.1.csv",
        "bert_ref_256,256",
        "bert_ref_256,257",
        "evidence/mlperf_rcps_to_v1.1.csv, line 2: batch 257 is in no recipe family of workloads.json",
    ),
    (
        "evidence/mlperf_rcps_to_v1.1.csv",
        "bert_ref_448,448",
        "bert_ref_256,448",
        "evidence/mlperf_rcps_to_v1.1.csv, line 3: duplicate key 'v1.0/bert_ref_256'",
    ),
    (
        "evidence/published_results_to_2021.csv",
        "28.33,min,",
        "28.33,parsec,",
        "evidence/published_results_to_2021.csv, line 2: wrong unit: 'parsec' is neither a rate nor a time",
    ),
    (
        "evidence/published_results_to_2021.csv",
        "28.33,min,",
        "nan,min,",
        "evidence/published_results_to_2021.csv, line 2: 'nan' is not a finite number",
    ),
    (
        "evidence/origins.json",
        '"starts": "https://m.hexus.net/"',
        '"starts": "https://n.hexus.net/"',
        (
            "evidence/hardware.csv, line 2: origin is missing: origins.json names no producer for "
            "'https://m.hexus.net/tech/news/cpu/144154-graphcore-ipu-machi…'"
        ),
    ),
    (
        "evidence/origins.json",
        '"kind": "read"',
        '"kind": "said"',
        "evidence/origins.json, $.files.mlperf_llm_v3.0_to_v5.0.csv: origin kind 'said' is unknown; nearest: read",
    ),
    (
        "evidence/origins.json",
        "{source_folder}",
        "{sourcefolder}",
        "evidence/mlperf_llm_v3.0_to_v5.0.csv, line 2: origin is missing: column 'sourcefolder' is empty",
    ),
    (
        "catalog/chips.json",
        '"key": "bow"',
        '"key": "gc200"',
        "catalog/chips.json, $.chips[gc200]: duplicate key 'gc200'",
    ),
    (
        "catalog/chips.json",
        '"architecture": "ipu"',
        '"architecture": "npu"',
        "catalog/chips.json, $.chips[gc200]: architecture 'npu' is unknown; nearest: tpu",
    ),
    (
        "catalog/chips.json",
        '"clock": {',
        '"clok": {',
        "catalog/chips.json, $.chips[gc200].data: attribute 'clok' is unknown; nearest: clock",
    ),
    (
        "catalog/chips.json",
        '"memory_size": {',
        '"power": {',
        "catalog/chips.json, $.chips[gc200].data: key 'memory_size' is missing",
    ),
    (
        "catalog/chips.json",
        '"note": "a quarter of an IPU-M2000, which holds four chips"',
        '"note": ""',
        (
            "catalog/chips.json, $.chips[gc200].data.peak_flops: origin is missing: a derived figure needs a "
            "note that says how"
        ),
    ),
    ("catalog/chips.json", '"divide_by": 4', '"divide_by": NaN', "catalog/chips.json, $: NaN is not a finite number"),
    (
        "catalog/chips.json",
        '"divide_by": 4',
        '"divide_by": 1e999',
        "catalog/chips.json, $.chips[gc200].data.peak_flops: key 'divide_by' is not a finite number",
    ),
    (
        "catalog/chips.json",
        '"divide_by": 4',
        '"divide_by": 0',
        "catalog/chips.json, $.chips[gc200].data.peak_flops: key 'divide_by' is not above 0",
    ),
    (
        "catalog/chips.json",
        '"kind": "derived"',
        '"kind": "read"',
        "catalog/chips.json, $.chips[a100-40gb].data.peak_flops: origin kind 'read' is unknown; nearest: derived",
    ),
    (
        "catalog/systems.json",
        '"chip": "gc200"',
        '"chip": "gc20"',
        "catalog/systems.json, $.systems[ipu-pod]: unknown chip 'gc20'; nearest: gc200",
    ),
    (
        "catalog/systems.json",
        '"maximum_chips": 1024',
        '"maximum_chips": 0',
        "catalog/systems.json, $.systems[ipu-pod]: key 'maximum_chips' is not a whole number from 1 to 1000000000",
    ),
    (
        "catalog/systems.json",
        '"family": "ipu"',
        '"family": "ipu", "family": "gpu"',
        "catalog/systems.json, $: duplicate key 'family'",
    ),
    (
        "catalog/systems.json",
        '"family": "ipu"',
        '"family": "ipu", "colour": "red"',
        "catalog/systems.json, $.systems[ipu-pod]: key 'colour' is unknown; nearest: chip_word",
    ),
    (
        "catalog/systems.json",
        '"unit": "Gb/s"',
        '"unit": "GHz"',
        (
            "catalog/systems.json, $.systems[ipu-pod].data.network_bandwidth: unit 'GHz' does not measure B/s; "
            "write GB/s, TB/s or Gb/s"
        ),
    ),
    (
        "catalog/systems.json",
        '"stated": 6.25',
        '"stated": -6.25',
        (
            "catalog/systems.json, $.systems[dgx-1].data.network_bandwidth: the figure is negative or not a "
            "finite number"
        ),
    ),
    (
        "catalog/systems.json",
        '"producer": "not sourced", ',
        "",
        "catalog/systems.json, $.systems[rtx-2080].data.network_bandwidth.origin: key 'producer' is missing",
    ),
    (
        "catalog/systems.json",
        '"system": "^dgx2h_"',
        '"system": "^dgx2"',
        "evidence/mlperf_training_to_v1.1.csv, line 11: the entry fits two systems: dgx-2, dgx-2h",
    ),
    (
        "catalog/systems.json",
        '"system": "^dgx2h_"',
        '"system": "dgx2h_("',
        (
            "catalog/systems.json, $.systems[dgx-2h].entries[0].patterns: pattern 'dgx2h_(' is broken: missing "
            "), unterminated subpattern at position 6"
        ),
    ),
    (
        "catalog/systems.json",
        '"patterns": {"system": "^dgx2h_"}',
        '"patterns": {}',
        "catalog/systems.json, $.systems[dgx-2h].entries[0]: a rule needs a pattern",
    ),
    (
        "catalog/systems.json",
        '"patterns": {"system": "^dgx2h_"}',
        '"patterns": {"sytem": "^dgx2h_"}',
        "catalog/systems.json, $.systems[dgx-2h].entries[0].patterns: column 'sytem' is unknown; nearest: system",
    ),
    (
        "catalog/systems.json",
        '"link_class": "nvlink"',
        '"link_class": "nvlinks"',
        "catalog/systems.json, $.systems[dgx-a100]: link_class 'nvlinks' is unknown; nearest: nvlink",
    ),
    (
        "catalog/systems.json",
        '"listed": false',
        '"listed": 0',
        "catalog/systems.json, $.systems[hgx-a100-80gb]: key 'listed' is not true or false",
    ),
    (
        "catalog/systems.json",
        '"maximum_chips": 32, "chips_per_machine": 4',
        '"maximum_chips": 7, "chips_per_machine": 4',
        "evidence/mlperf_training_to_v1.1.csv, line 58: 8 chips are out of range for a100-80gb-500w-x4",
    ),
    (
        "catalog/presets.json",
        '"system": "bow-pod"',
        '"system": "bow"',
        "catalog/presets.json, $.presets[bow-2000]: unknown system 'bow'; nearest: bow-pod",
    ),
    (
        "catalog/presets.json",
        '"chips": 4320',
        '"chips": 5000',
        "catalog/presets.json, $.presets[dgx-a100-x540]: 5000 chips are out of range for dgx-a100",
    ),
    (
        "catalog/releases.json",
        '"key": "2021-06"',
        '"key": "2020-07"',
        "catalog/releases.json, $.releases[2020-07]: duplicate key '2020-07'",
    ),
    (
        "catalog/workloads.json",
        "dgxa100_ngc21.09_mxnet/resnet",
        "dgxa100_ngc21.9_mxnet/resnet",
        (
            "catalog/workloads.json, $.workloads[resnet50].data.dataset_samples: entry "
            "'v1.1/NVIDIA/dgxa100_ngc21.9_mxnet/resnet/closed' is unknown; nearest: "
            "v1.1/NVIDIA/dgxa100_ngc21.09_mxnet/resnet/closed"
        ),
    ),
    (
        "catalog/workloads.json",
        '"pattern": "top1>=([0-9.]+)"',
        '"pattern": "top5>=([0-9.]+)"',
        (
            "catalog/workloads.json, $.workloads[resnet50].data.target_quality: pattern 'top5>=([0-9.]+)' does "
            "not fit 'top1>=0.759'"
        ),
    ),
    (
        "catalog/workloads.json",
        '"pattern": "top1>=([0-9.]+)"',
        '"pattern": "top1>=("',
        (
            "catalog/workloads.json, $.workloads[resnet50].data.target_quality: pattern 'top1>=(' is broken: "
            "missing ), unterminated subpattern at position 6"
        ),
    ),
    (
        "catalog/workloads.json",
        "[2048,",
        "[1632, 2048,",
        (
            "catalog/workloads.json, $.workloads[resnet50].recipe_families: duplicate key: batch 1632 stands in"
            " two families"
        ),
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "line"), DAMAGES)
def test_that_a_damaged_resource_is_refused_with_place_and_reason(
    copied: Path, file: str, old: str, new: str, line: str
) -> None:
    _replace(copied / file, old, new)
    with pytest.raises(InputError) as caught:
        load_catalog(copied)
    assert str(caught.value) == line
    assert line.isprintable()


def test_that_an_unchanged_copy_loads_as_the_shipped_one(copied: Path, catalog: Catalog) -> None:
    assert load_catalog(copied) == catalog


def test_that_the_same_entry_twice_is_a_duplicate_key(copied: Path) -> None:
    path = copied / TRAINING
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([*lines, lines[1]]), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_catalog(copied)
    assert str(caught.value) == f"{TRAINING}, line 188: duplicate key 'v0.6/Fujitsu/abci_2048xV100_mxnet/resnet/open'"


def test_that_the_same_figure_of_the_same_source_twice_is_a_duplicate_key(copied: Path) -> None:
    path = copied / HARDWARE
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([*lines, lines[2]]), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_catalog(copied)
    told = "duplicate key 'GC200 (Mk2 IPU).die_area': the same value from the same source"
    assert str(caught.value) == f"{HARDWARE}, line 217: {told}"


@pytest.mark.parametrize("file", ["catalog/chips.json", "evidence/origins.json"])
def test_that_truncated_json_is_refused_with_its_line(copied: Path, file: str) -> None:
    data = (copied / file).read_bytes()
    (copied / file).write_bytes(data[: len(data) // 2])
    with pytest.raises(InputError, match=rf"{file}, line \d+: broken JSON"):
        load_catalog(copied)


@pytest.mark.parametrize("data", [b"[]", b"\xff", b"[" * 100_000, b'{"chips": 1' + b"0" * 5000 + b"}", b"", b"{}"])
def test_that_json_of_another_shape_is_refused(copied: Path, data: bytes) -> None:
    (copied / "catalog" / "chips.json").write_bytes(data)
    with pytest.raises(InputError, match=r"catalog/chips\.json"):
        load_catalog(copied)


@pytest.mark.parametrize("file", ["catalog/systems.json", HARDWARE])
def test_that_a_missing_file_is_refused_by_name(copied: Path, file: str) -> None:
    (copied / file).unlink()
    with pytest.raises(InputError) as caught:
        load_catalog(copied)
    assert str(caught.value) == f"{copied / file} cannot be read: No such file or directory"


FILES = sorted(
    path.relative_to(resource()).as_posix() for name in ("catalog", "evidence") for path in resource(name).iterdir()
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(file=st.sampled_from(FILES), cut=st.floats(0, 1), junk=st.binary(max_size=12), kept=st.booleans())
def test_that_random_damage_raises_nothing_but_the_own_error(
    copied: Path, file: str, cut: float, junk: bytes, kept: bool
) -> None:
    path = copied / file
    whole = resource(*file.split("/")).read_bytes()
    middle = int(len(whole) * cut)
    path.write_bytes(whole[:middle] + junk + (whole[middle + len(junk) :] if kept else b""))
    try:
        load_catalog(copied)
    except InputError as error:
        assert str(error).isprintable()
    finally:
        path.write_bytes(whole)


WORDS = st.sampled_from(
    ["-1", "0", "1e999", "NaN", "null", "[]", "{}", '""', "1e300", "true", '"\\u0000"', "99999999999"]
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(file=st.sampled_from([name for name in FILES if name.endswith(".json")]), place=st.floats(0, 1), word=WORDS)
def test_that_a_wrong_value_in_json_raises_nothing_but_the_own_error(
    copied: Path, file: str, place: float, word: str
) -> None:
    path = copied / file
    whole = path.read_text(encoding="utf-8")
    values = list(re.finditer(r'(?<=: )("(?:[^"\\]|\\.)*"|[0-9.]+|null)', whole))
    match = values[int(place * (len(values) - 1))]
    path.write_text(whole[: match.start()] + word + whole[match.end() :], encoding="utf-8")
    try:
        load_catalog(copied)
    except InputError as error:
        assert str(error).isprintable()
    finally:
        path.write_text(whole, encoding="utf-8")
