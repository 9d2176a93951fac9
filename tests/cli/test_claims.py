"""`claims` on the command line."""

import json

import pytest
from pptx import Presentation

from ipuwhatif.cli import main


def test_that_claims_prints_a_block_a_statement(capsys) -> None:
    assert main(["claims"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Article check, 22 statements: 3 confirmed, 11 confirmed with a condition, 2 not supported")
    assert "Statements: Graphcore, as reported by AET, 2021-12-30" in out
    blocks = {block.split(":")[0]: block for block in out.split("\n\n")}
    assert "computed   23.7 % less" in blocks["resnet-gain-pod16"]
    assert "beside it  training throughput +7.5 %; samples to target −13.6 %" in blocks["resnet-gain-pod16"]
    assert "verdict    not supported" in blocks["fifty-times"] and "11.1 times" in blocks["fifty-times"]
    assert "condition  a hope, not a result" in blocks["one-minute"]
    assert "computed   nothing" in blocks["weather-china-cpu"]
    assert "[1]" in blocks["resnet-pod16-time"] and "[1] Official MLPerf® Training v1.1 results" in out
    assert "MLPerf " not in out.replace("MLPerf® ", "")


def test_that_claims_in_json_hold_verdict_value_and_sources(capsys) -> None:
    assert main(["claims", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["counts"] == {
        "confirmed": 3,
        "confirmed with a condition": 11,
        "not supported": 2,
        "cannot be checked": 6,
    }
    claims = {claim["claim"]: claim for claim in answer["claims"]}
    assert len(claims) == 22
    fifty = claims["fifty-times"]
    assert [case["value"] for case in fifty["cases"]] == [pytest.approx(9.78, abs=0.01), pytest.approx(11.09, abs=0.01)]
    assert fifty["attributed_to"] == "Graphcore, as reported by AET, 2021-12-30"
    assert all(claim["sources"] for claim in claims.values() if claim["computed"] is not None)


def test_that_the_article_check_is_written_as_a_slide_and_as_a_table(capsys, tmp_path) -> None:
    slide, table = tmp_path / "article.pptx", tmp_path / "article.csv"
    assert main(["claims", "-o", str(slide)]) == 0
    assert capsys.readouterr().out.rstrip().endswith(f"Written: {slide}")
    page, *_ = Presentation(slide).slides  # the others hold the sources
    assert "23.7 % less" in page.notes_slide.notes_text_frame.text
    assert main(["claims", "--json", "-o", str(table)]) == 0
    assert len(json.loads(capsys.readouterr().out)["claims"]) == 22
    assert "fifty-times" not in (text := table.read_text(encoding="utf-8-sig")) and "50 times" in text
