"""The lines of a calendar file: folded, escaped, and read back as they were by a library."""

from datetime import UTC, date, datetime

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kfly.reports.calendar.lines import (
    MOST_OCTETS,
    escape,
    fold,
    spell_before,
    spell_day,
    spell_moment,
    write_lines,
)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_no_line_is_longer_than_it_may_be_and_no_sign_is_cut(text: str) -> None:
    parts = list(fold(text))
    assert all(len(part.encode()) <= MOST_OCTETS for part in parts)
    assert parts[0] + "".join(part.removeprefix(" ") for part in parts[1:]) == text


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"], include_characters="\n"), max_size=120))
def test_a_library_reads_any_text_back(text: str) -> None:
    written = write_lines(["BEGIN:VEVENT", f"SUMMARY:{escape(text)}", "END:VEVENT"])
    assert str(icalendar.Event.from_ical(written)["SUMMARY"]) == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("5,000；a;b", "5\\,000；a\\;b"),
        ("甲\\乙", "甲\\\\乙"),
        ("一\r\n二\r三\n四", "一\\n二\\n三\\n四"),
        ("铃\a响\x1b[31m", "铃响[31m"),
    ],
)
def test_what_means_something_else_is_escaped(text: str, written: str) -> None:
    assert escape(text) == written


@pytest.mark.parametrize(
    ("days", "written"), [(0, "PT9H"), (1, "-PT15H"), (7, "-P6DT15H"), (30, "-P29DT15H")]
)
def test_an_alarm_goes_off_in_the_morning_so_many_days_before(days: int, written: str) -> None:
    assert spell_before(days, 9) == written


def test_days_and_moments_have_all_their_digits() -> None:
    assert spell_day(date(22, 1, 3)) == "00220103"
    assert spell_moment(datetime(2022, 1, 3, 4, 5, 6, 7, tzinfo=UTC)) == "20220103T040506Z"
