"""Records without a name to be called by, another program's or a dash: each has words to go by."""

import pytest

from kfly.locale import speak
from kfly.registry.registry import Registry
from tests.registry.test_check_records import put
from tests.support.harbour_city import add, add_building, add_carrier

NO_NAMES = ["", " ", "　", "-", "—", "——", "－ －", "_", "\u200b"]


@pytest.mark.parametrize("name", NO_NAMES)
@pytest.mark.parametrize(("language", "title"), [("en", "building #1"), ("zh", "楼宇 #1")])
def test_it_is_called_by_its_kind_and_id(registry: Registry, name: str, language: str, title: str) -> None:
    speak(language)
    record = add_building(registry, "甲")
    put(registry, "building", record, name=name)
    add_building(registry, "乙")
    registry.titles.forget("building")
    assert registry.titles.of("building") == {record: title, record + 1: "乙"}


@pytest.mark.parametrize("words", ["building #1", "楼宇 #1", "#1", "1"])
def test_it_is_found_by_these_words_in_either_language(registry: Registry, words: str) -> None:
    record = add_building(registry, "—")
    add_building(registry, "乙")
    assert registry.which(registry.kind("building"), words) == record
    assert (
        registry.get(registry.kind("carrier"), add_carrier(registry, "丙", building=words))["building"]
        == record
    )


def test_what_refers_to_it_says_so(registry: Registry) -> None:
    add_building(registry, "—")
    carrier = add_carrier(registry, "丙", building="1")
    assert registry.show(registry.kind("carrier"), carrier)["building"] == "building #1"


def test_the_words_mean_no_record_that_has_a_name(registry: Registry) -> None:
    add_building(registry, "甲")
    assert registry.titles.ids("building", "building #1") == []
    assert registry.titles.ids("building", "building #2") == []


def test_a_record_that_is_really_called_so_keeps_its_name(registry: Registry) -> None:
    add_building(registry, "—")
    add_building(registry, "building #1")
    assert list(registry.titles.of("building").values()) == ["#1", "building #1"]


@pytest.mark.parametrize("name", ["/", "N/A", "无", "0", "A-", "- 1 -"])
def test_whatever_else_is_a_name(registry: Registry, name: str) -> None:
    add_building(registry, name)
    assert list(registry.titles.of("building").values()) == [name]


def test_other_words_stand_for_a_name_that_need_not_be_there(harbour: Registry) -> None:
    add(harbour, "company", code="5", founded_on="2025-01-01")
    assert "" not in harbour.titles.of("company").values()
    assert list(harbour.titles.of("company").values()) == ["5"]
