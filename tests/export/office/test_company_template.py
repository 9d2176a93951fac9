"""Slides on a company's own template: its layout, logo, colours and fonts, and what cannot be used refused in words."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.util import Pt

from ipuwhatif.export.embedded_document import carried_in
from ipuwhatif.export.office.slides import slides_bytes, write_slides
from ipuwhatif.export.office_properties import office_with
from ipuwhatif.figures.compare.compare import compare_figure
from tests.export.office.templates import ACCENTS, LOGO, TYPES, as_potx, edited, template
from tests.export.office_files import converted, names, pages, part
from tests.figures import samples
from tests.refusals import refused

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
POINT = 12_700


def kept(tmp_path: Path, data: bytes, name: str = "ours.pptx") -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def opened(figure, path: Path):
    return Presentation(io.BytesIO(slides_bytes([figure], template=path)))


def boxes(slide):
    return [
        (s.left / POINT, s.top / POINT, (s.left + s.width) / POINT, (s.top + s.height) / POINT) for s in slide.shapes
    ]


@pytest.mark.parametrize("name", ["ours.pptx", "ours.potx"])
def test_that_slides_take_layout_size_and_logo_of_the_template(figure, tmp_path, name):
    data = template()
    deck = opened(figure, kept(tmp_path, as_potx(data) if name.endswith("potx") else data, name))
    (slide, *_) = deck.slides
    assert slide.slide_layout.name == "Title Only"
    assert any(shape.name.startswith("Picture") for shape in slide.slide_layout.slide_master.shapes)
    assert slide.shapes.title.text_frame.text.split() == figure.headline.text.split()
    assert not any("example" in each.shapes.title.text_frame.text for each in deck.slides)
    assert {shape.placeholder_format.type for shape in slide.placeholders} == {
        PP_PLACEHOLDER.TITLE,
        PP_PLACEHOLDER.DATE,
        PP_PLACEHOLDER.FOOTER,
        PP_PLACEHOLDER.SLIDE_NUMBER,
    }


def test_that_charts_follow_the_colours_and_the_font_of_the_theme(figure, tmp_path):
    (slide, *_) = opened(figure, kept(tmp_path, template())).slides
    (chart,) = [shape.chart for shape in slide.shapes if shape.has_chart]
    projected = chart._chartSpace.find(f".//{CHART}ser")
    fills = {each.get("val") for each in projected.findall(f"{CHART}dPt/{CHART}spPr/{{*}}solidFill/{{*}}schemeClr")}
    assert fills == {"accent1", "accent2"}  # IPU and GPU systems
    assert {each.get("typeface") for each in chart._chartSpace.iter("{*}latin")} == {"+mn-lt"}
    texts = [
        run for shape in slide.shapes if shape.has_text_frame for p in shape.text_frame.paragraphs for run in p.runs
    ]
    assert {run.font.name for run in texts} <= {None, "+mn-lt"}


def test_that_a_dark_template_has_light_texts_and_paints_that_are_seen(figure, tmp_path):
    (slide, *_) = opened(figure, kept(tmp_path, template(dark=True))).slides
    (chart,) = [shape.chart for shape in slide.shapes if shape.has_chart]
    lightened = [
        each.find("{*}lumOff") for each in chart._chartSpace.iter("{*}schemeClr") if each.get("val") == "accent2"
    ]
    assert lightened and all(each is not None for each in lightened)  # a dark blue on a dark page


@pytest.mark.parametrize(
    "logo", [LOGO, (20.0, 500.0, 120.0, 36.0), (860.0, 480.0, 90.0, 50.0), (0.0, 0.0, 960.0, 12.0)]
)
def test_that_nothing_stands_on_the_logo(figure, tmp_path, logo):
    (slide, *_) = opened(figure, kept(tmp_path, template(logo=logo))).slides
    edges = {shape.shape_id for shape in slide.placeholders} - {slide.shapes.title.shape_id}
    left, top, right, bottom = logo[0], logo[1], logo[0] + logo[2], logo[1] + logo[3]
    for shape, box in zip(slide.shapes, boxes(slide), strict=True):
        if shape.shape_id not in edges:  # where dates and numbers stand is the template's own affair
            assert box[2] <= left or right <= box[0] or box[3] <= top or bottom <= box[1]


@pytest.mark.parametrize(("width", "height"), [(960.0, 540.0), (720.0, 405.0), (720.0, 540.0)])
def test_that_all_stands_on_the_slide_and_apart_whatever_its_size(tmp_path, width, height):
    times = {f"ipu-pod:{chips}": 2000.0 / chips for chips in (4, 8, 16, 24, 32, 48, 64, 96, 128, 160, 192, 224, 256)}
    figure = compare_figure(samples.comparison(times, reference="ipu-pod:16"), samples.scenario())
    deck = opened(figure, kept(tmp_path, template(width, height, logo=(width - 110.0, 10.0, 100.0, 30.0))))
    for slide in deck.slides:
        found = boxes(slide)
        for place, one in enumerate(found):
            assert 0.0 <= one[0] < one[2] <= width and 0.0 <= one[1] < one[3] <= height
            for other in found[place + 1 :]:
                apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
                assert apart


def widened(beside: bool = False) -> bytes:
    """A template of 4:3 whose slides were made 16:9 and whose layouts were not; beside: something is on its right."""
    deck = Presentation()
    deck.slide_width = Pt(960)
    if beside:
        master = deck.slide_master.shapes
        shape = deck.slides.add_slide(deck.slide_layouts[0]).shapes.add_textbox(Pt(840), 0, Pt(120), Pt(540))
        master._spTree.append(shape._element)
    target = io.BytesIO()
    deck.save(target)
    return target.getvalue()


def test_that_a_layout_that_was_made_for_a_narrower_slide_is_spread_over_it(figure, tmp_path):
    (slide, *_) = opened(figure, kept(tmp_path, widened())).slides
    assert max(box[2] for box in boxes(slide)) > 900.0
    for shape in slide.placeholders:
        middle = (shape.left + shape.width / 2) / POINT
        assert middle > 700.0 or middle == pytest.approx(480.0, abs=1.0) or middle < 200.0
    number = next(each for each in slide.placeholders if each.placeholder_format.type == PP_PLACEHOLDER.SLIDE_NUMBER)
    assert (number.left + number.width) / POINT > 900.0


def test_that_a_layout_keeps_its_place_where_something_stands_beside_it(figure, tmp_path):
    (slide, *_) = opened(figure, kept(tmp_path, widened(beside=True))).slides
    assert max(box[2] for box in boxes(slide)) < 840.0


def test_that_libreoffice_shows_a_deck_on_a_template(figure, tmp_path):
    path = kept(
        tmp_path, slides_bytes([figure], template=kept(tmp_path, as_potx(template()), "ours.potx")), "deck.pptx"
    )
    shown, *_ = pages(converted(path, "pdf", tmp_path))
    assert "28.33" in shown and "Time to train (min)" in shown and "An example" not in shown


def test_that_what_a_template_carries_of_another_document_stays_behind(figure, tmp_path):
    path = kept(tmp_path, office_with(template(), b"another document"))
    data = slides_bytes([figure], b"this document", template=path)
    assert carried_in(data, ".pptx") == b"this document"
    assert sum(name == "docProps/custom.xml" for name in names(data)) == 1
    assert not [name for name in names(data) if name.endswith("thumbnail.jpeg")]
    assert b"An example" not in b"".join(part(data, name) for name in names(data))


def test_that_without_a_layout_of_a_title_alone_the_emptiest_with_a_title_is_used(figure, tmp_path):
    only = {r"ppt/slideLayouts/slideLayout6\.xml": lambda data: data.replace(b'type="title"', b'type="body" idx="77"')}
    (slide, *_) = opened(figure, kept(tmp_path, edited(template(), only))).slides
    assert slide.slide_layout.name in ("Title and Content", "Title and Vertical Text")
    kinds = {shape.placeholder_format.type for shape in slide.placeholders}
    assert PP_PLACEHOLDER.BODY not in kinds and PP_PLACEHOLDER.OBJECT not in kinds


def without_footer(data: bytes) -> bytes:
    return re.sub(rb'<p:sp>(?:(?!</p:sp>).)*type="ftr"(?:(?!</p:sp>).)*</p:sp>', b"", data, flags=re.DOTALL)


@pytest.mark.parametrize("has_footer", [True, False])
def test_that_what_made_a_slide_is_said_once_in_its_footer_or_else_under_its_notes(figure, tmp_path, has_footer):
    data = template() if has_footer else edited(template(), {r"ppt/slideLayouts/slideLayout\d+\.xml": without_footer})
    (slide, *_) = opened(figure, kept(tmp_path, data)).slides
    footer = [each for each in slide.placeholders if each.placeholder_format.type == PP_PLACEHOLDER.FOOTER]
    (told,) = [each for each in slide.shapes if each.has_text_frame and "Made with IPU What-If" in each.text_frame.text]
    assert [each.shape_id for each in footer] == ([told.shape_id] if has_footer else [])


def untitled(data: bytes) -> bytes:
    return re.sub(rb'type="(title|ctrTitle)"', b'type="body"', data)


def test_that_a_template_without_a_title_is_refused_in_words_and_nothing_is_written(figure, tmp_path):
    path = kept(tmp_path, edited(template(), {r"ppt/slideLayouts/slideLayout\d+\.xml": untitled}))
    target = tmp_path / "deck.pptx"
    with refused("the template 'ours.pptx' has no layout with a title: add one in its slide master, or choose another"):
        write_slides(target, [figure], template=path)
    assert not target.exists()


def no_types(data: bytes) -> bytes:
    return data[:200]


BROKEN = "the template 'ours.potx' cannot be read as PowerPoint: open it there and save it anew, or choose another"


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda data: b"",
        lambda data: b"PK\x03\x04 and no more",
        lambda data: data[: len(data) // 2],
        lambda data: edited(data, {re.escape(TYPES): no_types}),
        lambda data: edited(data, {r"ppt/presentation\.xml": lambda part: part[:300]}),
        lambda data: edited(data, {r"ppt/theme/theme1\.xml": lambda part: b"<a/>"}),
        lambda data: edited(data, {r"ppt/slideMasters/slideMaster1\.xml": lambda part: part[:-40]}),
        lambda data: edited(data, {r"ppt/slideMasters/_rels/.*": lambda part: b"<Relationships/>"}),
    ],
)
def test_that_a_broken_template_is_refused_in_words(figure, tmp_path, spoilt):
    path = kept(tmp_path, spoilt(as_potx(template())), "ours.potx")
    with refused(BROKEN):
        slides_bytes([figure], template=path)


def test_that_a_template_with_a_password_is_refused_in_words(figure, tmp_path):
    path = kept(tmp_path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    with refused("the template 'ours.pptx' has a password or is an old .ppt: save it as .pptx without a password"):
        slides_bytes([figure], template=path)


def test_that_a_template_with_macros_is_refused_in_words(figure, tmp_path):
    macros = b"application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml"
    kind = b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
    path = kept(tmp_path, edited(template(), {re.escape(TYPES): lambda data: data.replace(kind, macros)}))
    with refused("the template 'ours.pptx' holds macros: save it as .pptx without them"):
        slides_bytes([figure], template=path)


def test_that_a_template_that_unpacks_without_end_is_refused_in_words(figure, tmp_path, monkeypatch):
    monkeypatch.setattr("ipuwhatif.export.office.company_template.LIMIT_UNPACKED", 10_000)
    with refused("the template 'ours.pptx' is too large when unpacked: take out its pictures"):
        slides_bytes([figure], template=kept(tmp_path, template()))


def test_that_other_files_are_no_templates(figure, tmp_path):
    with refused("the template 'ours.odp' is neither .pptx nor .potx: save it as one of them"):
        slides_bytes([figure], template=kept(tmp_path, template(), "ours.odp"))
    with refused(f"{tmp_path}/none.potx cannot be read: No such file or directory"):
        slides_bytes([figure], template=tmp_path / "none.potx")


def test_that_a_title_that_fills_the_slide_is_refused_in_words(figure, tmp_path):
    tall = {
        r"ppt/slideMasters/slideMaster1\.xml": lambda data: re.sub(
            rb'(type="title"/>.*?<a:ext cx="\d+" cy=)"\d+"', rb'\1"5500000"', data, count=1, flags=re.DOTALL
        )
    }
    with refused(
        "the layout 'Title Only' of the template 'ours.pptx' leaves no room under its title: make the title smaller"
    ):
        slides_bytes([figure], template=kept(tmp_path, edited(template(), tall)))


def test_that_a_template_is_a_zip_file_of_the_same_parts_as_before(tmp_path):
    """The edits of these tests change what they name and nothing else."""
    with zipfile.ZipFile(io.BytesIO(template())) as old, zipfile.ZipFile(io.BytesIO(as_potx(template()))) as new:
        assert old.namelist() == new.namelist()
        assert ACCENTS[0].encode() in new.read("ppt/theme/theme1.xml")
