"""Each promise of the page on safety names the tests that prove it, and they exist."""

import re
from pathlib import Path

import pytest

from tests.support import ROOT

PAGES = {"en": ROOT / "docs/safety.md", "zh": ROOT / "docs/zh/safety.md"}
HEADINGS = {"en": "## What proves it", "zh": "## 以何为证"}


def rows(language: str) -> list[tuple[str, list[str]]]:
    """The promises of a page, each with the tests that are named."""
    table = PAGES[language].read_text(encoding="utf-8").partition(HEADINGS[language])[2]
    lines = [line for line in table.splitlines() if line.startswith("|")][2:]
    cells = [line.strip("|").rpartition(" | ") for line in lines]
    return [(promise.strip(), re.findall(r"`(\w+)`", named)) for promise, _bar, named in cells]


def functions() -> set[str]:
    """The names of all tests."""
    return {
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(
            r"^(?:async )?def (test_\w+)", Path(path).read_text(encoding="utf-8"), re.MULTILINE
        )
    }


@pytest.mark.parametrize("language", PAGES)
def test_each_promise_names_tests_that_exist(language: str) -> None:
    known = functions()
    assert len(rows(language)) > 20
    assert [promise for promise, named in rows(language) if not named] == []
    assert {name for _promise, named in rows(language) for name in named} - known == set()


def test_both_languages_name_the_same_tests() -> None:
    english, chinese = ([named for _promise, named in rows(language)] for language in ("en", "zh"))
    assert english == chinese
