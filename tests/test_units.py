"""Quantities: what is typed is read or refused with a reason, what is printed reads back."""

import math
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipuwhatif.files import resource
from ipuwhatif.records import Record
from ipuwhatif.texts import CHINESE, set_language, tr
from ipuwhatif.units import (
    LONGEST_FAULT,
    UNITS,
    InputError,
    RefusedError,
    format_duration,
    format_minutes,
    format_number,
    format_quantity,
    format_rate,
    nearest,
    nearest_whole,
    parse_quantity,
    quoted,
    refuse_either,
    rounded,
    to_base,
    told,
    typed,
    unmistakable,
    whole_number,
)
from tests.refusals import refused


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("70.5 h", "s", 253800.0),
        ("28.33min", "s", 1699.8),
        ("2 days", "s", 172800.0),
        ("  1,523 samples ", "samples", 1523.0),
        ("3072", "samples", 3072.0),
        ("3 072", "samples", 3072.0),
        ("1\u202f281\u00a0167.5 samples", "samples", 1281167.5),
        ("1,000,000 s", "s", 1e6),
        ("1.3", "1", 1.3),
        ("1.3 ×", "1", 1.3),
        ("20 %", "1", 0.2),
        ("250 TFLOPS", "FLOP/s", 250e12),
        ("1.394 PFLOPS", "FLOP/s", 1.394e15),
        ("512 Gb/s", "B/s", 64e9),
        ("64 GB/s", "B/s", 64e9),
        ("304 MiB", "B", 304 * 2**20),
        ("1.33 ghz", "Hz", 1.33e9),
        ("1e3 s", "s", 1000.0),
        ("1.5 kW", "W", 1500.0),
    ],
)
def test_that_a_quantity_is_read_into_its_base_unit(text: str, unit: str, expected: float) -> None:
    assert parse_quantity(text, unit) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("text", "unit", "words"),
    [
        ("", "s", "not a number"),
        ("nan h", "s", "not a number"),
        ("inf", "s", "not a number"),
        ("soon", "s", "not a number"),
        (".", "s", "not a number"),
        ("1e999 h", "s", "too large"),
        ("1e308 days", "s", "too large"),
        ("70.5", "s", "no unit; write s, min, h or days"),
        ("70.5 GB", "s", "has unit 'GB'; write s, min, h or days"),
        ("1,5 h", "s", "a comma groups thousands, as in 1,024; write a decimal point, as in 1.5"),
        ("1,0000 h", "s", "a comma groups thousands"),
        ("1 00 samples", "samples", "a comma groups thousands"),
        ("1,", "1", "a comma groups thousands"),
        ("5 mb", "B/s", "write GB/s, TB/s or Gb/s"),
        ("5 h; rm", "s", "write s, min, h or days"),
    ],
)
def test_that_a_bad_quantity_is_refused_with_the_fault_and_the_valid_units(text: str, unit: str, words: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_quantity(text, unit)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("16", 16),
        (" 1,024 ", 1024),
        ("1 024", 1024),
        ("1\u202f281\u202f167", 1281167),
        ("0", 0),
        ("999999999999999", 999999999999999),
    ],
)
def test_that_a_whole_number_is_read_with_its_thousands_grouped_or_not(text: str, number: int) -> None:
    assert whole_number(text) == number


@pytest.mark.parametrize(
    "text",
    ["", "2,5", "1,0000", "1,24", "1 00", "1,024 000", "1,", ",024", "-1", "1.0", "1e3", "1_000", "٦٤", "9" * 5000],
)
def test_that_what_is_no_whole_number_is_told_as_none(text: str) -> None:
    assert whole_number(text) is None


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("1.000", "'1.000' may mean 1 or 1,000; write the one that is meant"),
        ("12.500", "'12.500' may mean 12.5 or 12,500; write the one that is meant"),
        ("1.024.000", "'1.024.000': a comma groups thousands; write 1,024,000"),
    ],
)
def test_that_what_may_be_thousands_is_refused_as_a_whole_number(text: str, line: str) -> None:
    for read in (whole_number, lambda text: nearest_whole(text, 1, 1024)):
        with refused(line):
            read(text)


@given(st.floats(0.0, 1e15) | st.integers(0, 10**9).map(lambda thousandths: thousandths / 1000.0))
def test_that_no_printed_number_is_one_that_may_be_thousands(value: float) -> None:
    text = unmistakable(format_number(value))
    refuse_either(text)
    assert parse_quantity(text, "1") == pytest.approx(value, rel=1e-9, abs=1e-12)


