"""A network file on the command line: as the workload of a question, and for what it holds."""

import json
from pathlib import Path

import pytest

from ipuwhatif.analysis.world import renew_world
from ipuwhatif.cli import main
from tests.importers.networks import onnx_models

TABLE = Path(__file__).parents[2] / "data" / "networks" / "configurations.json"
ROWS = {row["name"]: row for row in json.loads(TABLE.read_text("utf-8"))["rows"]}


@pytest.fixture
def config(tmp_path: Path):
    """Writes the configuration of a name, and changes in it, to a file."""

    def write(name: str, **changed: object) -> str:
        path = tmp_path / "config.json"
        path.write_text(json.dumps(ROWS[name]["config"] | changed), encoding="utf-8")
        return str(path)

    return write


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[dict, str]:
    assert main([*words, "--json"]) == 0
    out, err = capsys.readouterr()
    return json.loads(out), err


def test_that_a_configuration_is_a_job_by_its_name_that_takes_as_long_as_the_transformer_of_its_sizes(
    config, capsys
) -> None:
    system = ("-s", "dgx-h100:8", "--tokens", "10 G")
    found, err = answer(capsys, "project", "-w", config("llama3_1_8b"), *system)
    named, _ = answer(capsys, "project", "-w", "transformer", *system)
    assert found["workload"].startswith("own-") and found["time_to_train_s"] == named["time_to_train_s"]
    assert err == ("ipuwhatif: config.json: sequences of 8,192 tokens: an assumption, the file allows up to 131,072\n")


def test_that_a_stated_length_goes_before_the_one_of_the_file(config, capsys) -> None:
    path = config("qwen3_0.6b")
    found, _ = answer(capsys, "project", "-w", path, "-s", "dgx-h100:8", "--sequence", "4096")
    assert found["work"]["layers"] == [28, 1024, 16, 8, 3072, 151936, 4096, 128, 1, 3]


@pytest.mark.parametrize(
    "words",
    [
        ("compare", "-s", "dgx-a100,dgx-h100"),
        ("scaling", "-s", "dgx-h100", "--to", "64"),
        ("breakdown", "-s", "dgx-h100"),
        ("memory", "-s", "dgx-h100"),
        ("cost", "-s", "dgx-h100"),
        ("evidence", "-s", "dgx-h100"),
        ("sensitivity", "-s", "dgx-h100"),
        ("seek", "-s", "dgx-h100", "--target", "1 day"),
    ],
)
def test_that_every_question_takes_a_file(config, capsys, words: tuple[str, ...]) -> None:
    found, _ = answer(capsys, words[0], "-w", config("smollm_135m"), *words[1:])
    assert found


def test_that_a_small_network_of_odd_layers_takes_less_time_than_a_large_one(config, capsys) -> None:
    times = []
    for name in ("qwen3_0.6b", "qwen3_1.7b", "qwen3_14b"):
        found, _ = answer(capsys, "project", "-w", config(name), "-s", "hgx-h100:64", "--tokens", "10 G")
        times.append(found["time_to_train_s"]["median"])
    assert times == sorted(times) and times[2] > 4 * times[1]


def test_that_a_network_tells_its_parameters_flops_and_ops(config, capsys) -> None:
    found, _ = answer(
        capsys, "network", config("vit_b32_384", architectures=["ViTForImageClassification"], num_labels=1000)
    )
    assert found["parameters"] == ROWS["vit_b32_384"]["parameters"] and found["layers"] is None
    assert found["forward_flops"] == pytest.approx(ROWS["vit_b32_384"]["flops"], rel=1e-6)
    assert sum(found["shares_of_flops"].values()) == pytest.approx(1.0)
    assert sum(op["parameters"] * op["count"] for op in found["ops"]) == found["parameters"]


def test_that_a_network_is_told_in_words_with_the_next_command(config, capsys) -> None:
    path = config("qwen3_0.6b")
    assert main(["network", path]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:5] == [
        "config.json: qwen3; a sample is a sequence of 8,192 tokens",
        "596,049,920 parameters",
        "17,461.2 GFLOPs forward a sample: matrix product 55.9 %, attention 44.1 %",
        "attention is counted without the scores behind its mask",
        "sequences of 8,192 tokens: an assumption, the file allows up to 40,960",
    ]
    assert lines[-1] == f'Ask: ipuwhatif compare -w {path} --tokens "10 G"'


@pytest.mark.parametrize(
    ("name", "changed", "words"),
    [
        (
            "llama2_7b",
            {"num_experts": 8},
            "config.json, $: key 'num_experts' makes it a mixture of experts, which is not counted here",
        ),
        (
            "llama2_7b",
            {"num_hidden_layers": 10**9},
            "config.json, $: layers 1,000,000,000 is not from 1 to 1,000; nearest: 1,000",
        ),
    ],
)
def test_that_a_file_that_is_not_read_is_refused_in_a_line(config, capsys, name, changed, words) -> None:
    assert main(["compare", "-w", config(name, **changed)]) == 2
    assert capsys.readouterr().err == f"ipuwhatif: {words}\n"


