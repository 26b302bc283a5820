"""Markdown on the screen: plain, whole, and never wider than the screen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from kfly.console.markdown import render_markdown
from kfly.console.screen import make_console


def rendered(source: str) -> list[str]:
    screen = make_console()
    with screen.capture() as captured:
        screen.print(render_markdown(source))
    return [line.rstrip() for line in captured.get().split("\n")][:-1]


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("# Title\n\nText.", ["Title", "", "Text."]),
        ("## Second\nText\ngoes on.", ["Second", "", "Text goes on."]),
        ("中文一行\n接着一行。", ["中文一行接着一行。"]),
        ("一行；\n`code` 在后", ["一行；`code` 在后"]),
        ("**粗体。** 正文", ["粗体。正文"]),
        ("A **bold** and an *inclined* word, 2 * 3 * 4.", ["A bold and an inclined word, 2 * 3 * 4."]),
        ("`**kept**` and `_*`", ["`**kept**` and `_*`"]),
        ("See [the page](mail.md) and [`code`](x.md).", ["See the page and `code`."]),
        ("![a picture](x.svg)\n\n[中文](README.zh.md)\n\nText", ["Text"]),
        ("> Example: one\n> and two.", ["  Example: one and two."]),
        ("- one\n- two\n  goes on", ["- one", "- two goes on"]),
        ("1. one\n2. two", ["1. one", "2. two"]),
        ("```bash\nkfly\n\n# none\n| no | table |\n```", ["  kfly", "", "  # none", "  | no | table |"]),
        ("| a | b |\n| --- | --- |\n| x \\| y | `z` |", ["a      b", "──────────", "x | y  `z`"]),
        ("Text\n```\ncode\n```\nText", ["Text", "", "  code", "", "Text"]),
        ("", []),
    ],
)  # fmt: skip
def test_each_part_of_a_page(source: str, lines: list[str]) -> None:
    assert rendered(source) == lines


@pytest.mark.parametrize(
    ("line", "lines"),
    [
        (
            "kfly list building             # " + "所有楼宇" * 4,
            [
                "kfly list building             #",
                "所有楼宇",
                "#",
                "所有楼宇",
                "#",
                "所有楼宇",
                "#",
                "所有楼宇",
            ],
        ),
        ("kfly list building --as-of 2022-11-30 --json", ["kfly list building --as-of", "2022-11-30 --json"]),
    ],
)
def test_code_that_is_too_long_goes_on_below_itself(
    monkeypatch: pytest.MonkeyPatch, line: str, lines: list[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "44")

    printed = rendered(f"```\n{line}\n```")
    assert "".join(printed).replace(" ", "") == "".join(lines).replace(" ", "")
    assert all(cell_len(each) <= 44 for each in printed)
    remarks = [each for each in printed if "所有" in each]
    assert all(each.lstrip().startswith(("#", "kfly")) for each in remarks)


@pytest.mark.parametrize("width", [40, 80])
def test_a_backtick_never_begins_or_ends_a_line_alone(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    for length in range(30, 90):
        for line in rendered("字" * (length // 2) + "`2022年3月1日`，全角"):
            assert not line.startswith(("`，", "，"))
            assert not line.endswith(" `")


LONG = "字" * 60
PARTS = st.lists(
    st.sampled_from(
        [*("# 标题", "正文 text `x`。", "", "- item", "> quoted", "```", "| a | b |", "| --- | --- |"), LONG]
    ),
    max_size=12,
)  # fmt: skip


@given(PARTS)
def test_whatever_a_page_is_made_of_its_words_are_all_there(parts: list[str]) -> None:
    printed = "\n".join(rendered("\n".join(parts)))

    assert all(cell_len(line) <= 100 for line in printed.split("\n"))
    for word in ("标题", "item", "quoted", "text"):
        wanted = sum(word in part for part in parts)
        assert printed.count(word) == wanted
    assert printed.count("字") == 60 * parts.count(LONG)
