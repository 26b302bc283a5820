"""The command that looks whether all is well."""

import sqlite3
from collections.abc import Iterator, Set
from datetime import date

import typer

from kfly.cli.mending import as_typed
from kfly.cli.options import AsJson, AsOf, day_asked
from kfly.cli.promises import broken_ceilings, unmet_sign_offs
from kfly.cli.session import Desk, Session
from kfly.console.screen import show_json
from kfly.registry.checkup import evidence, file, log
from kfly.registry.checkup.findings import ERROR, Finding, worst_first
from kfly.registry.checkup.records import RecordCheck
from kfly.registry.checkup.twins import twins
from kfly.store import soundness
from kfly.store.plan import kinds as kind_rows
from kfly.store.plan import sign_offs

FOUND_ERRORS = 1


def check(ctx: typer.Context, as_of: AsOf = None, as_json: AsJson = False) -> None:
    """Whether the file is sound, the records are right, and the sign-offs still hold."""
    from kfly.reports import check as report

    day = day_asked(as_of)
    with Session.of(ctx).reading() as desk:
        found = worst_first(_all_found(desk, day))
    errors = sum(finding.severity == ERROR for finding in found)
    typed = [(finding, as_typed(ctx, finding.command)) for finding in found]
    if as_json:
        show_json([finding.document(command) for finding, command in typed])
    else:
        lines = [(finding.where, finding.message, command) for finding, command in typed]
        report.render(lines[:errors], lines[errors:])
    if errors:
        raise typer.Exit(FOUND_ERRORS)


def _all_found(desk: Desk, day: date) -> list[Finding]:
    try:
        return list(_findings(desk, day, frozenset()))
    except (sqlite3.OperationalError, UnicodeDecodeError) as error:
        if not soundness.is_undecodable(error):
            raise
        return list(_findings(desk, day, soundness.spell_out(desk.db)))


def _findings(desk: Desk, day: date, garbled: Set[str]) -> Iterator[Finding]:
    """All that is found, from the file's pages up; what rests on damaged pages is not looked at."""
    damages = soundness.damages(desk.db)
    if all(damage.of_index for damage in damages):
        yield from file.of_damages(damages)
        yield from _readable(desk, day, set(), garbled)
        return
    broken = {damage.table for damage in damages}
    kinds = set() if None in broken else _kinds(desk)
    if not broken <= kinds:
        yield from file.of_damages(damages)
        return
    # Rows of the registry break the rules of their tables: those are named one by one.
    found = list(_readable(desk, day, broken, garbled))
    named = {finding.kind for finding in found if finding.severity == ERROR}
    yield from file.of_damages([damage for damage in damages if damage.table not in named])
    yield from found


def _readable(desk: Desk, day: date, broken: Set[str | None], garbled: Set[str]) -> Iterator[Finding]:
    """What is found in tables whose rows can be read."""
    try:
        plan, registry = desk.plan, desk.registry
    except (ValueError, TypeError, LookupError):
        yield file.unreadable_plan()
        return
    db = desk.db
    yield from file.of_references(registry, soundness.lost(db))
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
        yield from twins(registry, kind)
    yield from broken_ceilings(desk, day, uncountable)
    signed = {task: signed for task, signed in sign_offs.in_force(db).items() if signed.on <= day}
    yield from unmet_sign_offs(desk, day, signed, uncountable)
    yield from evidence.of_evidence(sign_offs.evidence_in_force(db), plan, signed)
    yield from log.of_log(registry, wrong)


def _kinds(desk: Desk) -> set[str | None]:
    return set(kind_rows.names(desk.db))
