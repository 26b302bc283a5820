"""Spans as columns of whole smallest steps, which add up as integers: exactly, and in half the time."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import groupby, repeat
from typing import overload

from kfly.plan.metrics import Span


class SteppedSpans(Sequence[Span]):
    """What a metric's records amount to, in the order of the days from which they count.

    Attributes:
        since: the day from which each counts.
        until: the day until which each counts; None where none ends.
        steps: the amount of each, in smallest steps.
        scale: how many steps make one.
        towns: the town of each; None where they belong to all.
    """

    __slots__ = ("_by_town", "scale", "since", "steps", "towns", "until")

    def __init__(
        self,
        since: list[date],
        until: list[date | None] | None,
        steps: list[int],
        scale: int,
        towns: list[str | None] | None = None,
    ) -> None:
        self.since, self.until, self.steps, self.scale, self.towns = since, until, steps, scale, towns
        self._by_town: dict[str | None, SteppedSpans] | None = None

    def __len__(self) -> int:
        return len(self.since)

    @overload
    def __getitem__(self, at: int) -> Span: ...
    @overload
    def __getitem__(self, at: slice) -> list[Span]: ...
    def __getitem__(self, at: int | slice) -> Span | list[Span]:
        if isinstance(at, slice):
            return [self[n] for n in range(*at.indices(len(self)))]
        return Span(
            self.since[at],
            self.until[at] if self.until else None,
            Fraction(self.steps[at], self.scale),
            self.towns[at] if self.towns else None,
        )

    def by_town(self) -> dict[str | None, "SteppedSpans"]:
        """Sort them out by their towns, once; those of a town usually stand together."""
        if self._by_town is None:
            places: dict[str | None, list[slice]] = {}
            begin = 0
            for town, its in groupby(self.towns or repeat(None, len(self))):
                end = begin + len(list(its))
                places.setdefault(town, []).append(slice(begin, end))
                begin = end
            self._by_town = {town: self._pick(its) for town, its in places.items()}
        return self._by_town

    def _pick(self, places: list[slice]) -> "SteppedSpans":
        return SteppedSpans(
            [day for at in places for day in self.since[at]],
            [day for at in places for day in self.until[at]] if self.until else None,
            [steps for at in places for steps in self.steps[at]],
            self.scale,
        )
