"""Phone numbers and identity numbers in free text, masked.

What only looks like one stays: an amount has a unit or a currency beside it, a code is grown together with
letters or more digits, and an identity number must agree with itself.
"""

import re
from collections.abc import Callable
from datetime import date

MASK = "***"

# As typed on a Chinese keyboard, one sign for one: places in the plain text are places in the text itself.
_PLAIN = (
    {0xFF10 + n: str(n) for n in range(10)}
    | dict.fromkeys(map(ord, "‐‑‒–—―－"), "-")
    | dict.fromkeys(map(ord, "\t\u00a0\u2002\u2003\u2009\u202f\u3000"), " ")
    | str.maketrans("（）＋Ｘｘ．，￥", "()+Xx.,¥")
)
_GAP = "[ -]?"
_NOT_BEFORE = r"(?<![0-9A-Za-z])(?<!\d[-.,])(?<![¥$€])(?<![¥$€] )"
_NOT_AFTER = r"(?![0-9A-Za-z])(?![.,]\d)(?!-[0-9A-Za-z])(?! ?(?:[万亿元吨亩%]|平方|平米|公顷|㎡|m²|RMB|CNY))"
_MOBILE_GROUPS = ((3, 4, 4), (3, 3, 5), (3, 2, 3, 3), (4, 3, 4), (4, 4, 3), (5, 6), (3, 8), (7, 4))
_MOBILE = "|".join(
    [*(_GAP.join(rf"\d{{{size}}}" for size in groups) for groups in _MOBILE_GROUPS), r"\d(?:[ -]\d){10}"]
)
_AREA = r"0(?:10|2\d|[3-9]\d\d)"
_EXTENSION = r"(?: ?(?:转|分机|转分机|ext\.?) ?\d{1,6}|-\d{1,4}(?!\d))?"


def _find(pattern: str) -> re.Pattern[str]:
    return re.compile(_NOT_BEFORE + rf"(?:{pattern})" + _NOT_AFTER, re.ASCII)


_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643
_CHECKS = "10X98765432"
# Its first two digits: the province in which it was given out.
_PROVINCES = {
    "1": "12345",
    "2": "123",
    "3": "1234567",
    "4": "123456",
    "5": "01234",
    "6": "12345",
    "7": "1",
} | {"8": "123"}


def _is_identity(found: str) -> bool:
    signs = re.sub("[ -]", "", found).upper()
    total = sum(int(sign) * weight for sign, weight in zip(signs, _WEIGHTS, strict=False))
    return signs[17] == _CHECKS[total % 11] and _begins_like_one(signs[:2], signs[6:14])


def _is_old_identity(found: str) -> bool:
    signs = re.sub("[ -]", "", found)
    return _begins_like_one(signs[:2], "19" + signs[6:12])


def _begins_like_one(province: str, born: str) -> bool:
    try:
        date(int(born[:4]), int(born[4:6]), int(born[6:]))
    except ValueError:
        return False
    return province[1] in _PROVINCES.get(province[0], "")


_SORTS: tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...] = (
    (_find(rf"[1-9](?:{_GAP}\d){{16}}{_GAP}[0-9Xx]"), _is_identity),
    (_find(rf"[1-9](?:{_GAP}\d){{14}}"), _is_old_identity),
    (_find(rf"(?:\({_AREA}\)|{_AREA})[ -]*[2-8]\d{{2,3}}{_GAP}\d{{4}}{_EXTENSION}"), bool),
    (_find(rf"(?:(?:\+|00)?86{_GAP})?(?=1{_GAP}[3-9])(?:{_MOBILE})"), bool),
)
_ENOUGH = re.compile(r"\d(?:\D{0,3}\d){9}", re.ASCII)  # a text with fewer digits has none
# A code such as TS-13800138000; but “Tel-” says what it is.
_CODE = re.compile(r"(?<![A-Za-z])(?!(?:tel|mob|mobile|phone|cell|fax|qq|wechat)-)[A-Za-z]+-$", re.IGNORECASE)
_LONGEST_CODE = 24


def mask_numbers(text: str) -> tuple[str, int]:
    """Mask the phone numbers and identity numbers in a text; return it, and how many there were."""
    plain = text.translate(_PLAIN)
    if not _ENOUGH.search(plain):
        return text, 0
    places: list[tuple[int, int]] = []
    for pattern, is_one in _SORTS:

        def note(found: re.Match[str], is_one: Callable[[str], bool] = is_one) -> str:
            start, end = found.span()
            if not is_one(found[0]) or _CODE.search(found.string[max(start - _LONGEST_CODE, 0) : start]):
                return found[0]
            places.append((start, end))
            return "#" * (end - start)  # no number is a part of another one

        plain = pattern.sub(note, plain)
    return _put_masks(text, sorted(places)), len(places)


def _put_masks(text: str, places: list[tuple[int, int]]) -> str:
    parts, begun = [], 0
    for start, end in places:
        parts += [text[begun:start], MASK]
        begun = end
    return "".join([*parts, text[begun:]])
