"""What a file holds whose document is a single scenario."""

from ipuwhatif.scenario.files.document import Document
from ipuwhatif.scenario.files.file_format import document_bytes
from ipuwhatif.scenario.scenario import Scenario


def alone(scenario: Scenario) -> Document:
    return Document((scenario,))


def scenario_bytes(scenario: Scenario) -> bytes:
    return document_bytes(alone(scenario))
