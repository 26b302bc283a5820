"""The likeness of names: two are probably one if they are the same once written plainly, or one sign apart.

Signs that tell things apart are never ignored: 1号楼 and 2号楼, 一期 and 二期, A座 and B座 are two.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from kfly.plan.signs import normalise

LONG_ENOUGH = 5  # signs of a name that may differ in one: 科创 and 科技 are two
MOST_ALIKE = 50  # so many names that share all but one sign are all compared with each other

# What is left out: blanks, brackets, and marks that people may write or not.
_UNSEEN = re.compile(r"[\W_]+")
# Words for a building that stand beside its own name, and a common misspelling.
_BUILDING = re.compile(r"(?:号楼|大厦|大夏|大楼|楼宇|楼|栋|幢|座|号)+$")
_ZONE = re.compile(r"园区$")
_COMPANY = re.compile(r"(?:(?:股份|责任)?有限(?:责任)?)?公司$|有限合伙$")
_TELLING = re.compile(r"\d+|[a-z]+|[东南西北中甲乙丙丁戊己庚辛上下左右前后内外新老旧大小主副总分]")
_COUNTED = re.compile("[〇零一二三四五六七八九十]+")
_ORDINAL = re.compile("[首次](?=[期批届])")
_NUMBER = re.compile(r"\d+")
_PLAIN_NUMERALS = str.maketrans("壹贰叁肆伍陆柒捌玖拾", "一二三四五六七八九十")
_DIGITS = dict(zip("〇零一二三四五六七八九", (0, *range(10)), strict=True))

# What the endings above end with, and the signs that make numerals: most names have none of them.
_ENDINGS = ("公司", "有限合伙", "园区", "大厦", "大夏", "楼", "楼宇", "栋", "幢", "座", "号")
_NUMERALS = re.compile("[首次壹贰叁肆伍陆柒捌玖拾〇零一二三四五六七八九十]")

Marks = tuple[str, ...]


def simplify(name: str, places: Sequence[str] = ()) -> str:
    """Write a name plainly, without what is only a way of writing it.

    Args:
        name: as it was recorded.
        places: what the town is called: many names begin with it, or leave it out.
    """
    text = normalise(name)
    if not text.isalnum():
        text = "".join(text.split())  # mostly that is all, and far quicker
        text = text if text.isalnum() else _UNSEEN.sub("", text)
    text = _without_place(text.casefold(), places)
    if _NUMERALS.search(text):
        text = _ORDINAL.sub(lambda match: "一" if match[0] == "首" else "二", text.translate(_PLAIN_NUMERALS))
        text = _COUNTED.sub(lambda match: _counted(match[0]), text)
    if "0" in text:
        text = _NUMBER.sub(lambda match: match[0].lstrip("0") or "0", text)
    if not text.endswith(_ENDINGS):
        return text
    text = _ZONE.sub("园", _COMPANY.sub("", text))
    return _BUILDING.sub("", text) or text


def _without_place(text: str, places: Sequence[str]) -> str:
    """Take the first of some places away that a text begins with and goes on behind."""
    if text.startswith(tuple(places)):
        for place in places:
            if text.startswith(place) and len(text) > len(place) + 1:
                return text.removeprefix(place)
    return text


def telling(plain_name: str) -> Marks:
    """Find the signs of a plain name that tell it from others, in their order."""
    return tuple(_TELLING.findall(plain_name))


def find_pairs(names: Iterable[tuple[int, str]]) -> Iterator[tuple[int, int]]:
    """Find the names that are probably one; yield the numbers of each pair once, the smaller first.

    Args:
        names: numbers and plain names, all with the same telling signs.
    """
    alike: dict[str, list[tuple[int, str, int]]] = {}
    texts = dict(names)
    for number, text in texts.items():
        for form, place in _with_one_left_out(text).items():
            alike.setdefault(form, []).append((place, text, number))
    seen = set()
    for members in alike.values():
        for first, second in _compared(members):
            pair = (min(first, second), max(first, second))
            if pair not in seen and _is_near(texts[first], texts[second]):
                seen.add(pair)
                yield pair


def _compared(members: list[tuple[int, str, int]]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of a cluster that are to be compared.

    A large one, as of a series, would make more pairs than anyone reads. There each name is compared only
    with its next neighbours; those that differ in the same place, or not at all, are neighbours.
    """
    members.sort()
    count = len(members)
    reach = count if count <= MOST_ALIKE else max(1, MOST_ALIKE**2 // count)
    for at, (_place, _text, first) in enumerate(members):
        for _other_place, _other_text, second in members[at + 1 : at + 1 + reach]:
            yield first, second


def _with_one_left_out(text: str) -> dict[str, int]:
    """Return a text and, if it is long enough, what is left of it without each sign, with that sign's place.

    Two texts that are one sign apart share one of these: nothing else needs to be compared.
    """
    if len(text) < LONG_ENOUGH - 1:
        return {text: -1}
    return {text[:n] + text[n + 1 :]: n for n in range(len(text))} | {text: -1}


def _is_near(first: str, second: str) -> bool:
    """Tell whether two texts are the same, or one sign apart: another, one more, or two swapped."""
    if first == second:
        return True
    if max(len(first), len(second)) < LONG_ENOUGH or abs(len(first) - len(second)) > 1:
        return False
    start = next((n for n, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), None)
    if start is None:
        return True
    rest, other = first[start:], second[start:]
    return rest[1:] == other[1:] or rest[1:] == other or rest == other[1:] or _swapped(rest, other)


def _swapped(first: str, second: str) -> bool:
    return first[:2] == second[1::-1] and first[2:] == second[2:]


def _counted(numerals: str) -> str:
    """Write Chinese numerals as digits: 三 as 3, 十二 as 12, 二十 as 20."""
    if "十" not in numerals:
        return "".join(str(_DIGITS[numeral]) for numeral in numerals)
    tens, _ten, ones = numerals.partition("十")
    if len(tens) > 1 or len(ones) > 1:
        return numerals
    return str(_DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0))
