"""All the checks in their order: pages, references, records, promises, evidence, log."""

import sqlite3
from collections.abc import Callable, Iterator, Set
from datetime import date

from kfly.clock import today
from kfly.plan.kinds import Kind
from kfly.plan.known_kinds import FIGURE, is_figure
from kfly.progress.needs import NeedStanding
from kfly.registry.registry import Registry
from kfly.services.check import evidence, file, log
from kfly.services.check.containment import find_too_large
from kfly.services.check.course import check_course
from kfly.services.check.figures import (
    find_entered_early,
    find_missing_periods,
    find_reported_above_whole,
    find_shares_above_whole,
)
from kfly.services.check.findings import ERROR, Finding, sort_worst_first
from kfly.services.check.fulfilled import find_unlinked
from kfly.services.check.leaps import find_leaps
from kfly.services.check.namesakes import find_namesakes, find_repeated
from kfly.services.check.promises import (
    find_broken_ceilings,
    find_early_sign_offs,
    find_unmet_sign_offs,
)
from kfly.services.check.records import RecordCheck
from kfly.services.check.refunds import find_unsound_refunds
from kfly.services.check.totals import check_totals
from kfly.services.check.twins import find_twins
from kfly.services.check.unmeasured import find_unmeasured
from kfly.services.session import Desk
from kfly.store import damage, soundness
from kfly.store.plan import kinds as kind_rows
from kfly.store.plan import sign_offs

# What is looked at in the records of a kind together.
ACROSS_RECORDS: tuple[Callable[[Registry, Kind], Iterator[Finding]], ...] = (
    *(find_twins, find_namesakes, find_repeated, find_too_large, find_unsound_refunds, find_unlinked),
)

NeedLine = Callable[[NeedStanding], str]


def find_all(desk: Desk, day: date, need_line: NeedLine) -> list[Finding]:
    """Look at everything, from the file's pages up; the errors come first.

    Args:
        desk: the open database.
        day: the day asked.
        need_line: says where a need of a task stands.
    """
    try:
        return sort_worst_first(_find(desk, day, need_line, frozenset()))
    except (sqlite3.OperationalError, UnicodeDecodeError) as error:
        if not soundness.is_undecodable(error):
            raise
        return sort_worst_first(_find(desk, day, need_line, soundness.spell_out(desk.db)))


def _find(desk: Desk, day: date, need_line: NeedLine, garbled: Set[str]) -> Iterator[Finding]:
    """Yield all that is found, from the file's pages up; what rests on damaged pages is not looked at."""
    damages = soundness.find_damages(desk.db)
    if all(damage.of_index for damage in damages):
        yield from file.report_damages(damages)
        yield from _find_in_rows(desk=desk, day=day, need_line=need_line, broken=set(), garbled=garbled)
        return
    broken = {damage.table for damage in damages}
    kinds = set() if None in broken else {*kind_rows.read_names(desk.db)}
    if not broken <= kinds:
        yield from file.report_damages(damages)
        return
    # Rows of the registry break the rules of their tables: those are named one by one.
    found = list(_find_in_rows(desk=desk, day=day, need_line=need_line, broken=broken, garbled=garbled))
    named = {finding.kind for finding in found if finding.severity == ERROR}
    yield from file.report_damages([damage for damage in damages if damage.table not in named])
    yield from found


def _find_in_rows(
    desk: Desk, day: date, need_line: NeedLine, broken: Set[str | None], garbled: Set[str]
) -> Iterator[Finding]:
    """Yield what is found in tables whose rows can be read."""
    inside = list(damage.find_damage(desk.db))
    inside += damage.find_odd_values(desk.db, damage.OWN_TABLES) if not inside else []
    if inside:
        yield from file.report_inner_damages(desk.db, inside)
        return
    try:
        plan, registry = desk.plan, desk.registry
    except (ValueError, TypeError, LookupError):
        yield file.report_unreadable_plan()
        return
    db = desk.db
    yield from file.report_lost_references(registry, soundness.find_lost(db))
    wrong: set[tuple[str | None, int | str | None]] = set()
    uncountable = set(broken)
    for kind in registry.kinds.values():
        checked = RecordCheck(registry, kind, day, garbled)
        for finding in checked.findings():
            if finding.severity == ERROR:
                wrong.add((finding.kind, finding.id))
            yield finding
        if not checked.countable:
            uncountable.add(kind.name)
        for find in ACROSS_RECORDS:
            yield from find(registry, kind)
    yield from _find_in_figures(desk, day, uncountable)
    yield from find_broken_ceilings(desk, day, uncountable)
    signed = {task: signed for task, signed in sign_offs.read_in_force(db).items() if signed.on <= day}
    yield from find_unmet_sign_offs(desk, day=day, uncountable=uncountable, need_line=need_line)
    yield from find_early_sign_offs(plan, signed)
    yield from check_course(desk)
    yield from evidence.check_evidence(db, plan, signed)
    yield from check_totals(db) if not uncountable else ()
    yield from log.check_log(registry, wrong)


def _find_in_figures(desk: Desk, day: date, uncountable: Set[str | None]) -> Iterator[Finding]:
    """Yield what is improbable about figures: those reported, and those that shares and averages come to."""
    registry = desk.registry
    kind = registry.kinds.get(FIGURE)
    if registry.figures.targets and kind and is_figure(kind) and kind.name not in uncountable:
        yield from find_leaps(registry, kind)
        yield from find_reported_above_whole(registry, kind)
        yield from find_entered_early(registry, kind, max(day, today()))
        yield from find_missing_periods(registry, day)
    yield from find_shares_above_whole(desk, day, uncountable)
    yield from find_unmeasured(registry, day, uncountable)
