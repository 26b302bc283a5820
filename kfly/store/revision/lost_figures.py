"""What a revised plan would do to reported figures, and to targets measured in another way."""

import sqlite3
from collections.abc import Iterator

from kfly.locale import N_, _
from kfly.plan.files.loading import LoadedPlan
from kfly.plan.known_kinds import FIGURE, FIGURE_TARGET, is_figure
from kfly.plan.metrics import AMOUNT, AVERAGE, LEVEL, REPORTED, RUNNING, SHARE, TOTAL
from kfly.plan.model import Target
from kfly.store.schema.tables import quote

_HOW = {
    TOTAL: N_("counted from records"),
    LEVEL: N_("a reported level"),
    RUNNING: N_("a reported running total"),
    AMOUNT: N_("reported amounts"),
    SHARE: N_("a share"),
    AVERAGE: N_("an average"),
}
# By whether the target would be of the whole plan.
_TOWNS = {
    True: N_("Target {key}: its reported figures are of towns, and would be read as those of all: {n}."),
    False: N_("Target {key}: its reported figures are of no town, and would count for none: {n}."),
}


def find_lost_figures(
    db: sqlite3.Connection, present: LoadedPlan, wanted: LoadedPlan, *, undone: bool
) -> Iterator[str]:
    """Say which targets would be measured in another way, and what becomes of their figures.

    Args:
        db: the database.
        present: the plan in force.
        wanted: the one to come.
        undone: whether that one was in force before: then only figures that came since stand against it.
    """
    after = {target.key: target for target in wanted.plan.targets}
    for target in present.plan.targets:
        figures = _count_figures(db, present, target)
        now = after.get(target.key)
        if now is None:
            if figures:
                yield _(
                    "Target {key} is gone from the plan, but there are reported figures of it: {n}.",
                    key=target.key,
                    n=figures,
                )
        elif now.reading.how != target.reading.how:
            if figures or not undone:
                yield _tell_change(target, now, figures)
        elif figures and (now.metric.towns is None) != (target.metric.towns is None):
            yield _(_TOWNS[now.metric.towns is None], key=target.key, n=figures)
        elif figures and now.unit.zh != target.unit.zh:
            yield _(
                "Target {key}: its unit would be {after}, but its reported figures are in {before}: {n}.",
                key=target.key,
                before=target.unit.spoken,
                after=now.unit.spoken,
                n=figures,
            )


def _count_figures(db: sqlite3.Connection, plan: LoadedPlan, target: Target) -> int:
    """Count the figures of a target that is reported."""
    if target.reading.how not in REPORTED or not any(map(is_figure, plan.kinds)):
        return 0
    sql = f"SELECT count(*) FROM {quote(FIGURE)} WHERE {quote(FIGURE_TARGET)} = ?"
    return int(db.execute(sql, (target.key,)).fetchone()[0])


def _tell_change(before: Target, after: Target, figures: int) -> str:
    was, now = _(_HOW[before.reading.how]), _(_HOW[after.reading.how])
    fate = _tell_fate(after, figures)
    return _(
        "Target {key} was {before}, and would be {after}: {fate}",
        key=before.key,
        before=was,
        after=now,
        fate=fate,
    )


def _tell_fate(after: Target, figures: int) -> str:
    """Say what becomes of a target's figures, or of what was counted."""
    if after.reading.how in REPORTED:
        if figures:
            return _("its reported figures stay, and would be read so: {n}.", n=figures)
        return _("what was counted no longer counts for it; without figures it has no data.")
    if figures:
        return _("its reported figures stay in the registry, but no longer count: {n}.", n=figures)
    return _("its figures of all days would be others.")
