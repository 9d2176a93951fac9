"""The scenario inside a file: back bit for bit, and nothing that a stranger's file holds does more than be refused."""

import base64
import io
import json
import random
import re
import struct
import tracemalloc
import zipfile
import zlib
from contextlib import suppress
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from ipuwhatif.export import embedded_document
from ipuwhatif.export.embedded_document import (
    KEYWORD,
    LIMIT_BYTES,
    OLD_PART,
    SUFFIXES,
    carried_in,
    html_script,
    png_with,
    svg_with,
)
from ipuwhatif.export.html.page import page_bytes
from ipuwhatif.export.office_properties import PART as PROPERTIES
from ipuwhatif.export.office_properties import office_with, properties_with
from ipuwhatif.export.picture import picture_bytes
from ipuwhatif.export.vector import render_pdf
from ipuwhatif.figures.compare.compare import compare_figure
from ipuwhatif.records import replace
from ipuwhatif.scenario.files.document import Document
from ipuwhatif.scenario.files.file_format import document_bytes
from ipuwhatif.units import InputError
from tests.figures import samples
from tests.growth import LINEAR, growth
from tests.refusals import refused

HOSTILE = '</script><script>alert("1")</script> <!-- & \\u003c \\\\u0026 \\ </metadata> \x1b 中 🚀 =1+1'
CONTENT = b'{"format": "ipuwhatif scenario", "title": "<&>"}\n'
FEW = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(autouse=True)
def application(qapp: QApplication) -> QApplication:
    return qapp


@cache
def bare(suffix: str) -> bytes:
    """A file of a kind without a scenario."""
    if suffix in (".pptx", ".xlsx"):
        return office()
    figure = compare_figure(samples.comparison(), samples.scenario())
    return page_bytes((figure,)) if suffix == ".html" else picture_bytes(suffix, (figure,), dpi=24)


def office() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", '<Types><Default Extension="xml" ContentType="a/b"/></Types>')
        archive.writestr("ppt/slides/slide1.xml", "<slide/>" * 400)
    return data.getvalue()


@cache
def figure_of_one():
    figure = compare_figure(samples.comparison({"ipu-pod:16": 28.0}, reference="ipu-pod:16"), samples.scenario())
    return replace(figure, why=(), footnotes=())


def holding(suffix: str, content: bytes) -> bytes:
    """A file of a kind with a scenario in it."""
    if suffix == ".png":
        return png_with(bare(suffix), content)
    if suffix == ".svg":
        return svg_with(bare(suffix), content)
    if suffix == ".html":
        return bare(suffix).replace(b"</body>", html_script(content).encode() + b"\n</body>")
    if suffix == ".pdf":
        return render_pdf((figure_of_one(),), content=content)
    return office_with(bare(suffix), content)


def packed(data: bytes, window: int = zlib.MAX_WBITS) -> bytes:
    stream = zlib.compressobj(9, zlib.DEFLATED, window)
    return stream.compress(data) + stream.flush()


def chunk(kind: bytes, body: bytes, length: int | None = None) -> bytes:
    stated = len(body) if length is None else length
    return struct.pack(">I", stated) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_of(text: bytes, length: int | None = None) -> bytes:
    """A PNG file with a chunk of ours that holds these bytes as they are."""
    return b"\x89PNG\r\n\x1a\n" + chunk(b"zTXt", KEYWORD.encode() + b"\0\0" + text, length)


def zip_of(text: bytes, size: int | None = None) -> bytes:
    """The start of an archive with a part of ours that holds these bytes as they are."""
    name = OLD_PART.encode()
    head = (b"PK\3\4", 20, 0, 8, 0, 33, 0, len(text) if size is None else size, 0, len(name), 0)
    return struct.pack("<4s5H3I2H", *head) + name + text


def test_that_the_part_of_an_earlier_version_is_still_read():
    assert carried_in(zip_of(packed(CONTENT, -15)), ".pptx") == CONTENT


@pytest.mark.parametrize(("found", "given"), [(b"scenario-0000", b"scenario-0009"), (b"lpwstr>eN", b"lpwstr>eK")])
def test_that_properties_that_do_not_fit_together_are_told_as_damage(found, given):
    part = properties_with(random.Random(1).randbytes(2_000))
    assert found in part and part.count(b"<property ") > 3
    name = PROPERTIES.encode()
    body = packed(part.replace(found, given, 1), -15)
    head = (b"PK\3\4", 20, 0, 8, 0, 33, 0, len(body), 0, len(name), 0)
    with refused("the scenario in it is damaged; use another copy of the file"):
        carried_in(struct.pack("<4s5H3I2H", *head) + name + body, ".xlsx")


