"""Figures in a task's title, proposed as needs: what an office would otherwise look for line by line."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from kfly.locale import format_number
from kfly.plan.model import Target
from kfly.plan.signs import normalise
from kfly.plan.units import MULTIPLIERS, convert

_FIGURE = re.compile(
    r"(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<times>百万|千万|[百千万亿])?余?多?\s*"
    r"(?P<unit>平方公里|平方米|平米|公里|公顷|亿元|万元|项目|人次|个|家|栋|幢|名|人|项|场|次|元|亩|座|处|户|条|件|台|套|所|只|宗|份|批|期|%|m2|㎡)",
    re.ASCII,
)
_CLAUSE = re.compile(r"[,，;；。、:：]")
_QUOTED = re.compile(r"《[^》]*》")
_MORE, _MOST = (
    re.compile(r"(?:超过|超|突破|大于|多于)\s*$"),
    re.compile(r"(?:不超过|不高于|不多于|控制在|至多)\s*$"),
)
_ALIKE = ({"名", "人"}, {"栋", "幢"}, {"场", "次"}, {"个", "项", "家"})
_STOP = set("的和及与各其中以上个家项名人栋")
_LEAST_SHARED = 2  # characters in a row that a title and a target's name have in common


class Figure(NamedTuple):
    """A figure of a title.

    Attributes:
        words: as it stands there.
        target: the key of the plan's target that it may mean; empty where none does.
        comparison: ``at_least``, ``more_than`` or ``at_most``.
        amount: in the target's unit.
    """

    words: str
    target: str
    comparison: str
    amount: str


def find_figures(title: str, targets: tuple[Target, ...]) -> tuple[Figure, ...]:
    """Find the figures of a title, each with the target whose name and unit fit it best."""
    return tuple(_find(title, targets))


def _find(title: str, targets: tuple[Target, ...]) -> Iterator[Figure]:
    plain = _QUOTED.sub("", normalise(title))
    for match in _FIGURE.finditer(plain):
        unit = f"{match['times'] or ''}{match['unit']}"
        number = Fraction(Decimal(match["number"].replace(",", "")))
        before = plain[: match.start()]
        clause = _CLAUSE.split(before)[-1] + match[0] + _CLAUSE.split(plain[match.end() :])[0]
        target, amount = _choose(clause, number, unit, targets)
        comparison = (
            "at_most" if _MOST.search(before) else "more_than" if _MORE.search(before) else "at_least"
        )
        shown = format_number(amount if target else number).replace(",", "")
        yield Figure(match[0].strip(), target.key if target else "", comparison, shown)


def _choose(
    clause: str, number: Fraction, unit: str, targets: tuple[Target, ...]
) -> tuple[Target | None, Fraction]:
    """Choose the target of a fitting unit whose name has the most in common with the clause.

    Figures in a target's name must stand in the clause as well: 5万平方米以上 is no 5000平方米以上.
    """
    best: tuple[int, Target | None, Fraction] = (_LEAST_SHARED - 1, None, number)
    for target in targets:
        factor, name = _convert(unit, target.unit.zh), normalise(target.name.zh)
        if factor is None or any(figure[0] not in clause for figure in _FIGURE.finditer(name)):
            continue
        shared = _count_shared(clause, name)
        if shared > best[0]:
            best = shared, target, number * factor
    return best[1], best[2]


def _convert(unit: str, into: str) -> Fraction | None:
    factor = convert(unit, into)
    if factor is not None:
        return factor
    times = next((word for word in ("百万", "千万", "百", "千", "万", "亿") if unit.startswith(word)), "")
    bare = unit.removeprefix(times)
    if any({bare, into} <= alike for alike in _ALIKE):
        return Fraction(MULTIPLIERS[times])
    return None


def _count_shared(clause: str, name: str) -> int:
    """Return the length of the longest run of characters that a clause and a name share."""
    plain = "".join(sign for sign in clause if sign not in _STOP)
    wanted = "".join(sign for sign in name if sign not in _STOP)
    for length in range(len(wanted), _LEAST_SHARED - 1, -1):
        if any(wanted[at : at + length] in plain for at in range(len(wanted) - length + 1)):
            return length
    return 0
