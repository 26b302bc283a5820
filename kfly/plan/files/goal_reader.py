"""A reader of amounts: one for all, those of periods, those of towns, or another target's figure."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from kfly.locale import _
from kfly.plan.files.marked_yaml import Document, Place
from kfly.plan.files.organisation_reader import describe_unknown_name
from kfly.plan.files.promise_shapes import FollowShape, Promise, TargetShape
from kfly.plan.metrics import Goal, PeriodGoal
from kfly.plan.model import Organisation
from kfly.plan.organisations import match_organisation
from kfly.plan.periods import Calendar, Period

TownAmounts = tuple[tuple[str, Fraction], ...]


class Promised(NamedTuple):
    """What a target promises, or a need asks, as the plan's model has it."""

    goal: Goal | None = None
    goals: tuple[PeriodGoal, ...] = ()
    town_goals: TownAmounts = ()
    follows: str | None = None
    due: date | None = None  # the end of the last milestone


class GoalReader:
    """Reads amounts against the calendar and the organisations of one plan, noting every fault."""

    def __init__(self, calendar: Calendar, organisations: tuple[Organisation, ...]) -> None:
        self.calendar = calendar
        self.organisations = organisations

    def read(
        self, target: TargetShape, towns: tuple[str, ...] | None, place: Place, document: Document
    ) -> Promised:
        """Read what a target promises."""
        comparison, amounts = target.comparison, target.amounts
        if comparison is None or amounts is None:
            return Promised()
        at = (*place, comparison)
        if isinstance(amounts, Fraction):
            return Promised(Goal(comparison, amounts))
        if isinstance(amounts, FollowShape):
            if towns is not None:
                document.fault(at, _("a per: town target has amounts of its own; it follows no other"))
                return Promised()
            return Promised(Goal(comparison, Fraction(0)), follows=amounts.target)
        if towns is not None and not any(map(_is_period, amounts)):
            return self._by_town(comparison, amounts, towns, at, document)
        return self._by_period(target, comparison, amounts, at, document)

    def read_need(
        self, need: Promise, towns: tuple[str, ...] | None, place: Place, document: Document
    ) -> Promised:
        """Read what a need asks, which is due on one day."""
        comparison, amounts = need.comparison, need.amounts
        if comparison is None or amounts is None:
            return Promised()
        if isinstance(amounts, Fraction):
            return Promised(Goal(comparison, amounts))
        at = (*place, comparison)
        if isinstance(amounts, dict) and towns is not None and not any(map(_is_period, amounts)):
            return self._by_town(comparison, amounts, towns, at, document)
        document.fault(at, _("a need is due on one day; give the amount for it, such as at_least: 10"))
        return Promised()

    def read_baselines(
        self, written: Mapping[str, Fraction], towns: tuple[str, ...], place: Place, document: Document
    ) -> TownAmounts:
        """Read the baselines of single towns."""
        return tuple(self._towns(written, towns, place, document))

    def _by_town(
        self,
        comparison: str,
        amounts: Mapping[str, Fraction | None],
        towns: tuple[str, ...],
        place: Place,
        document: Document,
    ) -> Promised:
        found = tuple(self._towns(amounts, towns, place, document))
        return Promised(Goal(comparison, max((a for _t, a in found), default=Fraction(0))), town_goals=found)

    def _towns(
        self,
        amounts: Mapping[str, Fraction | None],
        towns: tuple[str, ...],
        place: Place,
        document: Document,
    ) -> Iterator[tuple[str, Fraction]]:
        """Yield what is written of each town, in the plan's order; all that are covered must be named."""
        known: dict[str, Fraction] = {}
        covered = tuple(o for o in self.organisations if o.name in towns)
        for text, amount in amounts.items():
            found = match_organisation(text, covered)
            if found is None and match_organisation(text, self.organisations):
                message = _("{name} is none of the towns that per: town covers", name=text)
                document.fault((*place, text), message)
            elif found is None:
                names = [name for o in covered for name in (o.name, *o.aliases)]
                document.fault((*place, text), describe_unknown_name(text, names))
            elif found.name in known:
                document.fault((*place, text), _("{name} is named twice", name=found.name))
            elif amount is None:
                document.fault((*place, text), _("a number is expected; a town that owes nothing: except:"))
            else:
                known[found.name] = amount
        missing = [town for town in towns if town not in known]
        if missing and not document.is_faulty(place):
            message = _(
                "{names} are missing; a town that owes nothing stands under except:",
                names=_(", ").join(missing),
            )
            document.fault(place, message)
        yield from ((town, known[town]) for town in towns if town in known)

    def _by_period(
        self,
        target: TargetShape,
        comparison: str,
        amounts: Mapping[str, Fraction | None],
        place: Place,
        document: Document,
    ) -> Promised:
        found = self._periods(amounts, place, document)
        if document.is_faulty(place):
            return Promised()
        if target.every is not None:
            return self._each(target.every, comparison, found, place, document)
        return self._milestones(target.due, comparison, found, place, document)

    def _periods(
        self, amounts: Mapping[str, Fraction | None], place: Place, document: Document
    ) -> dict[Period, Fraction | None]:
        """Read the periods, in the order of their ends."""
        found: dict[Period, Fraction | None] = {}
        for text, amount in amounts.items():
            period = self.calendar.read_period(text)
            if period is None:
                document.fault((*place, text), self._explain_no_period(text))
            elif period in found:
                document.fault((*place, text), _("{value} is given twice", value=period.label))
            else:
                found[period] = amount
        return dict(sorted(found.items(), key=lambda pair: (pair[0].last, pair[0].first)))

    def _explain_no_period(self, text: str) -> str:
        if not _is_period(text):
            return _("is no period; amounts by town want per: town")
        years = _(", ").join(period.label for period in self.calendar.list_periods("year"))
        return _(
            "is no period of this plan; its years: {years}; their parts: 2022H1, 2022Q3, 2022-07", years=years
        )

    def _each(
        self,
        every: str,
        comparison: str,
        found: Mapping[Period, Fraction | None],
        place: Place,
        document: Document,
    ) -> Promised:
        """Return the amounts of a target that begins anew with each period: none is left out."""
        wanted = self.calendar.list_periods(every)
        others = [period.label for period in found if period.every != every]
        missing = [period.label for period in wanted if period not in found]
        if others:
            message = _("{periods} do not go with every: {every}", periods=_(", ").join(others), every=every)
            document.fault(place, message)
        elif missing:
            message = _(
                "{periods} are missing; where nothing is promised, null", periods=_(", ").join(missing)
            )
            document.fault(place, message)
        elif not (given := _given(found.values())):
            document.fault(place, _("a number is expected, without unit or quotes"))
        else:
            goals = tuple(PeriodGoal(period.label, found[period]) for period in wanted)
            return Promised(Goal(comparison, given[-1]), goals)
        return Promised()

    def _milestones(
        self,
        due: date | None,
        comparison: str,
        found: Mapping[Period, Fraction | None],
        place: Place,
        document: Document,
    ) -> Promised:
        """Return the amounts as milestones at the ends of their periods, the last one the deadline's."""
        given = _given(found.values())
        ends = [period.last for period in found]
        last = list(found)[-1]
        if len(given) < len(found):
            document.fault(place, _("null stands only beside every:; leave the period out"))
        elif len(set(ends)) < len(ends):
            document.fault(place, _("two of these periods end on the same day"))
        elif due is not None and not last.first <= due <= last.last:
            message = _(
                "the last amount is that of {period}, but the deadline is {day}", period=last.label, day=due
            )
            document.fault(place, message)
        else:
            goals = tuple(PeriodGoal(period.label, amount) for period, amount in found.items())
            return Promised(Goal(comparison, given[-1]), goals, due=due or last.last)
        return Promised()


def _given(amounts: Iterable[Fraction | None]) -> list[Fraction]:
    return [amount for amount in amounts if amount is not None]


def _is_period(text: str) -> bool:
    """Tell whether a key is meant as a period: they begin with a year."""
    return text[:4].isascii() and text[:4].isdigit()