def pdf_of(text: bytes) -> bytes:
    """The part of a PDF file that counts, with an attachment that holds these bytes as they are."""
    name = "scenario.ipuwhatif".encode("utf-16-be")
    entry = b"2 0 obj\n<<\n/F (\xfe\xff" + name + b")\n/EF <</F 1 0 R>>\n/Type/Filespec\n>>\nendobj\n"
    return b"%PDF-1.4\n1 0 obj\n<<\n/Filter /FlateDecode\n>>\nstream\n" + text + b"\nendstream\nendobj\n" + entry


@pytest.mark.parametrize("suffix", SUFFIXES)
@FEW
@given(value=st.recursive(st.text() | st.integers() | st.none(), lambda inner: st.dictionaries(st.text(), inner)))
def test_that_what_goes_in_comes_out_bit_for_bit(suffix, value):
    content = (json.dumps({"value": value}, indent=2) + "\n").encode("ascii")
    assert carried_in(holding(suffix, content), suffix) == content


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_that_a_document_with_a_hostile_title_comes_out_bit_for_bit(suffix):
    content = document_bytes(Document((samples.scenario(),), (HOSTILE,)))
    data = holding(suffix, content)
    assert carried_in(data, suffix) == content
    assert b"<script>alert" not in data


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_that_the_ending_of_the_name_may_be_in_capitals(suffix):
    assert carried_in(holding(suffix, CONTENT), suffix.upper()) == CONTENT


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_that_the_largest_scenario_passes_and_one_byte_more_is_refused(suffix):
    # what cannot be packed is the worst case: letters at random
    letters = random.Random(1).choices("abcdefghijklmnopqrstuvwxyz<&\\", k=LIMIT_BYTES)
    content = "".join(letters).replace("\\", "\\\\")[: LIMIT_BYTES - 1].rstrip("\\").ljust(LIMIT_BYTES, "x").encode()
    assert carried_in(holding(suffix, content), suffix) == content
    with refused("the scenario in it is too large to be one of ours"):
        carried_in(holding(suffix, content + b"x"), suffix)


@pytest.mark.parametrize("suffix", [*SUFFIXES, ".bmp", "", ".ipuwhatif"])
def test_that_a_file_without_a_scenario_is_refused_with_what_to_do(suffix):
    with refused("there is no scenario in it; choose a file that IPU What-If has saved or exported"):
        carried_in(bare(suffix) if suffix in SUFFIXES else CONTENT, suffix)


