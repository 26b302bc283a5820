"""What the styles of an OpenDocument file say, by their parents, their defaults and their formats."""

from xml.etree import ElementTree

import pytest

from kfly.registry.sheets.workbooks.ods.formats import DataStyle
from kfly.registry.sheets.workbooks.ods.styles import MOST_PARENTS, Marks, Styles
from tests.support.opendocument import document

CELL = 'style:family="table-cell"'
OUT = '<style:text-properties style:text-line-through-style="solid"/>'
WAN = (
    '<number:number-style style:name="N1"><number:number/><number:text>万</number:text></number:number-style>'
)
DIGITS = '<number:number number:decimal-places="1"/>'


def styles(*parts: str) -> Styles:
    """The styles of a file, learned part by part."""
    found = Styles()
    for part in parts:
        found.learn(ElementTree.fromstring(document(styles=part))[0])
    return found


def shown_by(sort: str, inner: str) -> DataStyle | None:
    """How a cell of a format of this sort shows its number."""
    form = f'<number:{sort} style:name="N">{inner}</number:{sort}>'
    return styles(form + f'<style:style style:name="c" {CELL} style:data-style-name="N"/>').find_data_style(
        "c"
    )


def test_a_style_called_like_its_parent_takes_from_it() -> None:
    named = f'<style:style style:name="Void" {CELL}>{OUT}</style:style>'
    own = f'<style:style style:name="Void" {CELL} style:parent-style-name="Void"/>'

    assert styles(named, own).find_marks("table-cell", "Void").struck is True


def test_the_default_of_a_family_holds_where_no_style_says_otherwise() -> None:
    default = f"<style:default-style {CELL}>{OUT}</style:default-style>"
    found = styles(
        default
        + f'<style:style style:name="plain" {CELL}/>'
        + f'<style:style style:name="level" {CELL}>{OUT.replace("solid", "none")}</style:style>'
    )

    assert found.find_marks("table-cell", "plain").struck is True
    assert found.find_marks("table-cell", None).struck is True
    assert found.find_marks("table-cell", "level").struck is False
    assert found.find_marks("table-cell", "not there").struck is True
    assert found.find_marks("text", None) == Marks()  # another family


def test_parents_that_go_in_a_circle_come_to_an_end() -> None:
    found = styles(
        f'<style:style style:name="a" {CELL} style:parent-style-name="b"/>'
        f'<style:style style:name="b" {CELL} style:parent-style-name="a"/>'
    )

    assert found.find_marks("table-cell", "a") == Marks()
    assert found.find_data_style("a") is None


def test_a_long_chain_of_parents_is_followed() -> None:
    chain = "".join(
        f'<style:style style:name="s{n}" {CELL} style:parent-style-name="s{n + 1}"/>'
        for n in range(MOST_PARENTS - 1)
    )
    last = f'<style:style style:name="s{MOST_PARENTS - 1}" {CELL}>{OUT}</style:style>'

    assert styles(chain + last).find_marks("table-cell", "s0").struck is True


def test_the_format_of_a_parent_is_the_format_of_the_cell() -> None:
    found = styles(
        WAN
        + f'<style:style style:name="wan" {CELL} style:data-style-name="N1"/>'
        + f'<style:style style:name="child" {CELL} style:parent-style-name="wan"/>'
        + f'<style:style style:name="other" {CELL} style:data-style-name="N2"/>'
    )

    assert found.find_data_style("child") == DataStyle("", "万", 1, is_plain=False)
    assert found.find_data_style("other") is None  # a format that is not there
    assert found.find_data_style(None) is None


def test_styles_of_lists_and_pages_change_nothing() -> None:
    found = styles(
        '<text:list-style style:name="L1"/>'
        f'<style:style style:name="out" {CELL}><style:paragraph-properties/>{OUT}</style:style>'
        '<style:style style:name="shown" style:family="table"><style:table-properties/></style:style>'
        '<style:style style:name="away" style:family="table"><style:table-properties table:display="false"/>'
        "</style:style>"
    )

    assert found.find_marks("table-cell", "out").struck is True
    assert found.is_shown("shown")
    assert not found.is_shown("away")
    assert found.is_shown(None)


@pytest.mark.parametrize(
    ("sort", "inner", "shown"),
    [
        ("number-style", DIGITS + "<number:text>亩</number:text>", ("", "亩", 1)),
        ("number-style", "<number:text>约</number:text>" + DIGITS, ("约", "", 1)),
        ("number-style", '<number:number number:display-factor="1000"/>', ("", "", 1000)),
        ("percentage-style", DIGITS + "<number:text>%</number:text>", ("", "%", 0.01)),
        (
            "currency-style",
            "<number:currency-symbol>$</number:currency-symbol>" + DIGITS,
            ("$", "", 1),
        ),
        (
            "currency-style",
            DIGITS + "<number:currency-symbol>€</number:currency-symbol>",
            ("", "€", 1),
        ),
    ],
)
def test_a_format_gives_its_words_and_its_scale(sort: str, inner: str, shown: tuple[str, str, float]) -> None:
    assert shown_by(sort, inner) == DataStyle(*shown, is_plain=False)


@pytest.mark.parametrize(
    ("sort", "inner"),
    [
        ("date-style", "<number:year/><number:text>年</number:text>"),
        ("text-style", "<number:text-content/><number:text>号</number:text>"),
        ("number-style", DIGITS + '<number:text>万</number:text><style:map style:condition="value()&lt;0"/>'),
    ],
)
def test_a_format_of_no_number_or_that_depends_on_it_says_nothing(sort: str, inner: str) -> None:
    assert shown_by(sort, inner) == DataStyle()
