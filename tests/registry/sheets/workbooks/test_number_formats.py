"""Number formats: what a person reads from them is reckoned with, or told so that no field takes it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kfly.registry.quantities import parse_amount
from kfly.registry.sheets.workbooks.number_formats import gives_unit, show_with_unit


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (5.2, '0.0"万㎡"', "5.2万㎡"),
        (5.24, '0.0"万"', "5.24万"),  # the display is rounded, the value is not
        (9.899999999999999, '0.0"万㎡"', "9.9万㎡"),  # the dust of a sum is no digit
        (30.0, '0"亩"', "30亩"),
        (30.0, r"0\亩", "30亩"),
        (30.0, "0亩", "30亩"),
        (3.0, 'General"公顷"', "3公顷"),
        (3.0, 'G/通用格式"公顷"', "3公顷"),
        (0.85, "0%", "85%"),
        (0.8512, "0.00%", "85.12%"),
        (52000.0, '0!.0,"万"', "5.2万"),
        (52345.0, '0"."0,"万元"', "5.2345万元"),
        (52_000_000.0, '0.00,,"百万"', "52百万"),
        (52345.0, '[>=10000]0!.0,"万";0', "5.2345万"),
        (5.2, '[<>0]0.0"万";"无"', "5.2万"),
        (5.2, '[=5.2]0.0"万";0', "5.2万"),
        (5.2, '[<0]0.0"亩";[<10]0.0"万"', "5.2万"),
        (-5.2, '0.0"万";[Red]-0.0"万"', "-5.2万"),
        (100.0, '"约"0"亩"', "约100亩"),
        (100.0, "[$$-409]#,##0.00", "$100"),
        (100.0, "[$US$-409]#,##0.00", "US$100"),
        (52000.0, "0.0,", "52×1000"),  # scaled, and nobody says so
    ],
)
def test_a_number_is_told_with_the_unit_that_its_format_shows(value: float, code: str, shown: str) -> None:
    assert show_with_unit(value, code) == shown
    assert gives_unit(code)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (52000.0, "General"),
        (52000.0, "#,##0.00"),
        (52000.0, "#,##0.00_);[Red](#,##0.00)"),
        (52000.0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '),
        (52000.0, "¥#,##0.00"),
        (52000.0, "[$¥-804]#,##0.00"),
        (20463.0, "0000000"),
        (12000000.0, "0.00E+00"),
        (0.5, "# ?/?"),
        (44625.0, 'm"月"d"日"'),
        (44625.0, "yyyy-mm-dd"),
        (0.5, "[h]:mm"),
        (5.0, "@"),
        (5000.0, '[>=10000]0!.0,"万";0'),  # below ten thousand it shows the number itself
        (0.0, '0.0"万";-0.0"万";"-"'),
        (5.0, ""),
    ],
)
def test_a_format_without_a_unit_says_nothing(value: float, code: str) -> None:
    assert show_with_unit(value, code) is None


@given(
    st.integers(1, 10**9), st.sampled_from(['0.0"万㎡"', '0"㎡"', '0!.0,"万㎡"', '#,##0"亩"', '0.00"公顷"'])
)
def test_what_is_shown_of_an_area_is_an_area(hundredths: int, code: str) -> None:
    value = hundredths / 100
    shown = show_with_unit(value, code)

    assert shown is not None
    unit = shown.lstrip("0123456789.")
    factor = {"万㎡": 10_000, "㎡": 1, "亩": 0, "公顷": 10_000}[unit]
    scale = 10_000 if "," in code.replace("#,##", "") else 1
    if factor:
        assert parse_amount(shown, "m²") == Decimal(repr(value)) * factor / scale


@given(st.floats(allow_nan=False, allow_infinity=False, width=32), st.text(max_size=20))
def test_no_format_is_too_odd_to_be_read(value: float, code: str) -> None:
    shown = show_with_unit(value, code)
    assert shown is None or gives_unit(code)
