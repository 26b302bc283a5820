"""Long tables: printed part by part while their rows are read."""

from collections.abc import Iterator

import pytest

from kfly.console.screen import make_console
from kfly.console.tables import AT_ONCE, DECIDING, Column, make_table, make_table_in_parts
from tests.support.runner import Cli

COLUMNS = (Column("Name", 8), Column("Area", justify="right"))


def rows(number: int, last: str = "") -> Iterator[tuple[str, str]]:
    for n in range(1, number + 1):
        yield (last if last and n == number else f"hall {n}", f"{n:,}")


def printed(*parts: object) -> list[str]:
    console = make_console()
    with console.capture() as captured:
        for part in parts:
            console.print(part, crop=False)
    return [line.rstrip() for line in captured.get().splitlines()]


def test_the_first_part_is_there_when_its_own_rows_are_read() -> None:
    taken = []
    parts = make_table_in_parts(COLUMNS, (taken.append(row) or row for row in rows(10 * DECIDING)))  # type: ignore[func-returns-value]
    next(parts)
    assert len(taken) == DECIDING
    next(parts)
    assert len(taken) == DECIDING + AT_ONCE


@pytest.mark.parametrize("number", [0, 1, DECIDING - 1, DECIDING, DECIDING + 1, DECIDING + 2 * AT_ONCE + 1])
def test_its_parts_together_are_the_table(number: int) -> None:
    parts = printed(*make_table_in_parts(COLUMNS, rows(number)))
    assert parts == printed(make_table(COLUMNS, list(rows(number))))
    assert len(parts) == number + 2  # headings and a rule


def test_what_is_longer_than_the_first_rows_wraps_further_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    name = "the assembly hall of a very very long name"
    lines = printed(*make_table_in_parts(COLUMNS, rows(DECIDING + 1, name)))
    last = lines[DECIDING + 2 :]
    assert len(last) > 1
    assert " ".join(line[:9].strip() for line in last) == name
    assert last[0].endswith(f"{DECIDING + 1}")


def test_with_room_further_rows_have_wider_columns_below_their_headings(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    lines = printed(*make_table_in_parts(COLUMNS, rows(DECIDING + 2, "conference centre of a hall")))
    blank, heading, _rule, before, last = lines[DECIDING + 2 :]
    assert blank == ""
    assert heading.split() == ["Name", "Area"]
    assert len(heading) == len(before) == len(last)
    assert last.startswith("conference centre of a hall  ")


def test_without_room_a_word_is_not_broken_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    name = "unbreakable " + " ".join("abcdefghijklmnop")
    lines = printed(*make_table_in_parts(COLUMNS, rows(DECIDING + 2, name)))
    assert any(line.startswith("unbreakable ") for line in lines)
    assert max(map(len, lines)) <= 40


def test_a_number_is_never_broken_over_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    columns = [Column("#", justify="right"), Column("Name", narrowest=8)]
    coming = ([str(n), "x" * 30] for n in range(900, 900 + 2 * DECIDING))
    shown = [line.split()[0] for line in printed(*make_table_in_parts(columns, coming)) if line.split()]
    assert {str(n) for n in range(900, 900 + 2 * DECIDING)} <= set(shown)


def test_a_long_list_has_room_for_the_numbers_that_follow(kfly: Cli) -> None:
    lines = ["name,employer,introduced_on", *(f"T{n},Firm,2022-03-01" for n in range(1, 1102))]
    (kfly.folder / "many.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    kfly.ok("import", "talent", "many.csv")
    shown = kfly.ok("list", "talent").splitlines()
    numbers = [line.split()[0] for line in shown if line.lstrip()[:1].isdigit()]
    assert numbers == [str(n) for n in range(1, 1102)]


def test_where_it_does_not_fit_each_row_is_a_block(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    columns = [Column(f"Field {n}") for n in range(8)]
    lines = printed(
        *make_table_in_parts(columns, ([f"{n} of {m}" for n in range(8)] for m in range(DECIDING + 2)))
    )
    blocks = "\n".join(lines).split("\n\n")
    assert len(blocks) == DECIDING + 2
    assert [line.split()[-1] for line in blocks[-1].splitlines()] == [str(DECIDING + 1)] * 8


def test_a_field_that_only_a_later_record_has_is_shown(kfly: Cli) -> None:
    lines = ["name,employer,introduced_on,code"]
    lines += [f"Talent {n},Firm,2022-03-01," for n in range(1, DECIDING + 2)] + ["Last,Firm,2022-03-02,T-77"]
    (kfly.folder / "many.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    kfly.ok("import", "talent", "many.csv")
    shown = kfly.ok("list", "talent")
    assert "T-77" in shown
    assert f"{DECIDING + 2}" in shown.splitlines()[-2]