@pytest.mark.parametrize("suffix", SUFFIXES)
@FEW
@given(data=st.binary(max_size=3000))
def test_that_random_bytes_are_refused(suffix, data):
    heads = (b"", b"\x89PNG\r\n\x1a\n", b"PK\3\4", b"%PDF-1.4\n")
    for head in heads:
        with pytest.raises(InputError):
            carried_in(head + data, suffix)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_that_a_file_cut_anywhere_gives_all_of_the_scenario_or_none(suffix):
    data = holding(suffix, CONTENT * 20)
    places = {*range(0, len(data), max(1, len(data) // 150)), *range(max(0, len(data) - 600), len(data), 7)}
    for place in places:
        try:
            assert carried_in(data[:place], suffix) == CONTENT * 20
        except InputError:
            continue


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(part=st.floats(0.0, 1.0, exclude_max=True), value=st.integers(0, 255), back=st.booleans())
def test_that_a_broken_byte_does_no_more_than_be_refused(suffix, part, value, back):
    data = bytearray(_kept(suffix))
    # half of the faults fall near the end, where the scenario is in most kinds
    place = len(data) - 1 - int(part * min(800, len(data))) if back else int(part * len(data))
    data[place] = value
    with suppress(InputError):
        assert len(carried_in(bytes(data), suffix)) <= LIMIT_BYTES


@cache
def _kept(suffix):
    return holding(suffix, CONTENT * 20)


BOMB = 200_000_000


@cache
def _bomb(window):
    """Many zeros that pack well: two hundred megabytes in two hundred kilobytes."""
    stream = zlib.compressobj(9, zlib.DEFLATED, window)
    zeros = bytes(1_000_000)
    return b"".join([*(stream.compress(zeros) for _ in range(BOMB // len(zeros))), stream.flush()])


@pytest.mark.parametrize(
    ("suffix", "made", "window"),
    [(".png", png_of, 15), (".pdf", pdf_of, 15), (".pptx", zip_of, -15), (".xlsx", zip_of, -15)],
)
def test_that_what_swells_is_refused_before_it_fills_the_memory(suffix, made, window):
    data = made(_bomb(window))
    tracemalloc.start()
    try:
        with refused("the scenario in it is too large to be one of ours"):
            carried_in(data, suffix)
        assert tracemalloc.get_traced_memory()[1] < 4 * LIMIT_BYTES
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("suffix", "data"),
    [
        (".png", png_of(packed(CONTENT)[:-6])),
        (".png", png_of(packed(CONTENT), length=0xFFFFFFFF)[:-20]),
        (".png", png_of(b"", length=0)),
        (".png", b"\x89PNG\r\n\x1a\n" + chunk(b"IDAT", b"", length=0xFFFFFFFF) + png_of(packed(CONTENT))),
        (".pptx", zip_of(packed(CONTENT, -15)[:-6])),
        (".pptx", zip_of(packed(CONTENT, -15), size=3)),
        (".pptx", zip_of(b"", size=0xFFFFFFFF)),
        (".pptx", b"PK\3\4" + OLD_PART.encode()),
        (".pdf", pdf_of(packed(CONTENT)[:-6])),
        (".pdf", pdf_of(b"not packed")),
        (".pdf", pdf_of(packed(CONTENT)).replace(b"\n1 0 obj", b"\n7 0 obj")),
        (".pdf", pdf_of(packed(CONTENT)).replace(b"/F 1 0 R", b"/F 999999999 0 R")),
        (".svg", b'<svg><metadata id="ipuwhatif-scenario">A</metadata></svg>'),
        (".svg", b'<svg><metadata id="ipuwhatif-scenario">QUJD'),
        (".html", b'<script type="application/json" id="ipuwhatif-scenario">{}'),
    ],
)
def test_that_lengths_that_lie_and_ends_that_lack_are_refused(suffix, data):
    with refused("there is no scenario in it; choose a file that IPU What-If has saved or exported"):
        carried_in(data, suffix)


@pytest.mark.parametrize(
    ("suffix", "data"),
    [
        (".png", b"\x89PNG\r\n\x1a\n" + chunk(b"tEXt", b"") * 200_000),
        (".pptx", OLD_PART.encode() * 100_000),
        (".pptx", zip_of(b"")[:-40] * 50_000),
        (".pdf", b"/F (\xfe\xff" * 300_000),
        (".svg", b'<metadata id="ipuwhatif-scenario">' * 100_000),
        (".html", b'<script type="application/json" id="ipuwhatif-scenario">' * 60_000),
        (".html", b'<script type="application/json" id="ipuwhatif-scenario">' + b"a" * 8_000_000),
    ],
)
def test_that_what_is_repeated_without_end_takes_no_memory(suffix, data):
    tracemalloc.start()
    try:
        with pytest.raises(InputError):
            carried_in(data, suffix)
        assert tracemalloc.get_traced_memory()[1] < 2 * LIMIT_BYTES
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("suffix", "head", "repeated"),
    [
        (".pptx", b"", PROPERTIES.encode()),
        (".pptx", b"", zip_of(b"")[:-40]),
        (".pdf", b"", b"/F (\xfe\xff"),
        (".svg", b"", b'<metadata id="ipuwhatif-scenario">'),
        (".svg", b"", b'<metadata id="ipuwhatif-scenario">' + b"A" * 3_000),
        (".html", b"", b'<script type="application/json" id="ipuwhatif-scenario">'),
        (".html", b"", b'<script type="application/json" id="ipuwhatif-scenario">' + b"a" * 3_000),
        (".png", b"\x89PNG\r\n\x1a\n", chunk(b"tEXt", b"")),
    ],
)
def test_that_looking_takes_a_time_that_grows_with_the_file(suffix, head, repeated):
    def work(size):
        with pytest.raises(InputError):
            carried_in(head + repeated * (size // len(repeated)), suffix)

    assert growth(work, 700_000) < LINEAR


def test_that_no_more_chunks_of_a_picture_are_looked_at_than_one_of_its_size_can_have(monkeypatch):
    chunks = [chunk(b"tEXt", b""), chunk(b"IDAT", b"x"), png_of(packed(CONTENT))[8:]]
    data = b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
    monkeypatch.setattr(embedded_document, "MOST_CHUNKS", 3)
    assert carried_in(data, ".png") == CONTENT
    monkeypatch.setattr(embedded_document, "MOST_CHUNKS", 2)
    with pytest.raises(InputError):
        carried_in(data, ".png")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_that_a_flipped_bit_never_gives_another_scenario(suffix):
    data = holding(suffix, CONTENT)
    sound = carried_in(data, suffix)
    places = sorted({*range(0, len(data), max(1, len(data) // 150)), *_around(data, suffix)})
    for place in places:
        for bit in range(8):
            flipped = bytearray(data)
            flipped[place] ^= 1 << bit
            with suppress(InputError):
                assert carried_in(bytes(flipped), suffix) == sound, (place, bit)


def _around(data, suffix):
    """The places of a file that hold the scenario and what stands beside it."""
    marks = {".pptx": PROPERTIES.encode(), ".xlsx": PROPERTIES.encode(), ".pdf": b"stream"}
    place = data.index(marks.get(suffix, KEYWORD.encode()))
    return range(max(0, place - 40), min(len(data), place + 220))


@pytest.mark.parametrize("suffix", [".svg", ".html", ".pptx", ".xlsx"])
def test_that_a_changed_scenario_is_refused_with_what_to_do(suffix):
    other = CONTENT.replace(b"scenario", b"scenery!")
    if suffix in (".pptx", ".xlsx"):
        data = _packed_again(holding(suffix, CONTENT), other)
    else:
        held = {".svg": (base64.b64encode(CONTENT), base64.b64encode(other)), ".html": (b'scenario",', b'scenery!",')}
        old, new = held[suffix]
        data = holding(suffix, CONTENT).replace(old, new)
    with refused("the scenario in it is damaged; use another copy of the file"):
        carried_in(data, suffix)


def packed_part(part):
    """As an archive packs it."""
    stream = zlib.compressobj(wbits=-15)
    return stream.compress(part) + stream.flush()


def _packed_again(data, content):
    """An Office file whose part of ours holds something else than its sum says."""
    place = data.index(PROPERTIES.encode())
    old, new = (packed_part(properties_with(each)) for each in (CONTENT, content))
    assert data.startswith(old, place + len(PROPERTIES))
    size = struct.pack("<I", len(new))
    return (
        data[: place - 12]
        + size
        + data[place - 8 : place + len(PROPERTIES)]
        + new
        + data[place + len(PROPERTIES) + len(old) :]
    )


@pytest.mark.parametrize("suffix", [".svg", ".html", ".pptx", ".xlsx"])
def test_that_a_scenario_without_a_sum_is_read(suffix):
    """Earlier versions wrote none, and programs that write an archive in one go have it elsewhere."""
    data = holding(suffix, CONTENT)
    if suffix in (".pptx", ".xlsx"):
        place = data.index(PROPERTIES.encode()) - 16
        data = data[:place] + bytes(4) + data[place + 4 :]
    else:
        data = re.sub(rb"<!-- ipuwhatif-check \w{8} -->", b"", data)
    assert data != holding(suffix, CONTENT) and carried_in(data, suffix) == CONTENT


def test_that_other_line_ends_in_a_page_are_no_damage():
    data = holding(".html", CONTENT).replace(b"\n", b"\r\n")
    assert carried_in(data, ".html") == CONTENT.replace(b"\n", b"\r\n")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_that_a_file_beyond_the_limit_is_not_looked_into(suffix, monkeypatch):
    data = holding(suffix, CONTENT)
    monkeypatch.setattr(embedded_document, "LIMIT_FILE_BYTES", len(data) - 1)
    with pytest.raises(InputError):
        carried_in(data, suffix)


@pytest.mark.parametrize("suffix", [".svg", ".html", ".pdf", ".png"])
def test_that_a_text_of_a_chart_does_not_pass_for_a_scenario(suffix):
    spoof = svg_with(b"<svg></svg>", CONTENT).decode() + html_script(CONTENT) + "/F (scenario.ipuwhatif) /EF"
    figure = compare_figure(samples.comparison(), samples.scenario())
    figure = replace(figure, chart=replace(figure.chart, title=spoof), notices=(spoof,))
    data = page_bytes((figure,)) if suffix == ".html" else picture_bytes(suffix, (figure,), dpi=24)
    with refused("there is no scenario in it; choose a file that IPU What-If has saved or exported"):
        carried_in(data, suffix)


def test_that_an_office_file_stays_whole_around_the_scenario():
    data = office_with(office(), CONTENT)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["[Content_Types].xml", "ppt/slides/slide1.xml", PROPERTIES]
        types = archive.read("[Content_Types].xml").decode()
        assert f'<Override PartName="/{PROPERTIES}" ContentType="application/vnd.openxmlformats' in types
        assert archive.read("ppt/slides/slide1.xml") == b"<slide/>" * 400


def test_that_a_scenario_in_a_page_is_json_to_any_reader():
    script = html_script(document_bytes(Document((samples.scenario(),), (HOSTILE,))))
    body = script.split(">", 1)[1].rsplit("</script>", 1)[0]
    assert "<" not in body and "&" not in body
    assert json.loads(body)["scenarios"][0]["title"] == HOSTILE
