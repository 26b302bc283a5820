"""``status --short``: a line a target, on a screen of 24 lines and 80 columns, in both languages."""

import pytest

from tests.support.runner import Cli
from tests.support.screen import widest

DAYS = ["2021-12-31", "2022-01-01", "2022-11-30", "2023-06-30", "2024-12-31", "2026-01-01"]


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_fits_a_small_screen(
    filled: Cli, monkeypatch: pytest.MonkeyPatch, language: str, day: str
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    names = [row["name"] for row in filled.json("--lang", language, "status", "--as-of", day)["targets"]]
    printed = filled.ok("--lang", language, "status", "--short", "--as-of", day)
    lines = printed.splitlines()

    assert len(lines) < 24
    assert widest(printed) <= 80
    rule = next(n for n, line in enumerate(lines) if line.startswith("──"))
    rows = lines[rule + 1 : rule + 1 + len(names)]
    assert [row.startswith(name) for row, name in zip(rows, names, strict=True)] == [True] * len(names)
    assert lines[rule + 1 + len(names)] == ""  # a line each: nothing was wrapped


def test_figures_are_those_of_the_whole_view(filled: Cli) -> None:
    printed = filled.ok("--lang", "en", "status", "--short", "--as-of", "2022-11-30")
    line = next(line for line in printed.splitlines() if line.startswith("Buildings renovated"))

    assert " ".join(line.split()) == "Buildings renovated ■ red 6 / 30 buildings 20% 24 to go"
    assert "Tasks: 20; " in printed


def test_its_json_is_that_of_the_whole_view(filled: Cli) -> None:
    assert filled.json("status", "--short") == filled.json("status")


def test_it_does_not_go_with_towns(kfly: Cli) -> None:
    refused = kfly.refused("--lang", "en", "status", "--short", "--by", "town", code=2)
    assert refused == "--short and --by do not go together."


def test_where_words_of_lights_have_no_room_signs_are_explained(
    filled: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    args = ("--lang", "en", "status", "--short", "--as-of", "2022-11-30")
    monkeypatch.setenv("COLUMNS", "80")
    narrow = filled.ok(*args)
    monkeypatch.setenv("COLUMNS", "100")

    assert narrow.splitlines()[-1] == "■ red  ● green  ▲ yellow"
    assert "■ red" not in narrow.rpartition("■ red")[0]
    assert filled.ok(*args).count("■ red") > 1


PLAN = """\
plan: {name: 方案, starts: 2022-01-01, ends: 2022-12-31, language: en}
organisations: [{name: 甲局, kind: department}, {name: 东镇, kind: town}]
targets: [{key: one, section: 一, name: One, count: meeting, unit: 次%s}]
"""
GAPS = {
    "tracked": ("", 2, "2022-06-30", "tracked only"),
    "open": (", at_least: 5", 2, "2022-06-30", "3 to go"),
    "met": (", at_least: 2", 2, "2022-06-30", "met"),
    "late": (", at_least: 5", 2, "2023-01-01", "3 short"),
    "its last day": (", at_least: 5", 2, "2022-12-31", "3 to go"),
    "more than": (", more_than: 2", 2, "2022-06-30", "1 to go"),
    "room": (", at_most: 5", 2, "2022-06-30", "3 left"),
    "no room": (", at_most: 2", 2, "2022-06-30", "0 left"),
    "over": (", at_most: 1", 2, "2022-06-30", "1 over"),
}


@pytest.mark.parametrize(("goal", "held", "day", "gap"), GAPS.values(), ids=GAPS)
def test_the_gap_is_said_in_few_words(empty: Cli, goal: str, held: int, day: str, gap: str) -> None:
    (empty.folder / "targets.yaml").write_text(PLAN % goal, encoding="utf-8")
    empty.ok("init")
    for number in range(held):
        empty("add-meeting", "--subject", f"会{number}", "--held-on", "2022-01-05")  # may exceed a ceiling

    row = next(
        line for line in empty.ok("status", "--short", "--as-of", day).splitlines() if line.startswith("One")
    )
    assert row.endswith("  " + gap)


def test_a_sum_that_is_equal_to_what_it_must_exceed_says_so(empty: Cli) -> None:
    plan = PLAN.replace("count: meeting, unit: 次", "sum: fund.size, stock: true, unit: 亿元")
    (empty.folder / "targets.yaml").write_text(plan % ", more_than: 2", encoding="utf-8")
    empty.ok("init")
    fund = ("--name", "基金", "--type", "其他", "--size", "2", "--registered-on", "2022-01-05")
    empty.ok("add-fund", *fund)

    assert empty.ok("status", "--short", "--as-of", "2022-06-30").split("\n")[3].endswith("to be exceeded")
