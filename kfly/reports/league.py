"""``league``: the towns ranked by how far they keep what they owe, or by one target."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from rich.text import Text

from kfly.console.screen import show, text
from kfly.console.tables import Column, make_table
from kfly.locale import N_, _, format_number, format_share, to_json_number
from kfly.plan.model import Plan, Target
from kfly.plan.organisations import name_organisations
from kfly.progress.league import Place, TownGoal
from kfly.progress.seasons import Season
from kfly.reports.figures import write_town_figure, write_town_goal

TENTHS = 1000
NEARLY_ALL = Fraction(999, TENTHS)  # the most that is shown of a score while anything is unmet


def document(
    places: Sequence[Place], plan: Plan, by: Target | None, seasons: Mapping[str, Season]
) -> list[dict[str, Any]]:
    """Return the JSON that other programs rely on; scores and shares are of 1.

    ``year`` says whose figure a yearly goal, or the target it is ranked ``by``, is judged by; contributions
    are those of the day all the same.
    """
    names = name_organisations(plan)
    ranked = by and {"target": by.key, "year": seasons[by.key].year}
    return [
        {
            "rank": place.rank,
            "rank_before": place.rank_before,
            "change": place.change,
            "organisation": names[place.town],
            "score": to_json_number(place.score),
            "by": ranked and {**ranked, "figure": to_json_number(place.ranked_figure)},
            "goals": [
                {
                    "target": goal.target.key,
                    "name": goal.target.name.spoken,
                    "actual": to_json_number(goal.actual),
                    "goal": to_json_number(goal.goal.amount),
                    "unit": goal.target.unit.spoken,
                    "share": to_json_number(goal.share),
                    "year": goal.year,
                    "counted": goal.counted,
                    "weight": to_json_number(goal.target.weight),
                }
                for goal in place.goals
            ],
            "contributions": {key: to_json_number(figure) for key, figure in place.figures.items()},
        }
        for place in places
    ]


def render(
    places: Sequence[Place], plan: Plan, day: date, by: Target | None, seasons: Mapping[str, Season]
) -> None:
    """Print the league.

    Args:
        places: the towns, the first first.
        plan: the plan.
        day: the day asked.
        by: the target by which they are ranked; None for the score.
        seasons: what each target is ranked by, by its key.
    """
    what = by.name.spoken if by else _("score")
    heading = _("League of towns by {what}, as of {day}", what=what, day=day.isoformat())
    columns = [
        Column(_("Rank"), justify="right"),
        Column(_("In 30 days")),
        Column(_("Town"), narrowest=8),
        Column(_("Score") if by is None else by.unit.spoken, justify="right"),
        Column(_("What it owes"), narrowest=16),
        *([Column(_("Contributed beside"), narrowest=16)] if by is None else []),
    ]
    names = name_organisations(plan)
    cells = [_cells(place, names[place.town], plan, by) for place in places]
    explained = explain_score(places) if by is None else _explain_rank(by)
    show(text(heading, "bold"), "", make_table(columns, cells), "", text(explained, "dim"))
    asked = [by] if by else list_owed(places)
    for line in tell_seasons(asked, seasons, scored=by is None):
        show(text(line, "yellow"))


def _explain_rank(by: Target) -> str:
    if not by.reading.is_level:
        return _("Ranked by what each has contributed to this target.")
    if by.goal is not None and by.goal.is_upper:
        return _("Ranked by each one's own figure, the smallest first; last those without data.")
    return _("Ranked by each one's own figure, the largest first; last those without data.")


def list_owed(places: Sequence[Place]) -> list[Target]:
    """List the targets of which any town owes something."""
    return list({goal.target.key: goal.target for place in places for goal in place.goals}.values())


def explain_score(places: Sequence[Place]) -> str:
    """Say what a score is the mean of, and whether its parts weigh alike."""
    message = N_(
        "Score: the mean, over what a town owes, of the share reached; a town that owes nothing has none."
    )
    if any(goal.target.weight is not None for place in places for goal in place.goals):
        message = N_(
            "Score: the mean, by weight, over what a town owes, of the share reached; what has no weight does"
            " not count, and a town that owes nothing has none."
        )
    return _(message)


def tell_seasons(asked: Sequence[Target], seasons: Mapping[str, Season], *, scored: bool) -> Iterator[str]:
    """Yield which targets are ranked by the period before, or not yet, as theirs has only begun."""
    for target in asked:
        season = seasons[target.key]
        if season.now is None or season.period is None:
            continue
        told = {"name": target.name.spoken, "now": season.now.label, "before": season.period.label}
        if season.period != season.now:
            yield _("{name}: {now} has only begun; ranked by the final figures of {before}.", **told)
        elif scored and not season.counted:
            yield _("{name}: {now} has only begun, with none before it; left out of the score.", **told)


def _cells(place: Place, name: str, plan: Plan, by: Target | None) -> list[str | Text]:
    goals = [goal for goal in place.goals if by is None or goal.target == by]
    head: list[str | Text] = [str(place.rank), write_change(place.change), name]
    owed = "\n".join(map(write_goal, goals)) or "—"
    if by is not None:
        figure = place.figures[by.key] if place.ranked_figure is None else place.ranked_figure
        return [*head, write_town_figure(by, figure, goals[0].goal if goals else None), owed]
    score = "—" if place.score is None else write_score(place)
    return [*head, score, owed, _(", ").join(_beside(place, plan)) or "—"]


def _beside(place: Place, plan: Plan) -> Iterator[str]:
    """Yield what a town has contributed to targets of which it owes nothing."""
    owed = {goal.target.key for goal in place.goals}
    for target in plan.targets:
        if place.figures[target.key] and target.key not in owed:
            yield f"{target.name.spoken} {write_town_figure(target, place.figures[target.key], None)}"


def write_score(place: Place) -> str:
    """Write a score in points of a hundred, a tenth exactly, rounded down: 99.9 is not yet all."""
    score = place.score or Fraction(0)
    if not all(goal.met for goal in place.counted):
        score = min(score, NEARLY_ALL)
    return format_number(Fraction(int(score * TENTHS), TENTHS // 100))


def write_goal(goal: TownGoal) -> str:
    """Write what a town owes of a target, and how far it has come."""
    name, unit = goal.target.name.spoken, goal.target.unit.spoken
    if goal.period is not None:
        name = _("{name} ({year})", name=name, year=goal.period.label)
    share = format_share(goal.shown_share)
    figure = write_town_figure(goal.target, goal.actual, goal.goal)
    return f"{name} {figure}/{write_town_goal(goal.target, goal.actual, goal.goal)} {unit} {share}"


def write_change(change: int | None) -> Text:
    """Write by how many ranks a town has risen or fallen."""
    if change is None:
        return text(_("new"), "dim")
    if change == 0:
        return Text("—")
    return text(f"▲{change}", "green") if change > 0 else text(f"▼{-change}", "red")
