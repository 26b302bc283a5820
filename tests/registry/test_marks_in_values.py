"""Footnote marks are no digits, unseen marks are taken out, and what stands for no value is refused."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kfly.errors import KflyError
from kfly.plan.signs import JOINER, UNSEEN, normalise, take_out_unseen
from kfly.registry.quantities import NotAnAmountError, parse_amount
from kfly.registry.registry import Registry
from kfly.registry.values import BadValueError
from tests.support.harbour_city import add_building
from tests.support.runner import Cli

MARKS = "①²⑴₁⒈❶㈠㊀⁵½⓪⒛㉑⑽"
FIELDS = ["floor_area", "surveyed_on", "town", "ownership"]
TYPED = ["5000", "2022.3.1", "华士镇", "国有"]


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize(("name", "typed"), list(zip(FIELDS, TYPED, strict=True)))
@pytest.mark.parametrize("before", [False, True])
def test_a_footnote_mark_is_part_of_no_value(
    registry: Registry, name: str, typed: str, mark: str, before: bool
) -> None:
    field = registry.kind("building").field(name)
    assert field is not None
    with pytest.raises(BadValueError):
        registry.values.read(field, mark + typed if before else typed + mark)


@pytest.mark.parametrize("mark", MARKS)
def test_a_footnote_mark_makes_up_no_year_or_whole_number(registry: Registry, mark: str) -> None:
    year = registry.kind("evaluation").field("year")
    assert year is not None
    for typed in (f"202{mark}", f"2022{mark}"):
        with pytest.raises(BadValueError):
            registry.values.read(year, typed)


@pytest.mark.parametrize(
    ("typed", "unit"), [("52m²", "m²"), ("52㎡", "m²"), ("52m³", "m³"), ("52㎥", "m³"), ("５２ｍ²", "m²")]
)
def test_powers_of_units_are_part_of_them(typed: str, unit: str) -> None:
    assert parse_amount(typed, unit) == Fraction(52)


@pytest.mark.parametrize("typed", ["52㎡①", "52m²²", "52²m²", "5²2"])
def test_a_mark_beside_a_unit_is_none_of_it(typed: str) -> None:
    with pytest.raises(NotAnAmountError):
        parse_amount(typed, "m²")


@given(st.text(st.sampled_from("0123456789.万元" + MARKS), min_size=1, max_size=8))
def test_no_mark_ever_turns_into_a_digit(text: str) -> None:
    marks = set(text) & set(MARKS)
    assert marks <= set(normalise(text))
    if marks:
        with pytest.raises(NotAnAmountError):
            parse_amount(text, "万元")


def test_a_task_is_not_found_by_a_number_with_a_mark(kfly: Cli) -> None:
    assert kfly("--lang", "en", "task", "1²").code
    assert kfly("--lang", "en", "status", "--as-of", "2022-03-0¹").code


@pytest.mark.parametrize("mark", UNSEEN)
def test_marks_that_nobody_sees_are_taken_out(registry: Registry, mark: str) -> None:
    typed = {
        "name": f"创新{mark}大厦",
        "town": f"华士{mark}镇",
        "floor_area": f"5{mark}000",
        "ownership": f"国{mark}有",
        "surveyed_on": f"2022{mark}-03-01",
    }
    record = add_building(registry, **typed)
    shown = registry.show(registry.kind("building"), record)
    assert [shown[name] for name in typed] == ["创新大厦", "华士镇", 5000, "国有", "2022-03-01"]
    assert registry.which(registry.kind("building"), typed["name"]) == record


def test_a_text_of_marks_alone_is_none(registry: Registry) -> None:
    with pytest.raises(KflyError, match="Building: is required"):
        add_building(registry, UNSEEN)


@pytest.mark.parametrize("picture", ["👨‍👩‍👧‍👦", "🏳️‍🌈", "👩🏽‍💻"])
def test_what_joins_two_pictures_stays(picture: str) -> None:
    assert take_out_unseen(f"甲{JOINER}乙{picture}\u200b丙") == f"甲乙{picture}丙"


@given(st.text(st.one_of(st.characters(), st.sampled_from(UNSEEN))))
def test_taking_marks_out_twice_takes_out_no_more(text: str) -> None:
    once = take_out_unseen(text)
    assert take_out_unseen(once) == once
    assert not set(once) & (set(UNSEEN) - {JOINER})


@pytest.mark.parametrize("name", ["name", "floor_area", "surveyed_on", "town", "ownership", "owner"])
@pytest.mark.parametrize(
    ("text", "why"),
    [
        *(
            (text, "is a formula that has failed")
            for text in ("#SPILL!", "#CALC!", "#FIELD!", "#GETTING_DATA")
        ),
        *((text, "is a formula that has failed") for text in ("Err:502", "错误：502", "#PYTHON!", "#n/a")),
        *((text, "is a picture in a cell") for text in ('=DISPIMG("ID_0A",1)', '=_xlfn.DISPIMG("ID_0A",1)')),
        ("########", "is shown where a column is too narrow"),
        ("楼\ufffd宇", "in place of one that was lost"),
    ],
)
def test_what_stands_for_no_value_is_refused_in_every_field(
    registry: Registry, name: str, text: str, why: str
) -> None:
    field = registry.kind("building").field(name)
    assert field is not None
    with pytest.raises(BadValueError, match=why):
        registry.values.read(field, text)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2022-03-01T00:00:00Z", "2022-03-01"),
        ("2022-02-28T16:00:00Z", "2022-03-01"),
        ("2022-02-28T16:00:00.000Z", "2022-03-01"),
        ("2022-03-01T15:59:59Z", "2022-03-01"),
        ("2022-03-01T23:00:00+08:00", "2022-03-01"),
        ("2022-03-01 08:30:00 +0800", "2022-03-01"),
        ("2022-03-01Z", "2022-03-01"),
        ("2022-03-01+08:00", "2022-03-01"),
    ],
)
def test_a_moment_with_a_zone_is_its_day_in_china(registry: Registry, typed: str, day: str) -> None:
    field = registry.kind("building").field("surveyed_on")
    assert field is not None
    assert registry.values.read(field, typed) == day


@pytest.mark.parametrize("typed", ["2022-02-28T16:00:01Z", "2022-03-01T23:00Z", "2022-03-01T00:00:00+09:00"])
def test_a_moment_that_is_on_another_day_in_china_is_refused(registry: Registry, typed: str) -> None:
    field = registry.kind("building").field("surveyed_on")
    assert field is not None
    with pytest.raises(BadValueError, match="is on another day in China"):
        registry.values.read(field, typed)


@pytest.mark.parametrize("typed", ["2022-03-01T24:00:00Z", "2022-03-01 25:00", "2022-03-01T00:00X", "Z"])
def test_a_time_that_is_none_makes_no_day(registry: Registry, typed: str) -> None:
    field = registry.kind("building").field("surveyed_on")
    assert field is not None
    with pytest.raises(BadValueError, match="is not a day"):
        registry.values.read(field, typed)
