"""A line about an error can be read, whatever was typed: what was quoted is cut, what to do is not."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kfly.console.shortening import MOST, shorten
from tests.support.runner import Cli


@given(st.text(max_size=1000))
def test_no_line_is_longer_and_its_ends_stay(line: str) -> None:
    cut = shorten(line)

    assert len(cut) <= max(MOST, 0)
    assert cut == line if len(line) <= MOST else (cut[:80], cut[-60:]) == (line[:80], line[-60:])


def test_it_says_how_much_was_left_out_and_cuts_between_words() -> None:
    line = "--org: " + ", ".join(f"town{n}" for n in range(1000)) + " are none; did you mean “a”?"
    head, _, rest = shorten(line).partition("… (")
    number, _, tail = rest.partition(" characters left out) …")

    assert line.startswith(head)
    assert head.endswith(" ")
    assert line.endswith(tail)
    assert len(head) + int(number.replace(",", "")) + len(tail) == len(line)


@pytest.mark.parametrize("column", ["town", "floor_area", "surveyed_on"])
def test_a_cell_of_two_million_characters_is_refused_in_short_lines(
    kfly: Cli, tmp_path: Path, column: str
) -> None:
    cells = {
        "name": "甲",
        "town": "高新区",
        "floor_area": "5",
        "surveyed_on": "2022-03-01",
        column: "满" * 2_000_000,
    }
    (tmp_path / "a.csv").write_text(
        ",".join(cells) + "\n" + ",".join(cells.values()) + "\n", encoding="utf-8"
    )
    run = kfly("--lang", "en", "import", "building", "a.csv")

    assert run.code == 1
    assert run.err.startswith("a.csv ")
    assert max(map(len, run.err.splitlines())) <= MOST


def test_a_name_of_two_million_characters_can_still_be_listed(kfly: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "name,town,floor_area\n" + "满" * 200_000 + ",高新区,5\n", encoding="utf-8"
    )
    kfly.ok("import", "building", "a.csv")

    assert kfly.ok("list", "building").count("满") == 200_000
