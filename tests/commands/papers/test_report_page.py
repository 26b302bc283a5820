"""``kfly report FILE.html``: the page of the day, whole or not at all."""

import re
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from kfly.locale import format_number
from tests.support.dated_log import last_group
from tests.support.runner import Cli

DAY = "2022-11-30"


def report(cli: Cli, *more: str, file: str = "page.html") -> str:
    cli.ok("report", file, "--as-of", DAY, *more)
    return Path(file).read_text(encoding="utf-8")


def test_its_figures_are_those_of_status(filled: Cli) -> None:
    page = report(filled)
    status = filled.json("status", "--as-of", DAY)
    cards = re.findall(
        r'<article class="card slide (\w+)">.*?<h4>(.*?)</h4>.*?<strong>(\S+)', page, re.DOTALL
    )
    assert [(light, figure) for light, _name, figure in cards] == [
        (row["light"], told(row["actual"])) for row in status["targets"]
    ]
    numbers = re.findall(r'<span class="number">(\d+)</span>', page)
    tasks = status["tasks"]
    rest = tasks["open"] - tasks["behind"] - tasks["due_soon"]
    assert list(map(int, numbers[-5:])) == [
        tasks["overdue"],
        tasks["behind"],
        tasks["due_soon"],
        tasks["done"],
        rest,
    ]


def told(value: float) -> str:
    """A figure of JSON, as people read it."""
    return format_number(Fraction(repr(value)))


def test_it_says_what_it_wrote_and_asks_before_it_replaces(filled: Cli) -> None:
    assert "page.html" in filled.ok("report", "page.html", "--as-of", DAY)
    before = Path("page.html").read_bytes()
    refused = filled("report", "page.html")
    assert refused.code == 1
    assert "--force" in refused.err
    assert Path("page.html").read_bytes() == before
    filled.ok("report", "page.html", "--force", "--as-of", "2023-01-31")
    assert "2023-01-31" in Path("page.html").read_text(encoding="utf-8")


def test_of_an_organisation_it_tells_its_part(filled: Cli) -> None:
    page = report(filled, "--org", "市财政局")
    numbers = re.findall(r'class="whole" data-key="\d+">(\d+)<', page)
    asked = filled.json("tasks", "--org", "市财政局", "--as-of", DAY)
    assert numbers == [str(row["number"]) for row in asked]
    assert 'id="towns"' not in page


def test_an_unknown_organisation_leaves_no_file(filled: Cli) -> None:
    run = filled("report", "page.html", "--org", "财政部")
    assert run.code == 1
    assert "财政部" in run.err
    assert not Path("page.html").exists()


def test_numbers_and_personal_values_are_masked_where_asked(filled: Cli) -> None:
    filled.ok("progress", "9", "联系人张三 13800138000", "--on", "2022-11-20")
    filled.ok("set", "building", "云亭老供销社", "name=云亭老供销社（王 0510-86861234）")
    assert "13800138000" in report(filled)
    masked = report(filled, "--redact", file="masked.html")
    assert "13800138000" not in masked
    assert "86861234" not in masked
    assert "联系人张三 ***" in masked
    assert "云亭老供销社（王 ***）" in masked


def test_a_suffix_of_no_paper_is_wrong_usage(filled: Cli) -> None:
    run = filled("report", "page.pdf")
    assert run.code == 2
    assert ".html" in run.err


def test_the_database_is_never_written_over(filled: Cli) -> None:
    (filled.db.parent / "link.html").symlink_to(filled.db)
    before = filled.db.read_bytes()
    assert filled("report", "link.html", "--force").code == 1
    assert filled.db.read_bytes() == before


def test_fonts_go_with_a_page_alone(filled: Cli) -> None:
    assert filled("report", "brief.docx", "--embed-fonts").code == 2


def test_without_the_fonts_a_line_says_what_to_install(filled: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pylopdf_fonts_zh_cn", None)
    run = filled("report", "page.html", "--embed-fonts")
    assert run.code == 1
    assert "pip install 'kfly[fonts]'" in run.err
    assert not Path("page.html").exists()


def test_a_page_that_cannot_be_written_leaves_nothing(filled: Cli) -> None:
    run = filled("report", "no/such/page.html")
    assert run.code == 1
    assert "no/such/page.html" in run.err


def test_hostile_names_of_records_only_show_themselves(filled: Cli) -> None:
    name = "<img src=x onerror=alert(1)> & “\u202e”"
    filled.ok("set", "building", "云亭老供销社", f"name={name}", "longitude=120.34", "latitude=31.85")
    page = report(filled)
    assert "<img" not in page
    assert "&lt;img src=x onerror=alert(1)&gt; &amp; “\\u202e”" in page
    assert "\u202e" not in page


def test_an_empty_registry_has_a_page(kfly: Cli) -> None:
    page = report(kfly)
    assert page.count("<article") == 12
    assert "site-map" not in page.partition("</style>")[2]


def test_it_tells_what_was_known_at_an_earlier_moment_and_says_so(filled: Cli) -> None:
    before = report(filled)
    last = last_group(filled.db)
    filled.ok("set", "building", "云亭老供销社", "name=云亭供销大楼")
    known = report(filled, "--as-known", f"#{last}", file="known.html")
    assert "云亭老供销社" in known
    assert "云亭供销大楼" not in known
    (said,) = re.findall(rf"<p class=\"said\">([^<]*#{last}[^<]*)</p>", known)
    assert known.replace(f'<p class="said">{said}</p>\n', "") == before