def test_that_a_file_of_another_kind_or_of_no_size_is_refused_in_a_line(tmp_path, capsys) -> None:
    (tmp_path / "net.txt").write_text("{}", encoding="utf-8")
    assert main(["network", str(tmp_path / "net.txt")]) == 2
    assert capsys.readouterr().err == "ipuwhatif: 'net.txt' is no network; choose one of *.json or *.onnx\n"
    (tmp_path / "big.json").write_bytes(b" " * 4_000_001)
    assert main(["compare", "-w", str(tmp_path / "big.json")]) == 2
    assert capsys.readouterr().err == f"ipuwhatif: {tmp_path / 'big.json'} is larger than 4,000,000 bytes\n"
    missing = tmp_path / "missing.json"
    assert main(["compare", "-w", str(missing)]) == 2
    assert capsys.readouterr().err == (
        f"ipuwhatif: {missing} cannot be read: No such file or directory; was it moved or renamed? Open it from where "
        "it is now\n"
    )


def test_that_an_onnx_file_is_counted_with_the_sizes_that_are_stated_and_timed(tmp_path, capsys) -> None:
    net = onnx_models.Model(x=("batch", "sequence", 8))
    net.add("MatMul", "x", net.weight(8, 5))
    path = str(onnx_models.saved(net.model(), tmp_path))
    found, err = answer(capsys, "network", path, "--size", "sequence=10")
    assert (found["forward_flops"], found["parameters"], found["sample"], err) == (800, 40, "x 1 × 10 × 8", "")
    lenet = str(onnx_models.saved(onnx_models.lenet5(), tmp_path))
    timed, _ = answer(capsys, "project", "-w", lenet, "-s", "dgx-a100", "--samples", "1 M")
    assert (timed["basis"], timed["beyond"]) == ("extrapolated", ["workload"])
    assert 0.0 < timed["time_to_train_s"]["low"] < timed["time_to_train_s"]["high"]
    assert "own-net-" in timed["workload"]


def test_that_encoders_are_jobs_by_their_names_and_a_sequence_may_be_shorter(config, capsys, tmp_path) -> None:
    bert = config("bert_large", _name_or_path="hub/bert-large-cased", architectures=["BertForPreTraining"])
    system = ("-s", "dgx-a100", "--stack", "pytorch-21.03", "--tokens", "1 G")
    whole, err = answer(capsys, "project", "-w", bert, *system)
    assert whole["workload"].startswith("own-bert-large-cased-") and "15 % of the tokens predicted" in err
    shorter, _ = answer(capsys, "project", "-w", bert, *system, "--sequence", "128")
    assert shorter["time_to_train_s"]["median"] < whole["time_to_train_s"]["median"]
    assert main(["project", "-w", bert, *system, "--sequence", "1024"]) == 2
    assert capsys.readouterr().err.endswith("ipuwhatif: 1,024 tokens are more than its 512 positions\n")
    vit = config("vit_b16", architectures=["ViTForImageClassification"], num_labels=1000)
    found, _ = answer(capsys, "compare", "-w", vit, "-s", "dgx-a100,ipu-pod16", "--samples", "10 M")
    assert [each["basis"] for each in found["projections"]] == ["extrapolated", "extrapolated"]


def test_that_two_files_of_one_name_are_two_jobs_whose_names_differ(config, capsys) -> None:
    names = []
    for name in ("qwen3_0.6b", "qwen3_1.7b"):
        found, _ = answer(capsys, "compare", "-w", config(name, _name_or_path="mine"), "-s", "dgx-h100")
        names.append(found["headline"].partition(":")[0])
    assert names[0] != names[1] and all(name.startswith("mine [own]") for name in names)


def test_that_a_kept_network_is_asked_about_by_its_key(config, capsys, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("IPUWHATIF_MINE", str(tmp_path / "mine"))
    path = config("smollm_135m", _name_or_path="HuggingFaceTB/SmolLM-135M")
    (kept,), _ = answer(capsys, "network", path, "--keep")
    assert kept["kind"] == "network" and kept["name"].startswith("own-smollm-135m-")
    renew_world()
    found, _ = answer(capsys, "project", "-w", kept["name"], "-s", "dgx-h100")
    asked, _ = answer(capsys, "project", "-w", path, "-s", "dgx-h100")
    assert found["time_to_train_s"] == asked["time_to_train_s"]
    listed, _ = answer(capsys, "mine", "list")
    assert [each["name"] for each in listed["mine"]] == [kept["name"]]
    monkeypatch.undo()
    renew_world()


@pytest.mark.parametrize(
    ("sizes", "words"),
    [
        (("sequence",), "'sequence' is no size of a dimension; write for example sequence=128"),
        (("=5",), "'=5' is no size of a dimension; write for example sequence=128"),
        (("a=0",), "'0' is not a whole number from 1 on; the nearest is 1"),
        (("a=10000000000",), "'10000000000' is too large"),
        (("a=5", "a=6"), "the size of 'a' is stated twice; state it once"),
    ],
)
def test_that_a_size_of_no_dimension_is_refused_in_a_line(tmp_path, capsys, sizes, words) -> None:
    path = str(onnx_models.saved(onnx_models.lenet5(), tmp_path))
    assert main(["network", path, *(word for size in sizes for word in ("--size", size))]) == 2
    assert capsys.readouterr().err == f"ipuwhatif: {words}\n"


def test_that_a_size_says_nothing_about_a_configuration(config, capsys) -> None:
    assert main(["network", config("gpt2"), "--size", "sequence=128"]) == 2
    assert capsys.readouterr().err == ("ipuwhatif: 'config.json' names no dimension of an input: leave sequence out\n")
