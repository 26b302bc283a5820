"""Which formulas of Excel 97 may have come to an empty text."""

import pytest

from kfly.registry.sheets.workbooks.biff_tokens import may_be_empty, points_to
from tests.support.old_workbooks import ADD, TIMES, call, number, ref, word

EMPTY = (3, 2)  # C3
CONCAT, MINUS, PLUS, PAREN, SUM_OF = b"\x08", b"\x13", b"\x12", b"\x15", b"\x19\x10\0\0"
AREA = b"\x25" + bytes(8)
THEN, SKIP, CHOICES = b"\x19\x02\x09\0", b"\x19\x08\x05\0", b"\x19\x04\x02\0" + bytes(6)
IF, SUM, ROUND, CHOOSE, VLOOKUP, TRIM = 1, 4, 27, 100, 102, 118


def function(number_: int) -> bytes:
    """A function whose number of arguments is known."""
    return b"\x41" + number_.to_bytes(2, "little")


MAY = {
    "an empty text": word(""),
    "a branch that is empty": number(1) + THEN + word("") + SKIP + number(0) + SKIP + call(IF, 3),
    "the other branch": number(1) + THEN + ref("C2") + SKIP + word("") + SKIP + call(IF, 3),
    "a cell that holds an empty text": ref("C3"),
    "such a cell in brackets, with a plus": ref("C3") + PLUS + PAREN,
    "a branch that is such a cell": number(1) + ref("C3") + number(0) + call(IF, 3),
    "two texts joined": ref("A2") + ref("B2") + CONCAT,
    "one of several": number(1) + CHOICES + number(2) + word("") + call(CHOOSE, 3),
    "something looked up": ref("A2") + AREA + number(2) + number(0) + call(VLOOKUP, 4),
    "a text cut": ref("B2") + function(TRIM),
    "a function of somebody's own": b"\x39" + bytes(6) + ref("C2") + call(255, 2),
    "what is not understood": b"\x18\x01",
    "nothing": b"",
}
MAY_NOT = {
    "a product": ref("C3") + number(5) + TIMES,
    "a sum": ref("C3") + ref("C2") + ADD,
    "a sum of an area": AREA + SUM_OF,
    "a sum of an area that is remembered": b"\x26" + bytes(6) + AREA + SUM_OF,
    "a sum of several": AREA + ref("C3") + call(SUM, 2),
    "a number turned": ref("C3") + MINUS,
    "a rounded one": ref("C3") + number(0) + function(ROUND),
    "a text that is not empty": word("无"),
    "a cell that holds something": ref("C2"),
    "branches that are numbers": word("") + number(1) + ref("C2") + call(IF, 3),
    "a condition alone": word("") + ref("C2") + call(IF, 2),
}


@pytest.mark.parametrize("tokens", MAY.values(), ids=MAY)
def test_these_may_be_empty(tokens: bytes) -> None:
    assert may_be_empty(tokens, lambda place: place == EMPTY)


@pytest.mark.parametrize("tokens", MAY_NOT.values(), ids=MAY_NOT)
def test_these_are_not_empty_once_calculated(tokens: bytes) -> None:
    assert not may_be_empty(tokens, lambda place: place == EMPTY)


def test_a_shared_formula_points_to_the_cell_beside_which_it_stands() -> None:
    assert points_to(b"\x01\x04\x00\x02\x00") == (5, 2)  # C5
    assert points_to(word("无")) is None
    assert points_to(b"") is None