def test_that_a_text_is_bounded_before_it_is_read_and_quoted() -> None:
    with refused(f"'{'9' * 60}…' is too long; write at most 200 letters"):
        typed("9" * 201)
    assert typed(" " + "９" * 199) == "9" * 199 and whole_number("9" * 201) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 1),
        ("-1,024", 1),
        ("2,5", 2),
        ("7.6", 8),
        ("1,500", 1024),
        ("inf", 1024),
        ("9" * 5000, 1024),
        ("nan", None),
        ("many", None),
        ("", None),
    ],
)
def test_that_the_nearest_whole_number_lies_within_its_bounds(text: str, number: int | None) -> None:
    assert nearest_whole(text, 1, 1024) == number


def test_that_bytes_and_bits_are_told_apart_by_case_alone() -> None:
    assert parse_quantity("8 Gb/s", "B/s") == 1e9
    assert parse_quantity("8 GB/s", "B/s") == 8e9
    with pytest.raises(InputError):
        parse_quantity("8 gb/s", "B/s")


def test_that_bounds_are_held_and_named() -> None:
    assert parse_quantity("1 min", "s", minimum=60, maximum=60) == 60
    with refused("'59 s' is below the smallest valid value, 1.00 min"):
        parse_quantity("59 s", "s", minimum=60)
    with refused("'61 s' is above the largest valid value, 1.00 min"):
        parse_quantity("61 s", "s", maximum=60)
    with refused("'-5 h' is not above 0"):
        parse_quantity("-5 h", "s", positive=True)
    with refused("'0 h' is not above 0"):
        parse_quantity("0 h", "s", positive=True)


def test_that_prefixes_are_powers_of_ten_or_two() -> None:
    assert UNITS["TFLOPS"].factor == 1e12
    assert UNITS["PFLOPS"].factor == 1e15
    assert UNITS["GB"].factor == 1e9
    assert UNITS["MiB"].factor == 1024**2
    assert UNITS["Gb/s"].factor * 8 == UNITS["GB/s"].factor
    assert all(unit.factor > 0 and math.isfinite(unit.factor) for unit in UNITS.values())


def test_that_a_conversion_refuses_an_unknown_and_a_wrong_unit() -> None:
    assert to_base(2, "TB/s", "B/s") == 2e12
    with refused("unit 'TFLOPZ' is unknown; nearest: TFLOPS"):
        to_base(1, "TFLOPZ", "FLOP/s")
    with refused("unit 'GB' does not measure FLOP/s; write TFLOPS or PFLOPS"):
        to_base(1, "GB", "FLOP/s")


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.35, "0.350 s"),
        (13.58, "13.6 s"),
        (59.94, "59.9 s"),
        (59.97, "1.00 min"),
        (1700.0, "28.3 min"),
        (3599.9, "1.00 h"),
        (20.7 * 3600, "20.7 h"),
        (70.5 * 3600, "2.94 days"),
        (1e6 * 86400, "1,000,000 days"),
        (0.0383, "38.3 ms"),
        (0.0, "0 s"),
        (math.inf, "–"),
        (math.nan, "–"),
    ],
)
def test_that_a_duration_prints_in_the_unit_people_say(seconds: float, text: str) -> None:
    assert format_duration(seconds) == text


@given(st.floats(min_value=1e-9, max_value=1e12))
def test_that_a_printed_duration_reads_back_within_its_digits(seconds: float) -> None:
    assert parse_quantity(format_duration(seconds), "s") == pytest.approx(seconds, rel=0.0051)
    assert parse_quantity(format_duration(seconds, digits=6), "s") == pytest.approx(seconds, rel=5.1e-6)


@given(st.floats(allow_nan=True, allow_infinity=True))
def test_that_printing_never_fails_and_never_shows_nan(value: float) -> None:
    texts = [format_duration(value), format_number(value), format_number(value, 3), format_minutes(value)]
    texts += [format_rate(value, "images"), format_quantity(value, "W")]
    assert all(text and "nan" not in text and "inf" not in text for text in texts)


@given(st.text(max_size=50))
def test_that_any_text_is_read_as_a_finite_number_or_refused_in_one_line(text: str) -> None:
    try:
        assert math.isfinite(parse_quantity(text, "s"))
    except InputError as error:
        assert str(error).isprintable()


@given(st.integers(min_value=-(10**14), max_value=10**14))
def test_that_a_whole_number_prints_all_its_digits(value: int) -> None:
    assert int(format_number(value).replace(",", "")) == value


def test_that_numbers_print_with_thousands_and_significant_digits() -> None:
    assert format_number(1523) == "1,523"
    assert format_number(1523.2, 3) == "1,520"
    assert format_number(0.35, 3) == "0.350"
    assert format_number(9.996, 3) == "10.0"
    assert format_number(28.5) == "28.5"
    assert format_number(-0.0, 3) == "0"


