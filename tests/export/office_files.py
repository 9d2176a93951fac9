"""Office files read back as any other program reads them: their parts, their cells, and LibreOffice's pages.

And a breakdown to write into them.
"""

import io
import re
import shutil
import subprocess
import zipfile
from xml.etree import ElementTree

from ipuwhatif.analysis.breakdown import Breakdown, Slice, Stack
from ipuwhatif.export.office.native.native import MOST_MARKS
from ipuwhatif.figures.breakdown.breakdown import breakdown_figure
from ipuwhatif.records import replace

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def part(data, name):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def names(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.namelist()


def cells(workbook, sheet=1):
    """Values of a sheet by cell, numbers as numbers; a formula's value is that of the file."""
    shared = []
    if "xl/sharedStrings.xml" in names(workbook):
        root = ElementTree.fromstring(part(workbook, "xl/sharedStrings.xml"))
        shared = ["".join(text.text or "" for text in item.iter(f"{MAIN}t")) for item in root]
    root = ElementTree.fromstring(part(workbook, f"xl/worksheets/sheet{sheet}.xml"))
    found = {}
    for cell in root.iter(f"{MAIN}c"):
        value = cell.find(f"{MAIN}v")
        if value is not None:
            found[cell.get("r")] = shared[int(value.text)] if cell.get("t") == "s" else float(value.text)
    return found


def formulas(workbook, sheet=1):
    root = ElementTree.fromstring(part(workbook, f"xl/worksheets/sheet{sheet}.xml"))
    return {
        cell.get("r"): formula.text for cell in root.iter(f"{MAIN}c") if (formula := cell.find(f"{MAIN}f")) is not None
    }


def converted(path, kind, folder):
    """What LibreOffice makes of a file, in `folder`; `kind` as its command line takes it."""
    program = shutil.which("soffice")
    assert program, "LibreOffice is missing: .ci/system-libraries installs it"
    profile = (folder / "profile").as_uri()
    command = [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", kind, "--outdir"]
    done = subprocess.run([*command, str(folder), str(path)], capture_output=True, text=True, timeout=180)
    made = folder / f"{path.stem}.{kind.split(':')[0]}"
    assert made.exists(), done.stdout + done.stderr
    return made


def pages(pdf):
    """The text of each page of a PDF file, in one line of single spaces."""
    program = shutil.which("pdftotext")
    assert program, "pdftotext is missing: .ci/system-libraries installs it"
    done = subprocess.run([program, "-layout", str(pdf), "-"], capture_output=True, text=True, timeout=300, check=True)
    return [re.sub(r"\s+", " ", page) for page in done.stdout.split("\f")[:-1]]


def breakdown(comparison, share=False):
    """The figure of where the time of some projections goes."""
    stacks = []
    for each in comparison.projections:
        total = each.time_to_train_s.median
        parts = each.breakdown_s.items()
        slices = (Slice(part, seconds, seconds / total) for part, seconds in parts)
        stacks.append(Stack(each, tuple(slices)))
    return breakdown_figure(Breakdown(comparison, tuple(stacks)), share)


def too_many(figure):
    """The figure with more marks than are drawn as points of a native chart: that is a picture."""
    marks = figure.chart.marks
    return replace(figure, chart=replace(figure.chart, marks=marks * (1 + MOST_MARKS // len(marks))))
