"""Figures and days as an office writes them."""

from datetime import date
from fractions import Fraction

import pytest

from kfly.locale import speak
from kfly.reports.papers.amounts import write_amount, write_day


@pytest.mark.parametrize(
    ("figure", "unit", "chinese", "english"),
    [
        ("6", "栋", "6栋", "6 栋"),
        ("5000", "m²", "5,000平方米", "5,000 m²"),
        ("9999.99", "m²", "9,999.99平方米", "9,999.99 m²"),
        ("10000", "m²", "1万平方米", "10,000 m²"),
        ("52000", "m²", "5.2万平方米", "52,000 m²"),
        ("123456", "m²", "12.3456万平方米", "123,456 m²"),
        ("123456.78", "m²", "123,456.78平方米", "123,456.78 m²"),  # it would have to be rounded
        ("1916.5", "万元", "1,916.5万元", "1,916.5 万元"),
        ("10000", "万元", "1亿元", "10,000 万元"),
        ("15000", "万元", "1.5亿元", "15,000 万元"),
        ("-20000", "万元", "-2亿元", "-20,000 万元"),
        ("99999999", "元", "9,999.9999万元", "99,999,999 元"),
        ("100000000", "元", "1亿元", "100,000,000 元"),
        ("32.5", "亿元", "32.5亿元", "32.5 亿元"),
        ("0", "m²", "0平方米", "0 m²"),
    ],
)
def test_a_figure_has_the_unit_that_an_office_would_use_and_is_never_rounded_for_it(
    figure: str, unit: str, chinese: str, english: str
) -> None:
    assert write_amount(Fraction(figure), unit) == english
    speak("zh")
    assert write_amount(Fraction(figure), unit) == chinese


def test_days_are_written_in_full() -> None:
    assert write_day(date(2022, 11, 5)) == "5 November 2022"
    speak("zh")
    assert write_day(date(2022, 11, 5)) == "2022年11月5日"