def test_that_rates_scores_and_figures_print_as_people_write_them() -> None:
    assert format_rate(29067.8, "images") == "29,068 images/s"
    assert format_rate(29067.8, "images", digits=3) == "29,100 images/s"
    assert format_rate(75.04, "sequences") == "75.04 sequences/s"
    assert format_minutes(28.3345 * 60) == "28.33 min"
    assert format_quantity(64e9, "B/s") == "64 GB/s"
    assert format_quantity(999.96e9, "B/s") == "1 TB/s"
    assert format_quantity(249.75e12, "FLOP/s", 5) == "249.75 TFLOPS"
    assert format_quantity(1.33e9, "Hz") == "1.33 GHz"
    assert format_quantity(1281167, "samples") == "1,281,167 samples"
    assert format_quantity(1.3, "1") == "1.3"


def test_that_the_nearest_choice_is_offered_whatever_the_case() -> None:
    assert nearest("RESNET", ["resnet50", "bert-large"]) == "resnet50"
    assert nearest("ipu-pd64", ["ipu-pod16", "ipu-pod64", "dgx-a100"]) == "ipu-pod64"
    assert nearest("zzz", ["only"]) == "only"
    assert nearest("zzz", []) is None


def test_that_quoted_text_stays_on_one_short_line() -> None:
    assert quoted("a\nb") == "'a?b'"
    assert len(quoted("x" * 10_000)) < 70


def test_that_a_fault_has_an_end_whatever_it_quotes() -> None:
    whole, long = "f" * LONGEST_FAULT, f"{'f' * 900_000}; choose a file"
    assert str(InputError(whole)) == whole
    told = str(InputError(long))
    assert len(told) < LONGEST_FAULT + 5 and told.startswith("fff") and told.endswith("; choose a file")


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("2 周", 1209600.0), ("1 week", 604800.0), ("３　日", 259200.0), ("1，500 毫秒", 1.5), ("９０秒", 90.0)],
)
def test_that_chinese_units_and_letters_of_full_width_are_read(text: str, seconds: float) -> None:
    assert parse_quantity(text, "s") == pytest.approx(seconds)


def test_that_a_whole_number_of_full_width_is_read() -> None:
    assert whole_number("２，０４８") == 2048


@pytest.mark.parametrize("text", ["e5", "E5 min", "ｅ１周", "+e1 s", ".e3 s"])
def test_that_an_exponent_alone_is_no_number(text: str) -> None:
    with refused(f"'{text}' is not a number with a unit; write for example 1.5 s"):
        parse_quantity(text, "s")


@pytest.mark.parametrize(
    ("typed", "found"), [("2021-11", "2021-12"), ("2022-12", "2022-11"), ("2020-06", "2020-07"), ("2023-07", "2023-06")]
)
def test_that_of_names_as_much_alike_the_one_that_begins_as_typed_is_nearest(typed: str, found: str) -> None:
    releases = ["2019-07", "2020-07", "2021-06", "2021-12", "2022-06", "2022-11", "2023-06", "2023-11"]
    assert nearest(typed, releases) == nearest(typed, releases[::-1]) == found


@given(st.floats(-1e14, 1e14), st.sampled_from([None, 1, 2, 3, 5]))
def test_that_a_number_is_rounded_to_what_is_printed_of_it(value: float, digits: int | None) -> None:
    assert rounded(value, digits) == float(format_number(value, digits).replace(",", ""))


@pytest.mark.parametrize("value", [math.inf, -math.inf])
def test_that_what_is_no_number_is_not_rounded(value: float) -> None:
    assert rounded(value, 3) == value and math.isnan(rounded(math.nan))


class TooFew(Record, frozen=True):
    """A reason of these tests: how many there are."""

    count: int


@told.register
def _(said: TooFew) -> str:
    return tr("{count} levers moved", count=said.count)


def test_that_a_refusal_is_told_by_its_reason_in_the_language_of_whoever_reads_it() -> None:
    refusal = RefusedError(TooFew(3))
    assert refusal.reason == TooFew(3)
    assert str(refusal) == "3 levers moved"
    set_language(CHINESE, resource("i18n"))
    assert str(refusal) != "3 levers moved"


def test_that_a_refusal_comes_whole_out_of_another_process() -> None:
    assert str(pickle.loads(pickle.dumps(RefusedError(TooFew(3))))) == "3 levers moved"


def test_that_a_refusal_has_an_end_whatever_it_quotes() -> None:
    assert len(str(RefusedError("x" * 1_000_000))) < LONGEST_FAULT + 10
