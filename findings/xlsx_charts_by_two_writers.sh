#!/usr/bin/env bash
# XlsxWriter 3.3.1 and openpyxl 3.1.5, the two writers behind pandas. Small install, no GPU, no Office program.
#
# What it is: XlsxWriter makes a workbook with a chart; openpyxl opens it to change one cell, as scripts do that add a
# column to somebody's spreadsheet, and saves it. openpyxl keeps charts of the kinds it knows.
#
# One expects: the chart comes back as it was, or as far as openpyxl reads charts, without it, or with a warning.
#
# Instead: it comes back, without a warning, and says something else:
#   - a point with a colour of its own (a filled marker without a symbol named) gets the symbol "none": the very point
#     that was to stand out is no longer drawn
#   - own texts of labels are gone, so that each shows its number again, and the mark that takes a label away is gone
#     too
#   - axes without a word on tick marks get "none" for both kinds: a logarithmic axis loses its marks
#   - of error bars with own lengths, <minus> now stands before <plus>. The schema of charts (CT_ErrBars of ECMA-376)
#     has them in a sequence, plus before minus, so that the part is no longer valid.
# And before openpyxl sees it: XlsxWriter puts the numbers of a series into the chart beside the reference to their
# cells, but none for the lengths of error bars, unless they are handed over a second time as `plus_data` and
# `minus_data`: what draws a chart from these copies has no bars to draw.
#
# Seen (by XlsxWriter -> after openpyxl):
#   error bars         plus minus -> minus plus
#   copied numbers     series 3, plus 0, minus 0 -> series 3, plus 0, minus 0
#   point of its own   - -> none
#   texts of labels    ['fastest'] -> []
#   labels taken away  1 -> 0
#   tick marks         [] -> ['none', 'none', 'none', 'none']
#
# Why it matters to who compares training systems: the usual chart of them is time to train along the chip count, on two
# logarithmic axes, with intervals as error bars, one system in a colour of its own and a label on the point that
# counts. Passed once through a script, it still opens as a chart, without just these. Add cells before the chart is
# made, or by the writer that made it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet XlsxWriter==3.3.1 openpyxl==3.1.5
cd "$folder"
"$folder/venv/bin/python" -W error - <<'EOF_PYTHON'
import zipfile
from xml.etree import ElementTree

import openpyxl
import xlsxwriter

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def write(path: str) -> None:
    """Minutes to train on 16, 32 and 64 chips, with how far they may be shorter and longer."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("times")
    for line, row in enumerate([(16, 100.0, 8.0, 12.0), (32, 55.0, 5.0, 6.0), (64, 31.0, 3.0, 4.0)]):
        sheet.write_row(line, 0, row)
    chart = book.add_chart({"type": "scatter", "subtype": "straight_with_markers"})
    lengths = {"plus_values": "=times!$D$1:$D$3", "minus_values": "=times!$C$1:$C$3"}
    chart.add_series(
        {
            "categories": "=times!$A$1:$A$3",
            "values": "=times!$B$1:$B$3",
            "marker": {"type": "diamond", "size": 8},
            "points": [None, None, {"fill": {"color": "#C00000"}}],
            "y_error_bars": {"type": "custom", **lengths},
            "data_labels": {"value": True, "custom": [{"delete": True}, None, {"value": "fastest"}]},
        }
    )
    chart.set_x_axis({"log_base": 2})
    chart.set_y_axis({"log_base": 10})
    sheet.insert_chart("F2", chart)
    book.close()


def told(path: str) -> dict[str, object]:
    """What the only chart of a workbook says of all that this is about."""
    with zipfile.ZipFile(path) as parts:
        (name,) = [name for name in parts.namelist() if name.startswith("xl/charts/chart")]
        chart = ElementTree.fromstring(parts.read(name))
    (bars,) = chart.iter(f"{CHART}errBars")
    order = [part.tag.removeprefix(CHART) for part in bars if part.tag in (f"{CHART}plus", f"{CHART}minus")]
    copies = [len(list(chart.find(f".//{CHART}{part}").iter(f"{CHART}pt"))) for part in ("yVal", "plus", "minus")]
    (point,) = chart.iter(f"{CHART}dPt")
    symbols = [symbol.get("val") for symbol in point.iter(f"{CHART}symbol")]
    labels = list(chart.iter(f"{CHART}dLbl"))
    marks = [mark.get("val") for kind in ("major", "minor") for mark in chart.iter(f"{CHART}{kind}TickMark")]
    return {
        "error bars": " ".join(order),
        "copied numbers": "series {}, plus {}, minus {}".format(*copies),
        "point of its own": " ".join(symbols) or "-",
        "texts of labels": [text for label in labels for part in label.iter(f"{CHART}tx") for text in part.itertext()],
        "labels taken away": sum(label.find(f"{CHART}delete") is not None for label in labels),
        "tick marks": marks,
    }


write("made.xlsx")
book = openpyxl.load_workbook("made.xlsx")
book["times"]["E1"] = "checked"
book.save("saved.xlsx")
before, after = told("made.xlsx"), told("saved.xlsx")
for topic in before:
    print(f"{topic:<17}  {before[topic]} -> {after[topic]}")

assert (before["error bars"], after["error bars"]) == ("plus minus", "minus plus")
assert before["copied numbers"] == after["copied numbers"] == "series 3, plus 0, minus 0"
assert (before["point of its own"], after["point of its own"]) == ("-", "none")
assert (before["texts of labels"], after["texts of labels"]) == (["fastest"], [])
assert (before["labels taken away"], after["labels taken away"]) == (1, 0)
assert (before["tick marks"], after["tick marks"]) == ([], ["none"] * 4)
print("as described")
EOF_PYTHON
