"""Every page that people read stands in both languages, and the two keep step."""

import re
import tomllib
from pathlib import Path

import pytest

from kfly.services.guide import README, TOPICS
from tests.support import ROOT

DOCS = ROOT / "docs"
PAIRS = {
    "README.md": (ROOT / "README.md", ROOT / "README.zh.md"),
    **{path.name: (path, DOCS / "zh" / path.name) for path in sorted(DOCS.glob("*.md"))},
}
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^(#+) ", re.MULTILINE)
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def pages(name: str) -> tuple[str, str]:
    english, chinese = PAIRS[name]
    return english.read_text(encoding="utf-8"), chinese.read_text(encoding="utf-8")


def prose(page: str) -> str:
    return FENCE.sub("", page)


def typed(code: str) -> list[str]:
    """The lines of a block without the comments, which are in the language of the page."""
    return [line for line in (re.sub(r"(^|\s+)#.*$", "", line) for line in code.split("\n")) if line.strip()]


def beginnings(code: str) -> list[str]:
    """The first word of each line that is indented least: what a command prints goes on in its language."""
    return [re.split(r"[\s：:]", line)[0] for line in code.strip("\n").split("\n") if line.strip()]


def blocks(page: str) -> list[tuple[str, list[str]]]:
    return [(language, (typed if language else beginnings)(code)) for language, code in FENCE.findall(page)]


def table_rows(page: str) -> list[int]:
    """How many cells each row of a table has."""
    return [line.replace("\\|", "").count("|") for line in prose(page).split("\n") if line.startswith("|")]


def test_every_page_has_its_partner() -> None:
    assert [name for name, pair in PAIRS.items() if not all(path.is_file() for path in pair)] == []
    assert {path.name for path in (DOCS / "zh").iterdir()} == {path.name for path in DOCS.glob("*.md")}


@pytest.mark.parametrize("name", PAIRS)
def test_a_pair_has_the_same_shape(name: str) -> None:
    english, chinese = pages(name)

    assert HEADING.findall(prose(chinese)) == HEADING.findall(prose(english))
    assert table_rows(chinese) == table_rows(english)
    assert chinese.count("\n- ") == english.count("\n- ")
    assert chinese.count("\n> 例") == english.count("\n> Example")
    assert len(re.findall(r"\]\(", chinese)) == len(re.findall(r"\]\(", english))


@pytest.mark.parametrize("name", sorted(PAIRS.keys() - {"commands.md", "schema.md"}))
def test_a_pair_shows_the_same_code(name: str) -> None:
    english, chinese = pages(name)

    assert blocks(chinese) == blocks(english)


def test_the_pages_that_come_from_the_program_name_the_same_commands_and_tables() -> None:
    english, chinese = pages("commands.md")
    for found in (r"^## (.*)", r"--[a-z-]+"):
        assert set(re.findall(found, chinese, re.MULTILINE)) == set(re.findall(found, english, re.MULTILINE))
    english, chinese = pages("schema.md")
    assert FENCE.findall(chinese) == FENCE.findall(english)


@pytest.mark.parametrize("name", sorted(PAIRS.keys() - {"commands.md", "schema.md"}))
def test_a_pair_names_the_same_options_and_files(name: str) -> None:
    english, chinese = (
        set(re.findall(r"`(--[a-z-]+|[\w./-]+\.(?:py|yaml|md))`", page)) for page in pages(name)
    )

    assert chinese == english


@pytest.mark.parametrize("name", PAIRS)
def test_a_chinese_page_is_chinese(name: str) -> None:
    """Each paragraph of it has Chinese in it, and no half-width comma or stop between Chinese characters."""
    words = re.sub(r"`[^`]*`|^## .*", "", prose(pages(name)[1]), flags=re.MULTILINE)
    paragraphs = [each for each in words.split("\n\n") if re.search("[A-Za-z]{4}", each)]

    english = [each for each in paragraphs if not CHINESE.search(each) and not each.strip().startswith("[")]
    assert english == []
    assert (
        re.findall(r"[\u4e00-\u9fff][,;:?!()].?|[,;:?!()][\u4e00-\u9fff]", re.sub(r"\]\([^)]*\)", "]", words))
        == []
    )


def test_the_handbook_has_every_page_and_the_wheel_carries_it() -> None:
    assert set(TOPICS) - {README} == {path.stem for path in DOCS.glob("*.md")}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    carried = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    for topic in TOPICS:
        for language, source in zip(
            ("en", "zh"), PAIRS[f"{topic}.md" if topic != README else "README.md"], strict=True
        ):
            name = Path(source).relative_to(ROOT).as_posix()
            assert carried[name] == f"kfly/handbook/{language}/{topic}.md"
