#!/usr/bin/env bash
# dask 2026.8.0 with pandas 3.1.1 and pyarrow 26.0.1. Small install, no GPU, no cluster.
#
# What it is: dask.dataframe runs the calls of pandas on tables in pieces, "the same API"; a table handed over by
# `from_pandas` or read from Parquet has the columns and the filters of pandas.
#
# One expects: a filter of one column against a word to keep the rows that pandas keeps.
#
# Instead: texts are `str` in pandas 3, whose missing value is NaN, and NaN != "yes" is true; dask turns them, without a
# word, into `string`, whose missing value is <NA>, and <NA> != "yes" is <NA>, which a filter drops. So the rows where
# nothing is stated are kept by pandas and dropped by dask; `==` agrees, its opposite `~(==)` does not.
# `compute()` gives a pandas table whose column is `string` still: the same filter on what came back drops the rows in
# pandas too, while a table that never went through dask keeps them. The option "dataframe.convert-string" does it;
# switched off, the answers are those of pandas.
#
# Seen (rows of four; one official, one not, two where nothing is stated):
#   official != "yes"      pandas 3, dask 1
#   ~(official == "yes")   pandas 3, dask 1
#   official == "yes"      pandas 1, dask 1
#   the same from Parquet  pandas 3, dask 1
#   a table that went through dask, filtered by pandas: 1 (dtype string, was str)
#   without the conversion: dask 3
#
# Why it matters to who compares training systems: tables of results have columns that most rows leave empty (official,
# division, note), and "all but the official ones" is the usual filter. Moved from one machine to a cluster it loses
# every row without a mark, with no error, no warning and the same code.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet 'dask[dataframe]==2026.8.0' pandas==3.1.1 pyarrow==26.0.1
cd "$folder"
"$folder/venv/bin/python" - <<'EOF_PYTHON'
import dask
import dask.dataframe as dd
import pandas as pd

table = pd.DataFrame({"system": ["a", "b", "c", "d"], "official": ["yes", None, "no", None]})
table.to_parquet("results.parquet")


def rows(frame) -> tuple[int, int, int]:
    """How many rows three filters keep: not equal, not (equal), equal."""
    official = frame["official"]
    kept = (frame[official != "yes"], frame[~(official == "yes")], frame[official == "yes"])
    return tuple(len(each) for each in kept)


pieces = dd.from_pandas(table, npartitions=2)
in_pandas, in_dask = rows(table), rows(pieces)
for title, one, other in zip(('official != "yes"', '~(official == "yes")', 'official == "yes"'), in_pandas, in_dask):
    print(f"{title:<22} pandas {one}, dask {other}")
assert in_pandas == (3, 3, 1) and in_dask == (1, 1, 1)

read, read_in_pieces = pd.read_parquet("results.parquet"), dd.read_parquet("results.parquet")
print(f"{'the same from Parquet':<22} pandas {rows(read)[0]}, dask {rows(read_in_pieces)[0]}")
assert rows(read) == (3, 3, 1) and rows(read_in_pieces) == (1, 1, 1)

back = pieces.compute()
print(
    f"a table that went through dask, filtered by pandas: {rows(back)[0]} "
    f"(dtype {back['official'].dtype}, was {table['official'].dtype})"
)
assert rows(back) == (1, 1, 1) and str(table["official"].dtype) == "str" and str(back["official"].dtype) == "string"

with dask.config.set({"dataframe.convert-string": False}):
    kept = rows(dd.from_pandas(table, npartitions=2))
print(f"without the conversion: dask {kept[0]}")
assert kept == (3, 3, 1)
print("as described")
EOF_PYTHON
