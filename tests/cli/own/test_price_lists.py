"""Price lists of one's own from a shell: imported, listed, offered by `cost`, shown and removed."""

import json

import pytest

from tests.cli.conftest import Run

LIST = "chip,price,currency,per,date,region\nH100,2.99,USD,GPU-hour,2025-03,us-east\nH100,,USD,GPU-hour,2025-03,\n"


@pytest.fixture
def own(run: Run, tmp_path):
    def start(*arguments: str):
        return run(*arguments, IPUWHATIF_MINE=str(tmp_path / "mine"))

    return start


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "prices.csv"
    path.write_text(LIST)
    return path


def test_that_a_list_is_offered_with_its_place_and_never_applied(own, file):
    asked = own("price", "import", str(file))
    assert asked.returncode == 2 and not asked.stdout
    assert "prices.csv, row 3: no price stands there. 1 of 2 prices cannot be read: import the others" in asked.stderr
    assert own("price", "list").stdout == (
        "No price list is imported yet; bring one in with: ipuwhatif price import FILE\n"
    )
    assert own("price", "import", str(file), "--yes").stdout == "Imported: prices prices\n"
    told = json.loads(own("cost", "-s", "dgx-h100:64", "--json").stdout)
    (bill,) = told["systems"]
    assert bill["price"] is None
    first = told["known_prices"]["dgx-h100:64"][0]
    assert (first["amount"], first["currency"], first["date"], first["kind"]) == (191.36, "USD", "2025-03", "own")
    assert first["origin"] == ("derived: 64 × H100 at 2.99; your own price list, prices.csv, row 2; us-east")


def test_that_it_is_listed_shown_and_removed(own, file):
    own("import", str(file), "--yes")
    assert "H100 (dgx-h100, hgx-h100, h100-x4; each chip): 2.99 USD an hour (2025-03)" in own("price", "list").stdout
    (told,) = json.loads(own("price", "list", "--json").stdout)["lists"]
    assert told["name"] == "prices" and told["prices"][0]["amount"] == 2.99
    assert own("price", "show", "prices").stdout.startswith("item,on,chips,each_chip,price,")
    assert "prices" in own("mine", "list").stdout
    assert own("price", "remove", "prices").stdout == "Removed: prices prices\n"
    assert json.loads(own("price", "list", "--json").stdout) == {"lists": [], "left_out": []}


def test_that_what_the_list_does_not_say_is_said_beside_it(own, tmp_path):
    path = tmp_path / "bare.csv"
    path.write_text("what,amount\nbox,3\n")
    done = own(
        *("price", "import", str(path), "--column", "item=what", "--system", "box=dgx-a100:8", "--currency", "EUR"),
        *("--per", "instance-hour", "--date", "2025-03"),
    )
    assert (done.returncode, done.stdout) == (0, "Imported: prices bare\n")
    assert "box (dgx-a100; chips: 8): 3 EUR an hour (2025-03)" in own("price", "list").stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("import",), "which file? Write its name, ipuwhatif price import prices.csv"),
        (("import", "nowhere.csv"), "nowhere.csv does not exist; was it moved or renamed?"),
        (("show",), "which one? Write its name, as ipuwhatif price list shows it"),
        (("remove", "x"), "nothing is imported yet; bring in a file with: ipuwhatif import FILE"),
        (("list", "x"), "the list is of everything; to see one: ipuwhatif price show x"),
        (("list", "--per", "h"), "what says how a file is read goes with price import; leave it out"),
        (("sell", "x"), "argument ACTION: 'sell' is not one of import, list, show, remove; the nearest is "),
        (("import", __file__, "--decimal", "dot"), "--decimal is comma or point, not 'dot'"),
        (("import", __file__), "test_price_lists.py"),
    ],
)
def test_that_what_is_wrong_is_one_line(own, words, told):
    done = own("price", *words)
    assert done.returncode == 2 and not done.stdout
    assert told in done.stderr and len(done.stderr.splitlines()) == 1
