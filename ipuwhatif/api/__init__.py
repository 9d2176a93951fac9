"""The same questions from Python and notebooks: `import ipuwhatif as iw`, then `iw.compare(...)`.

Each takes the options of the command line under their names, `_` for `-`, and returns an `Answer`: `.to_frame()`
gives a pandas table, `.figure()` the chart with its words, `.save(path)` a file, and a notebook shows it as a page. A
sweep takes a plan and returns `Plans`, a table or files. What the command line refuses raises InputError (a ValueError)
with the same sentence.
"""

from ipuwhatif.api.answer import Answer
from ipuwhatif.api.questions import Option, compare, evidence, scaling, sweep

__all__ = ["Answer", "Option", "compare", "evidence", "scaling", "sweep"]
