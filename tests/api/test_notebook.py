"""The example notebook does what it says, cell by cell."""

import json
import re
from typing import Any

from ipuwhatif.files import resource


def cells() -> list[str]:
    notebook = json.loads(resource("notebooks", "what-if.ipynb").read_text(encoding="utf-8"))
    assert notebook["nbformat"] == 4
    assert not any(cell.get("outputs") for cell in notebook["cells"]), "shipped without outputs"
    return ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]


def run(source: str, names: dict[str, Any]) -> Any:
    """A cell as a notebook runs it: statements, then the value of its last line where that is an expression."""
    *before, last = source.splitlines()
    try:
        shown = compile(last, "cell", "eval")
    except SyntaxError:
        exec(compile(source, "cell", "exec"), names)
        return None
    exec(compile("\n".join(before), "cell", "exec"), names)
    return eval(shown, names)


def test_that_every_cell_runs_and_shows_what_the_words_beside_it_promise(capsys) -> None:
    names: dict[str, Any] = {}
    shown = [run(source, names) for source in cells()]
    assert shown[1]._repr_html_().startswith("<iframe")
    assert list(shown[2].columns)[:2] == ["system", "chips"] and len(shown[2]) == 3
    printed = capsys.readouterr().out
    assert re.search(r"^ipu-pod:16 +-1\d\.\d%$", printed, re.MULTILINE)
    assert re.search(r"^dgx-a100:8 +\+0\.0%$", printed, re.MULTILINE)
    assert set(shown[4].columns) == {"ipu-pod", "dgx-a100"} and shown[4].index.is_monotonic_increasing
    assert shown[-1][0].is_file()
