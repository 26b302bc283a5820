"""Indicators as statistics tables call them: 一、地区生产总值（亿元） is the target 地区生产总值, in 亿元."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kfly.plan.kinds import Kind
from kfly.plan.known_kinds import FIGURE_TARGET
from kfly.plan.model import Target
from kfly.plan.signs import BLANKS, normalise
from kfly.registry.quantities import unit_fits
from kfly.registry.registry import Registry
from kfly.registry.values import BadValueError

LONGEST = 200  # characters of a name that is looked into
_NUMBER = re.compile(
    r"(?:[一二三四五六七八九十]+[、.]|[(][一二三四五六七八九十\d]+[)]|\d+[.、](?!\d)|其中:|#|[-—]+)\s*"
)
_BRACKETS = re.compile(r"(.+?)\s*[(](?:单位:)?([^()]+)[)]")


class Indicator(NamedTuple):
    """What the name of an indicator means.

    Attributes:
        text: the name to read on: that of the target, where one is meant.
        target: the target; None where none is.
        unit: in which its figures are, if the name says so.
    """

    text: str
    target: Target | None = None
    unit: str | None = None

    @property
    def named(self) -> dict[str, str]:
        """The target's name and unit, for messages."""
        return {
            "target": self.target.name.spoken if self.target else self.text,
            "unit": self.target.unit.spoken if self.target else "",
        }


class Indicators:
    """The indicators of one table.

    Args:
        registry: whose plan's targets they are.
        kind: that of reported figures.
        given: what is said for the whole table: it may be of one target.
    """

    def __init__(self, registry: Registry, kind: Kind, given: Mapping[str, str]) -> None:
        self._registry, self._field = registry, kind.field(FIGURE_TARGET)
        self._given = given.get(FIGURE_TARGET, "")

    def read(self, text: str) -> Indicator:
        """Read a name as it stands, else without a number before it, else without a unit behind it."""
        bare = text.strip(BLANKS)
        if not bare:
            return Indicator("", self._find(self._given))
        for name, unit in _list_names(bare):
            target = self._find(name)
            if target is not None and (unit is None or unit_fits(unit, target.unit.zh)):
                return Indicator(name, target, unit)
        return Indicator(bare)

    def _find(self, name: str) -> Target | None:
        if not name or self._field is None:
            return None
        try:
            key = self._registry.values.read(self._field, name)
        except BadValueError:
            return None
        return self._registry.figures.targets.get(str(key))


def _list_names(text: str) -> Iterator[tuple[str, str | None]]:
    """Yield what may be the name, with the unit behind it."""
    yield text, None
    if len(text) > LONGEST:
        return
    plain = normalise(text)
    for name in dict.fromkeys((plain, _NUMBER.sub("", plain, count=1))):
        yield name, None
        if match := _BRACKETS.fullmatch(name):
            yield match[1], match[2].strip()
