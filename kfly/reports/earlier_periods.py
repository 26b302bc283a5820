"""How the periods before this one ended, of a target that begins anew: a failed one does not vanish."""

from collections.abc import Iterator, Sequence

from kfly.locale import N_, _
from kfly.plan.periods import YEAR, Period
from kfly.progress.shortfall import measure_lack
from kfly.progress.targets import PeriodFigure, TargetStanding
from kfly.reports.figures import find_digits_of_difference, write_against

MOST = 4  # periods that are told one by one; of more, such as the months of a year, their number is told


def list_earlier_periods(row: TargetStanding) -> list[PeriodFigure]:
    """List the periods before this one for which anything was promised."""
    return [past for past in row.periods if past.period != row.period and past.goal is not None]


def write_earlier_periods(row: TargetStanding) -> list[str]:
    """Write how the years before this one ended, or the parts of this year: each, or how many of many."""
    past = [each for each in list_earlier_periods(row) if _is_told_beside(each.period, row.period)]
    if len(past) <= MOST or row.target.every_year:
        return [_write_period(row, each) for each in past]
    return [
        _(
            "{n} periods of this year before: {met} met, {missed} missed, {unknown} without data",
            n=len(past),
            met=sum(each.met for each in past),
            missed=sum(not each.met and each.actual is not None for each in past),
            unknown=sum(each.actual is None for each in past),
        )
    ]


def write_each_period(row: TargetStanding) -> list[str]:
    """Write how each period before this one ended."""
    return [_write_period(row, past) for past in list_earlier_periods(row)]


def _is_told_beside(past: Period, now: Period | None) -> bool:
    return past.every == YEAR or now is None or past.year == now.year


def _write_period(row: TargetStanding, past: PeriodFigure) -> str:
    if past.actual is None:
        return _("{period}: no data", period=past.period.label)
    figures = "/".join(filter(None, write_against(row, past.actual, past.goal)))
    return f"{past.period.label}: {figures} {'✓' if past.met else '✗'}"


def describe_failed_periods(row: TargetStanding, unit: str) -> Iterator[str]:
    """Yield sentences about the periods that were missed, or for which there is no data.

    Args:
        row: the target.
        unit: of what was missing.
    """
    failed = [past for past in list_earlier_periods(row) if not past.met]
    if len(failed) <= 1 or row.target.every_year:
        yield from (_describe_failed(row, past, unit) for past in failed)
        return
    name = row.target.name.spoken
    for message, its in (
        (N_("{name} was missed in {n} periods: {periods}."), [p for p in failed if p.actual is not None]),
        (N_("{name} has no data for {n} periods: {periods}."), [p for p in failed if p.actual is None]),
    ):
        if its:
            yield _(message, name=name, n=len(its), periods=_name_periods(its))


def _name_periods(periods: Sequence[PeriodFigure]) -> str:
    """Name periods; of many the first and the last."""
    labels = [past.period.label for past in periods]
    if len(labels) <= MOST:
        return _(", ").join(labels)
    return _("{first} to {last}, not all between", first=labels[0], last=labels[-1])


def _describe_failed(row: TargetStanding, past: PeriodFigure, unit: str) -> str:
    from kfly.reports.papers.amounts import write_amount  # papers alone say it

    told = {"name": row.target.name.spoken, "year": past.period.label}
    if past.actual is None or past.goal is None or row.goal is None:
        return _("In {year} {name} has no data.", **told)
    lack = measure_lack(row.goal._replace(amount=past.goal), past.actual, whole=row.gauge.whole)
    message = N_("In {year} {name} was missed by {lack}.")
    if row.goal.is_upper:
        message = N_("In {year} {name} was exceeded by {lack}.")
    digits = find_digits_of_difference(row, lack)
    return _(message, **told, lack=write_amount(lack, unit, digits))
