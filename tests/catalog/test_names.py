"""Systems by name: what is typed is read, or refused with the nearest valid name or the range."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.catalog.names import parse_system, system_name
from ipuwhatif.catalog.types import Catalog, SystemChoice
from ipuwhatif.units import InputError

CATALOG = load_catalog()


@pytest.mark.parametrize(
    ("text", "system", "chips"),
    [
        ("ipu-pod:64", "ipu-pod", 64),
        ("ipu-pod64", "ipu-pod", 64),
        ("IPU-POD16", "ipu-pod", 16),
        (" ipu-pod: 48 ", "ipu-pod", 48),
        ("ipu-pod:1,024", "ipu-pod", 1024),
        ("ipu-pod:1 024", "ipu-pod", 1024),
        ("ipu-m2000", "ipu-pod", 4),
        ("bow-2000", "bow-pod", 4),
        ("bow-pod1024", "bow-pod", 1024),
        ("dgx-a100", "dgx-a100", 8),
        ("dgx-a100:4320", "dgx-a100", 4320),
        ("dgx-a100-x8", "dgx-a100", 64),
        ("dgx-2h:16", "dgx-2h", 16),
    ],
)
def test_that_a_system_is_read(catalog: Catalog, text: str, system: str, chips: int) -> None:
    assert parse_system(text, catalog) == SystemChoice(system, chips)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ipu-pod:0", "whole number from 1 to 1,024; the nearest is ipu-pod:1"),
        ("ipu-pod:-4", "the nearest is ipu-pod:1"),
        ("ipu-pod:16.5", "the nearest is ipu-pod:16"),
        ("ipu-pod:2,5", "the nearest is ipu-pod:2"),
        ("ipu-pod:nan", "whole number from 1 to 1,024, such as ipu-pod:4"),
        ("ipu-pod:", "such as ipu-pod:4"),
        ("ipu-pod:many", "such as ipu-pod:4"),
        ("ipu-pod:1025", "the nearest is ipu-pod:1024"),
        ("ipu-pod:1,025", "the nearest is ipu-pod:1024"),
        ("ipu-pod:7000000", "the nearest is ipu-pod:1024"),
        ("ipu-pod:" + "9" * 150, "the nearest is ipu-pod:1024"),
        ("ipu-pod:" + "9" * 5000, "is too long; write at most 200 letters"),
        ("dgx-a100:4321", "whole number from 1 to 4,320; the nearest is dgx-a100:4320"),
        ("ipu-pod", "needs a chip count, such as ipu-pod:4"),
        ("ipu-pod63", "nearest: ipu-pod6"),
        ("ipu-pid:64", "nearest: ipu-pod:64"),
        ("ipu-pid:0", "nearest: ipu-pod:4"),
        ("dgx-h200", "nearest: hgx-h200"),
        ("h100", "nearest: dgx-h100"),
        ("H100:16", "nearest: dgx-h100:16"),
        ("hgx-a100:8", "nearest: hgx-a100-80gb:8"),
        ("pod64", "nearest: ipu-pod64"),
        ("ipu-pod64:64", "'ipu-pod64' already is ipu-pod:64"),
        ("", "unknown system ''"),
        ("ipu-pod:٦٤", "the nearest is ipu-pod:64"),
    ],
)
def test_that_a_wrong_system_is_refused_with_a_valid_choice(catalog: Catalog, text: str, words: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_system(text, catalog)
    assert words in str(caught.value)
    assert str(caught.value).isprintable()


@given(st.text(max_size=30) | st.from_regex(r"[a-z0-9-]{1,12}:[0-9.-]{0,9}", fullmatch=True))
def test_that_any_text_is_read_or_refused(text: str) -> None:
    try:
        choice = parse_system(text, CATALOG)
    except InputError as error:
        assert str(error).isprintable()
    else:
        assert choice.system in CATALOG.systems


def test_that_the_nearest_choice_is_itself_read(catalog: Catalog) -> None:
    for text in ("ipu-pid:64", "ipu-pid:0", "ipu-pid:1,000", "dgx-h200", "x", "bow", "dgx-3", "dgx-1x:9999"):
        with pytest.raises(InputError) as caught:
            parse_system(text, catalog)
        parse_system(str(caught.value).rpartition("nearest: ")[2], catalog)
    for text in ("ipu-pod:0", "bow-pod:9999999", "dgx-a100:7.4", "dgx-2h:-3", "dgx-a100:1e99"):
        with pytest.raises(InputError) as caught:
            parse_system(text, catalog)
        parse_system(str(caught.value).rpartition("the nearest is ")[2], catalog)


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("ipu-pod:16", "IPU-POD16 (16 IPUs)"),
        ("ipu-pod:4", "IPU-M2000 (4 IPUs)"),
        ("ipu-pod:1", "IPU-POD (1 IPU)"),
        ("ipu-pod:48", "IPU-POD (48 IPUs)"),
        ("bow-pod:64", "Bow Pod64 (64 IPUs)"),
        ("bow-pod:1024", "Bow Pod1024 (1,024 IPUs)"),
        ("dgx-a100:8", "DGX A100 (8 GPUs)"),
        ("dgx-a100:64", "8 × DGX A100 (64 GPUs)"),
        ("dgx-a100:16", "2 × DGX A100 (16 GPUs)"),
        ("dgx-a100:12", "DGX A100 (12 GPUs)"),
        ("dgx-a100:4320", "540 × DGX A100 (4,320 GPUs)"),
        ("dgx-2:32", "2 × DGX-2 (32 GPUs)"),
        ("a100", "A100 (1 GPU)"),
        ("v100", "V100 (1 GPU)"),
        ("rtx-2080", "RTX 2080 (1 GPU)"),
        ("dgx-h100:32", "4 × DGX H100 (32 GPUs)"),
        ("epyc-7742", "2 × EPYC 7742 (2 sockets)"),
        ("xeon-8380h", "8 × Xeon 8380H (8 sockets)"),
        ("tpu-v4:256", "TPU v4 (256 TPUs)"),
    ],
)
def test_that_a_system_prints_with_its_chips(catalog: Catalog, key: str, name: str) -> None:
    assert system_name(parse_system(key, catalog), catalog) == name


def test_that_presets_read_back_and_have_a_name(catalog: Catalog) -> None:
    for preset, choice in catalog.presets.items():
        assert parse_system(preset, catalog) == parse_system(choice.key, catalog) == choice
        assert system_name(choice, catalog).startswith(catalog.preset_names[choice.key])
    wanted = {"ipu-m2000", "bow-2000", "dgx-a100", *(f"ipu-pod{n}" for n in (16, 32, 64, 128, 256))}
    wanted |= {"dgx-1", "dgx-2", "dgx-2h", "dgx-a100-40gb", "dgx-h100", "v100", "a100", "rtx-2080"}
    wanted |= {"epyc-7742", "xeon-8380h", "tpu-v3", "tpu-v4", "gaudi"}
    assert wanted | {f"bow-pod{n}" for n in (16, 64, 128, 256, 1024)} <= set(catalog.presets)
