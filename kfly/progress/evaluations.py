"""The yearly evaluation of carriers (四.3): rank, outcome, change from last year, who is still to come."""

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from kfly.plan.kinds import Kind, Record
from kfly.plan.known_kinds import CARRIER
from kfly.plan.model import OUTCOMES, WARNING, Evaluation

YEAR, TOWN = "year", "town"


class Result(NamedTuple):
    """The evaluation of one carrier in one year."""

    carrier: int
    year: int
    score: Fraction
    outcome: str


class Carrier(NamedTuple):
    """A carrier; the town is empty where none is recorded."""

    id: int
    town: str


class RankedCarrier(NamedTuple):
    """A carrier that was evaluated in the year asked."""

    rank: int
    carrier: Carrier
    result: Result
    previous: Result | None  # of the year before

    @property
    def change(self) -> Fraction | None:
        """Points more than last year."""
        return self.result.score - self.previous.score if self.previous else None

    @property
    def second_warning(self) -> bool:
        """Warned this year and the year before (连续两年亮牌)."""
        before = self.previous is not None and self.previous.outcome == WARNING
        return before and self.result.outcome == WARNING


class Evaluated(NamedTuple):
    """What ``evaluations`` shows."""

    year: int
    rows: tuple[RankedCarrier, ...]  # the best first
    not_evaluated: tuple[Carrier, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many came to each outcome."""
        return {outcome: sum(row.result.outcome == outcome for row in self.rows) for outcome in OUTCOMES}


class Evaluations(NamedTuple):
    """The carriers of a year by score.

    Attributes:
        found: who was evaluated, the best first, and who was not.
        titles: what each carrier is called, by its id.
        carriers: their kind.
    """

    found: Evaluated
    titles: Mapping[int, str]
    carriers: Kind


def carrier_field(kind: Kind) -> str:
    """Name the field of an evaluation that says which carrier it is about."""
    return next((field.name for field in kind.fields if field.to == CARRIER), "")


def list_fields(kind: Kind) -> tuple[str, ...]:
    """Name the fields of an evaluation that are read."""
    return (carrier_field(kind), YEAR, kind.graded_by or "", kind.counts_on or "", kind.counts_until or "")


def find_results(kind: Kind, records: Iterable[Record], grades: Evaluation, day: date) -> list[Result]:
    """List the evaluations that were settled on or before a day."""
    found, of = [], carrier_field(kind)
    for values in records:
        carrier, year, score = values.get(of), values.get(YEAR), values.get(kind.graded_by or "")
        if not kind.counts_by(values, day):
            continue
        if isinstance(carrier, int) and isinstance(year, int) and isinstance(score, int | float):
            exact = Fraction(repr(score))
            found.append(Result(carrier, year, exact, grades.outcome(exact)))
    return found


def find_latest_year(found: Iterable[Result], day: date) -> int:
    """Return the latest year that was evaluated; the day's own while none was."""
    return max((result.year for result in found), default=day.year)


def rank_carriers(
    kind: Kind, carriers: Iterable[Record], found: Iterable[Result], year: int, day: date
) -> Evaluated:
    """Rank the carriers by their scores in a year; equal scores share a rank, and the next rank is skipped.

    Args:
        kind: of the carriers.
        carriers: their records.
        found: every evaluation until the day.
        year: the year asked.
        day: a carrier awaits its evaluation when it was recognised by then, and by the year's end.
    """
    known, in_view = {}, set()
    for values in carriers:
        carrier = Carrier(int(values["id"] or 0), str(values.get(TOWN) or ""))
        known[carrier.id] = carrier
        if _is_due(kind, values, year, day):
            in_view.add(carrier.id)
    its = {result.carrier: result for result in found if result.year == year}
    before = {result.carrier: result for result in found if result.year == year - 1}
    return Evaluated(
        year,
        tuple(_rows(known, its, before)),
        tuple(carrier for carrier in known.values() if carrier.id in in_view - its.keys()),
    )


def _is_due(kind: Kind, values: Record, year: int, day: date) -> bool:
    since = values.get(kind.counts_on or "")
    return kind.counts_by(values, day) and int(str(since)[:4]) <= year


def _rows(
    known: Mapping[int, Carrier], its: Mapping[int, Result], before: Mapping[int, Result]
) -> Iterable[RankedCarrier]:
    rank, score = 0, None
    best_first = sorted(its.values(), key=lambda result: (-result.score, result.carrier))
    for place, result in enumerate(best_first, start=1):
        if result.score != score:
            rank, score = place, result.score
        yield RankedCarrier(rank, known[result.carrier], result, before.get(result.carrier))
