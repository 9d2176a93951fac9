"""How jobs without MLPerf entries are laid out: published configurations, and assumptions that say so.

They stand where entries have none: a job whose amount of work is stated has no convergence curve to choose a batch by.
"""

from collections.abc import Collection
from pathlib import Path

from ipuwhatif.catalog.documents import Node, read_document
from ipuwhatif.catalog.job_layout import PublishedLayout
from ipuwhatif.catalog.origins import read_origin
from ipuwhatif.catalog.reasons import Flaw, Flawed
from ipuwhatif.units import nearest

FILE = "layouts.json"
OPTIMIZERS = ("sgd", "lars", "lamb")


def read_published_layouts(folder: Path, workloads: Collection[str]) -> tuple[PublishedLayout, ...]:
    """Every layout of `folder/layouts.json` in file order; InputError for an unknown workload or optimizer."""
    root = read_document(folder, FILE)
    layouts = tuple(_layout(node, workloads) for node in root.children("layouts"))
    root.close()
    return layouts


def _layout(node: Node, workloads: Collection[str]) -> PublishedLayout:
    workload, optimizer = node.text("workload"), node.text("optimizer")
    for value, known in ((workload, workloads), (optimizer, OPTIMIZERS)):
        if value not in known:
            raise node.refuse(Flawed(Flaw.NAME_UNKNOWN, value, nearest=nearest(value, known)))
    layout = PublishedLayout(
        workload=workload,
        architecture=node.text("architecture"),
        framework=node.text("framework", ""),
        generations=node.texts("generations"),
        micro_batch=node.whole("micro_batch"),
        pipeline_stages=node.whole("pipeline_stages"),
        global_batch=node.whole("global_batch") if node.has("global_batch") else 0,
        optimizer=optimizer,
        origin=read_origin(node.child("origin")),
    )
    node.close()
    return layout
