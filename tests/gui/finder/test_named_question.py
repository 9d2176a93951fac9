"""A sentence that names a job and systems is asked in one step."""

import pytest
from pytestqt.qtbot import QtBot

from ipuwhatif.gui.finder.command_palette import CommandPalette
from ipuwhatif.gui.finder.named_question import named_question
from ipuwhatif.scenario.files.document import FIRST_DOCUMENT
from tests.gui.hosts import Host
from tests.gui.scripted import CATALOG


@pytest.fixture
def host(qtbot: QtBot) -> Host:
    host = Host(FIRST_DOCUMENT)
    qtbot.addWidget(host)
    return host


@pytest.mark.parametrize(
    ("text", "told", "workload", "subject", "reference"),
    [
        (
            "Llama 3.1 405B on GB200 NVL72",
            "Llama 3.1 405B, GB200 NVL72 (72 GPUs)",
            "llama31-405b",
            "gb200-nvl72:72",
            "dgx-a100:8",
        ),
        (
            "Bow-Pod16 against DGX A100 on ResNet-50",
            "ResNet-50, Bow Pod16 (16 IPUs), DGX A100 (8 GPUs)",
            "resnet50",
            "bow-pod:16",
            "dgx-a100:8",
        ),
        (
            "ipu-pod256 vs 8 × DGX A100",
            "IPU-POD256 (256 IPUs), 8 × DGX A100 (64 GPUs)",
            "resnet50",
            "ipu-pod:256",
            "dgx-a100:64",
        ),
        ("在DGX H100上训练BERT-Large", "BERT-Large, DGX H100 (8 GPUs)", "bert-large", "dgx-h100:8", "dgx-a100:8"),
    ],
)
def test_that_a_sentence_asks_what_it_names_in_one_step(
    host: Host, text: str, told: str, workload: str, subject: str, reference: str
) -> None:
    (entry,) = named_question(text, host.question, CATALOG)
    assert entry.text == told
    entry.act()
    scenario = host.question.scenario
    assert (scenario.workload, scenario.spoken_of, scenario.reference) == (workload, subject, reference)
    assert subject in [choice.key for choice in scenario.systems]
    assert host.question.undo_stack.count() == 1 and host.question.undo_stack.undoText() == told


@pytest.mark.parametrize(
    "text", ["", "ResNet-50", "DGX A100", "ResNet-50 BERT-Large on DGX A100", "ResNet-50 on bananas and DGX A100", "on"]
)
def test_that_one_name_or_anything_else_is_no_question(host: Host, text: str) -> None:
    assert named_question(text, host.question, CATALOG) == ()


def test_that_return_asks_it(host: Host) -> None:
    palette = CommandPalette(host)
    palette.open("BERT-Large on IPU-POD64")
    assert [entry.text for entry in palette.shown] == ["BERT-Large, IPU-POD64 (64 IPUs)"]
    palette.line.returnPressed.emit()
    assert host.question.scenario.workload == "bert-large"
