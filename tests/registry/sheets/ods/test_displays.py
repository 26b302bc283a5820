"""What is shown of a number counts where it gives a unit; to round or to group changes nothing."""

import pytest

from kfly.registry.sheets.workbooks.ods.displays import find_unit, find_unit_of_style
from kfly.registry.sheets.workbooks.ods.formats import DataStyle


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (52000, "52000"),
        (52000, "52,000.00"),
        (52000, "52 000"),
        (52000.5, "52.000,5"),  # as in Germany
        (52000, "¥52,000.00"),
        (52000, "￥ 52,000"),
        (52000, " ¥52,000.00 "),
        (52000, "CNY 52,000"),
        (52000.4, "52000"),
        (0.5, "1"),  # rounded up
        (0.4, "0"),
        (-5, "(5.00)"),
        (-5, "5"),  # red
        (-5, "-5"),
        (5, "+5"),
        (52340, "5.234E+04"),
        (52345, "5.23E+04"),
        (5.25, "5 1/4"),
        (5.25, "21/4"),
        (0, "-"),  # as accountants write nothing
        (0, ""),
        (7, "###"),
        (52000, "５２０００"),
        (52000, "五万二千"),
        (20463, "0020463"),
        (13812345678, "138-1234-5678"),
        (52000, ""),
    ],
)
def test_what_only_rounds_groups_or_names_the_money_changes_nothing(value: float, words: str) -> None:
    assert find_unit(value, words) is None


@pytest.mark.parametrize(
    ("value", "words", "typed"),
    [
        (5.2, "5.2万㎡", "5.2万㎡"),
        (5.2, "5.2 万m2", "5.2万m2"),
        (5.2345, "5.2万㎡", "5.2345万㎡"),
        (30, "30亩", "30亩"),
        (52000, "5.2万", "5.2万"),
        (52345, "5.2万", "5.2345万"),
        (52345, "¥5.2万", "5.2345万"),
        (-52345, "-5.2万", "-5.2345万"),
        (52345678, "0.52亿元", "0.52345678亿元"),
        (0.85, "85%", "85%"),
        (0.8567, "86%", "85.67%"),
        (0.004, "0%", "0.4%"),
        (85, "85%", "85%"),
        (0, "0%", "0%"),
        (0.005, "5‰", "5‰"),
        (5000, "$5,000.00", "$5000"),
        (5000, "5,000.00 €", "5000€"),
        (52000, "52", "52×1000"),
        (44627, "44627号", "44627号"),
        (52000, "5.2E+00万", "5.2万"),
    ],
)
def test_a_unit_is_read_with_the_digits_that_are_kept(value: float, words: str, typed: str) -> None:
    assert find_unit(value, words) == typed


@pytest.mark.parametrize(
    ("value", "words"),
    [(4000, "0万"), (1, "是"), (3, "大于2"), (5, "7"), (0.3, "-"), (52000, "面积52000或60000")],
)
def test_what_cannot_be_the_number_is_no_amount(value: float, words: str) -> None:
    shown = find_unit(value, words)
    assert shown is not None
    assert shown != words or "或" in words


def test_a_percentage_by_its_type_is_a_hundredth() -> None:
    assert find_unit(0.004, "0%", is_share=True) == "0.4%"
    assert find_unit(1, "1%", is_share=True) == "1%"


def test_other_money_is_named_even_where_no_sign_of_it_is_shown() -> None:
    assert find_unit(5000, "5,000.00", "USD") == "5000USD"
    assert find_unit(5000, "5,000.00", "CNY") is None
    assert find_unit(5000, "¥5,000.00", "JPY") is None  # programs take ¥ for the yen


@pytest.mark.parametrize(
    ("style", "typed"),
    [
        (DataStyle(), None),
        (DataStyle("", "", 1, is_plain=False), None),
        (DataStyle("", "亩", 1, is_plain=False), "52000亩"),
        (DataStyle("约", "亩", 1, is_plain=False), "约52000亩"),
        (DataStyle("¥", "", 1, is_plain=False), None),
        (DataStyle("", "", 1000, is_plain=False), "52×1000"),
        (DataStyle("", "万", 10000, is_plain=False), "5.2万"),
        (DataStyle("", "%", 0.01, is_plain=False), "5200000%"),
        (DataStyle("", "打", 12, is_plain=False), "52000÷12"),  # no field takes it
    ],
)
def test_a_format_alone_gives_its_unit_too(style: DataStyle, typed: str | None) -> None:
    assert find_unit_of_style(52000, style) == typed


def test_more_digits_than_a_spreadsheet_holds_are_no_number() -> None:
    assert find_unit(52000, "5.2E+400") == "5.2E+400 = 52000"
