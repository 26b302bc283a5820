"""Whether a formula of Excel 97 may have come to an empty text, by its tokens.

Excel keeps nothing but "empty" of a formula that gave ""; a program that does not calculate writes the same
for every formula. Tokens stand as a calculator of old took them: the values, then what is done with them.
"""

import struct
from collections.abc import Callable
from struct import unpack_from

from kfly.registry.sheets.workbooks.looks import Place

_EXP, _STR, _ATTR, _FUNC, _FUNC_VAR, _REF = 0x01, 0x17, 0x19, 0x21, 0x22, 0x24
_CONCAT = 0x08
_OF_TWO, _OF_ONE, _AS_IT_IS = range(0x03, 0x12), (0x13, 0x14), (0x12, 0x15)
_JOINS = (_CONCAT, 0x0F, 0x10, 0x11)  # texts; areas
_VALUES = {0x16: 0, 0x1C: 1, 0x1D: 1, 0x1E: 2, 0x1F: 8}  # no argument, an error, true or false, numbers
_AREAS = {
    0x20: 7, 0x23: 4, 0x25: 8, 0x2A: 4, 0x2B: 8, 0x2C: 4, 0x2D: 8,
    0x39: 6, 0x3A: 6, 0x3B: 10, 0x3C: 6, 0x3D: 10,
}  # fmt: skip
_REMEMBERED = {0x26: 6, 0x27: 6, 0x28: 6, 0x29: 2}  # say only that what follows is an area
_CHOOSING, _SUM = 0x04, 0x10  # kinds of the attribute token
_IF, _CHOOSE, _FOREIGN = 1, 100, 255
_MAY_BE_TEXT = {
    *("ASC", "CELL", "CHAR", "CLEAN", "CONCATENATE", "DBCS", "DGET", "GETPIVOTDATA", "HLOOKUP", "HYPERLINK"),
    *("INDEX", "INDIRECT", "INFO", "JIS", "LEFT", "LEFTB", "LOOKUP", "LOWER", "MID", "MIDB", "OFFSET"),
    *("PHONETIC", "PROPER", "REPLACE", "REPLACEB", "REPT", "RIGHT", "RIGHTB", "SUBSTITUTE", "T", "TEXT"),
    *("TRIM", "UPPER", "VLOOKUP"),
}

IsEmpty = Callable[[Place], bool]  # whether a cell of the same sheet holds an empty text


def may_be_empty(tokens: bytes, is_empty: IsEmpty) -> bool:
    """Tell whether a formula may have come to an empty text; what is not understood may."""
    try:
        return _Calculator(tokens, is_empty).run()
    except (IndexError, KeyError, ValueError, struct.error):
        return True


def points_to(tokens: bytes) -> Place | None:
    """Return the cell beside which the tokens stand that this formula shares."""
    if tokens[:1] != bytes([_EXP]):
        return None
    row, column = unpack_from("<HH", tokens, 1)
    return row + 1, column


class _Calculator:
    """A formula gone through, with nothing kept of each value but whether it may be an empty text."""

    def __init__(self, tokens: bytes, is_empty: IsEmpty) -> None:
        self.tokens = tokens
        self.is_empty = is_empty
        self.at = 0
        self.stack: list[bool] = []
        self._takers = {
            _STR: self._text,
            _ATTR: self._attribute,
            _FUNC: self._function,
            _FUNC_VAR: self._any_function,
        }

    def run(self) -> bool:
        """Go through all tokens."""
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            self._take(token if token < 0x20 else token & 0x1F | 0x20)  # noqa: PLR2004  (its class left away)
        return self.stack[-1]

    def _take(self, token: int) -> None:
        if token in _VALUES:
            self._push(False, _VALUES[token])
        elif token in _AREAS:
            self._push(True, _AREAS[token])
        elif token == _REF:
            row, column = unpack_from("<HH", self.tokens, self.at)
            self._push(self.is_empty((row + 1, column & 0xFF)), 4)
        elif token in _OF_TWO or token in _OF_ONE:
            self._pop(2 if token in _OF_TWO else 1)
            self._push(token in _JOINS, 0)
        elif token in _REMEMBERED:
            self.at += _REMEMBERED[token]
        elif token not in _AS_IT_IS:
            self._takers[token]()

    def _push(self, may_be_empty: bool, length: int) -> None:
        self.stack.append(may_be_empty)
        self.at += length

    def _pop(self, number: int) -> list[bool]:
        taken = self.stack[len(self.stack) - number :]
        del self.stack[len(self.stack) - number :]
        return taken

    def _text(self) -> None:
        signs, is_wide = self.tokens[self.at : self.at + 2]
        self._push(not signs, 2 + signs * (1 + (is_wide & 1)))

    def _attribute(self) -> None:
        kind, number = unpack_from("<BH", self.tokens, self.at)
        self.at += 3
        if kind == _CHOOSING:
            self.at += 2 * (number + 1)
        elif kind == _SUM:
            self._pop(1)
            self._push(False, 0)

    def _function(self) -> None:
        from xlrd.formula import func_defs

        (number,) = unpack_from("<H", self.tokens, self.at)
        self.at += 2
        self._call(number, func_defs[number][1])

    def _any_function(self) -> None:
        arguments, number = unpack_from("<BH", self.tokens, self.at)
        self.at += 3
        self._call(number & 0x7FFF, arguments & 0x7F)

    def _call(self, number: int, arguments: int) -> None:
        from xlrd.formula import func_defs

        given = self._pop(arguments)
        if number in (_IF, _CHOOSE):
            self._push(any(given[1:]), 0)
        else:
            known = number != _FOREIGN and number in func_defs
            self._push(not known or func_defs[number][0] in _MAY_BE_TEXT, 0)
