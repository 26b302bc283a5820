"""A day arrives in the forms people write it in; half a day, or none, is refused."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kfly.plan.kinds import Field
from kfly.plan.model import Name
from kfly.registry.registry import Registry
from kfly.registry.values import BadValueError

reading = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)  # none writes
DAY = Field("held_on", "date", Name("举办日期", "Held on"))
YEAR = Field("year", "year", Name("评估年度", "Year"))
FORMS = [
    "{:%Y-%m-%d}",
    "{0.year}-{0.month}-{0.day}",
    "{0.year}/{0.month}/{0.day}",
    "{:%Y/%m/%d}",
    "{0.year}.{0.month}.{0.day}",
    "{:%Y%m%d}",
    "{0.year}年{0.month}月{0.day}日",
    "{:%Y年%m月%d日}",
    "{:%Y-%m-%d} 00:00:00",
    "{:%Y/%m/%d} 17:45",
    "{:%Y-%m-%d}T23:59:59.999",
    " {:%Y-%m-%d} ",
]


@pytest.mark.parametrize(
    "typed",
    [
        *("2022-03-01", "2022-3-1", "2022/3/1", "2022/03/01", "2022.3.1", "20220301"),
        *("2022年3月1日", "2022年03月01日", "2022年3月1号", "2022 年 3 月 1 日"),
        *(
            "２０２２－０３－０１",
            "２０２２年３月１日",
            "2022-03-01 00:00:00",
            "2022-03-01T00:00:00",
            " 2022-03-01\n",
        ),
        *("2022-03-01 08:30", "2022-03-01 8:30", "2022-03-01 23:59:59", "2022-03-01T08:30:00.125"),
        *(
            "2022/3/1 0:00",
            "2022年3月1日 08:30",
            "２０２２－０３－０１　０８：３０",
            "\ufeff2022-03-01\u200b",
        ),
    ],
)
def test_a_day_is_kept_as_iso_text(registry: Registry, typed: str) -> None:
    assert registry.values.read(DAY, typed) == "2022-03-01"


@pytest.mark.parametrize(
    "typed",
    [
        *("2022-03", "2022年3月", "2022", "2022年", "3月1日", "03-01", "2022年底", "2022/3"),
        *("2022-02-30", "2022-13-01", "2022-00-10", "2023-02-29", "20220230", "2022年2月30日"),
        *("22-3-1", "1/3/2022", "3/1/22", "2022-3/1", "2022.3-1", "44621"),
        *(
            "1899-12-31",
            "2200-01-01",
            "0000-00-00",
            "20222-03-01",
            "today",
            "昨天",
            "2022-03-01x",
            *("2022-03-01 8", "2022-03-01 08:3", "2022-03-01 08:30:", "2022-03-01 08:30x"),
            *("2022-03-0108:30", "08:30", "2022-03 08:30", "2022-02-30 08:30", "2022-03-01 08:30 08:30"),
            "9" * 5000,
        ),
    ],
)
def test_half_a_day_or_none_is_refused(registry: Registry, typed: str) -> None:
    with pytest.raises(BadValueError, match="is not a day; write it as 2022-03-01 or 2022年3月1日"):
        registry.values.read(DAY, typed)


@reading
@given(day=st.dates(date(1900, 1, 1), date(2199, 12, 31)), form=st.sampled_from(FORMS))
def test_any_day_in_any_form_is_the_same_day(registry: Registry, day: date, form: str) -> None:
    assert registry.values.read(DAY, form.format(day)) == day.isoformat()


@reading
@given(day=st.dates(date(1900, 1, 1), date(2199, 11, 30)))
def test_a_day_that_its_month_lacks_is_refused(registry: Registry, day: date) -> None:
    last = (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    with pytest.raises(BadValueError):
        registry.values.read(DAY, f"{last:%Y-%m}-{last.day + 1}")


@pytest.mark.parametrize("typed", ["2022", "2022年", "２０２２", "２０２２年", " 2022 "])
def test_a_year_is_kept_as_a_number(registry: Registry, typed: str) -> None:
    assert registry.values.read(YEAR, typed) == 2022


@pytest.mark.parametrize(
    "typed",
    ["22", "1899", "2200", "2022.0", "2022年度", "2022-01-01", "-2022", "+2022", "二〇二二", "0", "9" * 5000],
)
def test_what_is_no_year_is_refused(registry: Registry, typed: str) -> None:
    with pytest.raises(BadValueError, match="is not a year; write it as 2022"):
        registry.values.read(YEAR, typed)
