"""Amounts arrive as people type them and are kept in the field's unit, exactly."""

from fractions import Fraction

import pytest

from kfly.registry.quantities import NotAnAmountError, parse_amount


def amount(text: str) -> Fraction:
    return Fraction(text)


@pytest.mark.parametrize(
    ("typed", "square_metres"),
    [
        ("52000", "52000"),
        ("52,000", "52000"),
        ("1,052,000", "1052000"),
        ("5.2万", "52000"),
        ("5.2 万", "52000"),
        ("５２０００", "52000"),
        ("５２，０００", "52000"),
        ("５．２万", "52000"),
        ("52000㎡", "52000"),
        ("52000m²", "52000"),
        ("52000 M2", "52000"),
        ("52000 平方米", "52000"),
        ("52000\u3000平方米", "52000"),
        ("52,000.25平米", "52000.25"),
        ("5.2万平方米", "52000"),
        ("5.2万㎡", "52000"),
        ("3百万平方米", "3000000"),
        ("3千平方米", "3000"),
        ("2公顷", "20000"),
        ("2 ha", "20000"),
        ("0.5平方公里", "500000"),
        ("+12", "12"),
        ("0", "0"),
        ("0.01", "0.01"),
        (" 52000 ", "52000"),
    ],
)
def test_an_area_is_kept_in_square_metres(typed: str, square_metres: str) -> None:
    assert parse_amount(typed, "m²") == amount(square_metres)


@pytest.mark.parametrize(
    ("typed", "square_metres"),
    [
        ("30亩", "20000"),
        ("3亩", "2000"),
        ("1亩", "666.67"),
        ("2亩", "1333.33"),
        ("0.5 亩", "333.33"),
        ("1.5万亩", "10000000"),
        ("３０亩", "20000"),
        ("0.0075亩", "5"),
        ("0.000007500亩", "0.01"),  # 0.005 m², rounded up
    ],
)
def test_mu_are_two_thousand_thirds_of_a_square_metre_rounded_to_the_hundredth(
    typed: str, square_metres: str
) -> None:
    assert parse_amount(typed, "m²") == amount(square_metres)


def test_only_an_area_is_rounded() -> None:
    assert parse_amount("1.2345亩", "亩") == amount("1.2345")
    assert parse_amount("1.2345公顷", "m²") == amount("12345")


@pytest.mark.parametrize(
    ("typed", "unit", "kept"),
    [
        ("3.5", "亿元", "3.5"),
        ("3.5亿元", "亿元", "3.5"),
        ("3.5亿", "亿元", "3.5"),
        ("35000万元", "亿元", "3.5"),
        ("35,000万", "亿元", "3.5"),
        ("350000000元", "亿元", "3.5"),
        ("0.01元", "亿元", "0.0000000001"),
        ("0.8亿元", "万元", "8000"),
        ("0.8亿", "万元", "8000"),
        ("8000万", "万元", "8000"),
        ("8000", "万元", "8000"),
        ("8千万", "万元", "8000"),
        ("8百万元", "万元", "800"),
        ("80元", "万元", "0.008"),
        ("0.01 元", "万元", "0.000001"),
        ("3500万人民币", "万元", "3500"),
        ("３，５００万元", "万元", "3500"),
        ("5万", "元", "50000"),
        ("0.35亿", "元", "35000000"),
        ("99.99", "元", "99.99"),
    ],
)
def test_money_is_kept_in_the_unit_of_its_field(typed: str, unit: str, kept: str) -> None:
    assert parse_amount(typed, unit) == amount(kept)


@pytest.mark.parametrize(
    ("typed", "unit", "kept"),
    [
        ("85", None, "85"),
        ("85.5", None, "85.5"),
        ("1,200", None, "1200"),
        ("1.2万", None, "12000"),
        ("-120.25", None, "-120.25"),
        ("−120.25", None, "-120.25"),
        ("－120.25", None, "-120.25"),
        ("12家", "家", "12"),
        ("5mw", "MW", "5"),
        ("5MW", "MW", "5"),
        ("3m³", "m³", "3"),
        ("5千瓦", "千瓦", "5"),
        ("5万人", "万人", "5"),
    ],
)
def test_other_numbers_take_their_own_unit_or_none(typed: str, unit: str | None, kept: str) -> None:
    assert parse_amount(typed, unit) == amount(kept)


@pytest.mark.parametrize(("typed", "unit"), [("5万", "万人"), ("5千", "千瓦")])
def test_a_bare_multiplier_is_refused_where_the_unit_has_one_of_its_own(typed: str, unit: str) -> None:
    with pytest.raises(NotAnAmountError):
        parse_amount(typed, unit)


@pytest.mark.parametrize(
    "typed",
    [
        *("abc", "五千", "5千克", "5.2.1", "52 000", "1e5", "1E5", "0x10", "nan", "inf", "-inf", "NaN"),
        *("", "   ", ".", ".5", "5.", "万", "㎡", "--5", "5-", "½", "约5000", "5000左右", "5000~6000"),
        *("52,00", "5,2000", "52,0000", ",520", "520,", "5,,200", "1,000,00", "0.1,000", "1000,000"),
        *("٥٠٠٠", "๕", "5万万", "5\0", "9" * 101, "9" * 5000, "1." + "0" * 5000),
    ],
)
@pytest.mark.parametrize("unit", ["m²", "万元", "元", "家", None])
def test_what_is_no_amount_is_refused(typed: str, unit: str | None) -> None:
    with pytest.raises(NotAnAmountError):
        parse_amount(typed, unit)


@pytest.mark.parametrize(
    ("typed", "unit"),
    [
        *(("52000元", "m²"), ("5万元", "m²"), ("52000米", "m²"), ("52000m", "m²"), ("3.5亿元", "m²")),
        *(("52000㎡", "万元"), ("30亩", "万元"), ("3500美元", "万元"), ("$3500", "万元"), ("5%", "亿元")),
        *(("30亩", "家"), ("5元", "家"), ("85分", None), ("5㎡", None), ("5万元", None), ("100人", None)),
    ],
)
def test_a_unit_that_does_not_fit_is_refused(typed: str, unit: str | None) -> None:
    with pytest.raises(NotAnAmountError):
        parse_amount(typed, unit)
