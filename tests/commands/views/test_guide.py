"""``guide``: the handbook on the terminal, in both languages, with or without a database."""

import re
from collections import Counter
from pathlib import Path

import pytest
from rich.cells import cell_len

from kfly.services import guide
from kfly.services.guide import TOPICS, find_page_path
from tests.support.runner import Cli


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_lists_its_pages_without_any_database(empty: Cli, language: str) -> None:
    lines = empty.ok("--lang", language, "guide").splitlines()

    listed = [line.split()[0] for line in lines[4 : 4 + len(TOPICS)]]
    assert listed == list(TOPICS)
    assert [page["topic"] for page in empty.json("--lang", language, "guide")] == list(TOPICS)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("width", ["40", "80"])
def test_every_page_fits_and_loses_no_word(
    empty: Cli, monkeypatch: pytest.MonkeyPatch, topic: str, language: str, width: str
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    printed = empty.ok("--lang", language, "guide", topic)

    assert max(cell_len(line) for line in printed.splitlines()) <= int(width)
    source = find_page_path(topic, language).read_text(encoding="utf-8")
    kept = re.sub(
        r"^```\w+|\[[\w./-]+\.md(?=\])|^!?\[[^\]]*\]\([^)]*\)$|\]\([^)]*\)", "", source, flags=re.MULTILINE
    )
    assert Counter(re.findall(r"\w", kept)) - Counter(re.findall(r"\w", printed)) == Counter()


@pytest.mark.parametrize(
    ("asked", "title"),
    [(name, "规则") for name in ("rules", "RULES", "rules.md", "规则", "The rules")] + [("mail", "邮件")],
)
def test_a_page_is_found_by_its_name_or_heading(empty: Cli, asked: str, title: str) -> None:
    assert empty.ok("guide", asked).startswith(title)


def test_a_page_that_is_not_there_is_refused_and_the_nearest_named(empty: Cli) -> None:
    assert empty.refused("guide", "rulse", code=2) == "手册中没有“rulse”，是否要看“rules”？"
    assert empty.refused("--lang", "en", "guide", "规责", code=2) == (
        "The handbook has no page “规责”; did you mean “rules”?"
    )
    assert empty.refused("guide", "??", code=2) == "手册中没有“??”，“kfly guide”可查看全部主题。"
    assert "../rules" in empty.refused("guide", "../rules/../..", code=2)


def test_its_json_is_the_page_as_it_is_written(empty: Cli) -> None:
    page = empty.json("--lang", "en", "guide", "sheets")

    assert (page["topic"], page["title"], page["language"]) == ("sheets", "Sheets in and out", "en")
    assert page["text"] == find_page_path("sheets", "en").read_text(encoding="utf-8")


def test_links_to_other_pages_are_told_as_commands(empty: Cli) -> None:
    printed = re.sub(r"\s", "", empty.ok("guide", "safety"))
    assert "见序时进度（见“kflyguiderules”）" in printed
    assert "](" not in printed


def test_an_installed_package_has_its_own_copy(
    empty: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for language in ("en", "zh"):
        (tmp_path / "handbook" / language).mkdir(parents=True)
        for topic in TOPICS:
            (tmp_path / "handbook" / language / f"{topic}.md").write_text(f"# {topic} {language}", "utf-8")
    monkeypatch.setattr(guide, "PACKAGED", tmp_path / "handbook")

    assert empty.ok("guide", "readme") == "readme zh\n"
    (tmp_path / "handbook" / "zh" / "readme.md").unlink()
    assert "readme.md" in empty.refused("guide", "readme")
