"""Brackets of an item that say who does it and when, one or several side by side; the title before them."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kfly.drafting.labels import close_up_labels
from kfly.drafting.organisations import is_name, part_clauses, split_organisations
from kfly.drafting.parties import find_labels, is_deadline_clause
from kfly.locale import _

_BETWEEN = re.compile(r"[\s，,；;、。]*")
_BULLET = re.compile(r"^[—–\-•·◆●▲■□◇➢►*\s]+(?=[一-鿿]{2,8}[:：])")  # ——牵头单位：
_BOXED = re.compile(r"[【〔\[]\s*([一-鿿]{2,8})\s*[】〕\]]\s*[:：]?\s*")
_DASHED = re.compile(
    r"(?:^|(?<=[，,；;。（(〔【]))([一-鿿]{0,4}(?:单位|部门|时限|时间))(?:\s+|\s*[—－-]{1,2}\s*)(?=[一-鿿\d])",
    re.MULTILINE,
)
_ENDS_DAY = re.compile(r"(?:前|[底末]|完成|推进|坚持)[。；;]?$")  # 三年行动（2023—2025年） is no deadline
_GOES_ON = ("，", "、", "；", "：", "。", ",", ";", ":", "（", "(", "—")
_SHORT, _SHORT_OF_ALL = 0.7, 0.5  # of the lines below, of the widest line: an end of a line that is meant
_LEAST, _MOST = 4, 40  # characters of a title on a line of its own
_WITHIN = re.compile(r"[（(〔【\[]([^（(〔【\[）)〕】\]]{3,80})[）)〕】\]](?=\s*(?:[；;。]|$))")
_SHORTEST_NAME = 3  # characters: （试行）, （街道） and the like are none


class Bracket(NamedTuple):
    """A piece of an item that says who does it, and when.

    Attributes:
        begin: where it stands in the text.
        end: where what follows begins.
        inside: what it says.
        is_bare: it gives names alone, at the end of an item.
        is_when: it gives a deadline alone, and counts only beside another.
    """

    begin: int
    end: int
    inside: str
    is_bare: bool = False
    is_when: bool = False


def write_labels(text: str) -> str:
    """Write labels with a colon where they stand in brackets, or before a blank or a dash.

    【责任单位】市科技局 and 责任单位 市科技局 are 责任单位：市科技局.
    """
    return _DASHED.sub(_write_colon, _BOXED.sub(_write_boxed, _BULLET.sub("", close_up_labels(text))))


def _write_colon(match: re.Match[str]) -> str:
    return f"{match[1]}：" if find_labels(f"{match[1]}：") else match[0]


def _write_boxed(match: re.Match[str]) -> str:
    """Write a colon behind a label out of its box, and a stop before it where none stands there."""
    label, before = _write_colon(match), match.string[: match.start()].rstrip()
    is_apart = not before or before[-1] in "，,；;。、：:（(〔"
    return label if is_apart or label == match[0] else f"。{label}"


def is_when(inside: str) -> bool:
    """Tell whether a bracket gives a deadline and nothing else: （2023年12月底前）."""
    return is_deadline_clause(inside) and _ENDS_DAY.search(inside) is not None


def join_adjacent(text: str, brackets: Sequence[Bracket]) -> Iterator[Bracket]:
    """Yield brackets, those side by side as one: （牵头单位：…）（责任单位：…）（6月底前）.

    A deadline that stands alone, away from any other bracket, is part of the text around it.
    """
    group: list[Bracket] = []
    for bracket in brackets:
        if group and not _BETWEEN.fullmatch(text, group[-1].end, bracket.begin):
            yield from _join(group)
            group = []
        group.append(bracket)
    yield from _join(group)


def _join(group: Sequence[Bracket]) -> Iterator[Bracket]:
    if all(bracket.is_when for bracket in group):
        return
    if len(group) == 1:
        yield group[0]
        return
    inside = "；".join(bracket.inside.strip("。；; \n") for bracket in group)
    yield Bracket(group[0].begin, group[-1].end, inside, all(b.is_bare or b.is_when for b in group))


def leave_out(text: str, brackets: Sequence[Bracket]) -> str:
    """Return a text without its brackets: what one of them says is said of its own item alone."""
    ends = [0, *(bracket.end for bracket in brackets)]
    begins = [*(bracket.begin for bracket in brackets), len(text)]
    return "\n".join(text[end:begin] for end, begin in zip(ends, begins, strict=True))


def part_first_line(text: str, widest: int) -> tuple[str, str]:
    """Part the first line of an item from what follows, where its end is no page's edge but a title's.

    Args:
        text: the item.
        widest: characters of the widest line of the whole text.
    """
    first, _break, rest = text.partition("\n")
    below = [len(line) for line in rest.split("\n")]
    is_short = len(first) <= max(_SHORT * max(below), _SHORT_OF_ALL * widest)
    is_title = _LEAST <= len(first) <= _MOST and not first.rstrip().endswith(_GOES_ON)
    return (first, rest) if rest.strip() and is_title and is_short else (text, "")


def names_with_day(text: str) -> bool:
    """Tell whether a bracket holds names and a deadline, and nothing else: （市财政局；6月30日前）."""
    clauses = part_clauses(text)
    names = [clause for clause in clauses if not is_deadline_clause(clause)]
    return 0 < len(names) < len(clauses) and all(map(names_only, names))


def names_only(text: str) -> bool:
    """Tell whether a bracket holds names of organisations and nothing else: （市委办、市府办）."""
    names = split_organisations(text).names
    return bool(names) and all(len(name) >= _SHORTEST_NAME and is_name(name) for name in names)


def doubt_names(text: str) -> list[str]:
    """Doubt a text that names organisations beside the bracket which says who does the item.

    Such are brackets of names that end a clause: ①拆违建（市城管局）；②治河道.
    """
    named = next((match[0] for match in _WITHIN.finditer(text) if names_only(match[1])), "")
    return [_("organisations are named within its text: “{text}”; who does what?", text=named)] * bool(named)
