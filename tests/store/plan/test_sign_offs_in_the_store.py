"""The office's word on a task is kept with its evidence, and stays on record when it is taken back."""

import re
import sqlite3
from datetime import date

import pytest

from kfly.plan.model import EvidenceFile, SignOff, Task
from kfly.store.plan import reading as plan_rows
from kfly.store.plan import sign_offs
from tests.support.word_city import Store

REPORT = EvidenceFile("验收/报告 [终].pdf", 1024, "ab" * 32)
PHOTO = EvidenceFile("照片.jpg", 0, "cd" * 32)


def task(store: Store, number: int) -> Task:
    return next(task for task in plan_rows.read(store.db).tasks if task.number == number)


def sign(
    store: Store, number: int, *evidence: EvidenceFile, forced: bool = False, note: str | None = None
) -> None:
    sign_offs.record(store.db, SignOff(2022, number, date(2022, 11, 1), forced, note), evidence)


def test_a_new_database_has_none(store: Store) -> None:
    assert sign_offs.read_in_force(store.db) == {}
    assert sign_offs.read_for_task(store.db, task(store, 1)) == []


def test_a_sign_off_is_in_force_for_its_task_alone(store: Store) -> None:
    sign(store, 3, note="已印发 '; --")
    sign(store, 11, forced=True)
    found = sign_offs.read_in_force(store.db)
    assert list(found) == [(2022, 3), (2022, 11)]
    assert [(s.year, s.number, s.on, s.forced, s.note) for s in found.values()] == [
        (2022, 3, date(2022, 11, 1), False, "已印发 '; --"),
        (2022, 11, date(2022, 11, 1), True, None),
    ]


def test_it_is_kept_when_it_was_recorded(store: Store) -> None:
    sign(store, 3)
    [recorded_at] = [s.recorded_at for s in sign_offs.read_in_force(store.db).values()]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", recorded_at)


def test_its_evidence_is_kept_in_the_order_it_was_shown(store: Store) -> None:
    sign(store, 3, REPORT, PHOTO)
    sign(store, 4, PHOTO)
    assert [s.evidence for s in sign_offs.read_for_task(store.db, task(store, 3))] == [(REPORT, PHOTO)]
    kept = store.db.execute(
        "SELECT path, size, sha256 FROM evidence WHERE sign_off = 1 ORDER BY rowid"
    ).fetchall()
    assert kept == [REPORT, PHOTO]


def test_a_task_is_signed_off_once(store: Store) -> None:
    sign(store, 3)
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        sign(store, 3)


def test_what_is_taken_back_stays_on_record_with_the_reason(store: Store) -> None:
    sign(store, 3, REPORT)
    sign(store, 4)
    sign_offs.take_back(store.db, task(store, 3), "材料有误")
    assert list(sign_offs.read_in_force(store.db)) == [(2022, 4)]
    [taken_back] = sign_offs.read_for_task(store.db, task(store, 3))
    assert (taken_back.reopen_reason, taken_back.evidence) == ("材料有误", (REPORT,))
    assert taken_back.reopened_at is not None


def test_a_task_may_be_signed_off_again_and_its_history_is_in_order(store: Store) -> None:
    for note in ("一", "二", "三"):
        sign(store, 3, note=note)
        sign_offs.take_back(store.db, task(store, 3), f"{note}次有误")
    sign(store, 3, note="四")
    history = sign_offs.read_for_task(store.db, task(store, 3))
    assert [(s.note, s.reopen_reason) for s in history] == [
        ("一", "一次有误"),
        ("二", "二次有误"),
        ("三", "三次有误"),
        ("四", None),
    ]


def test_taking_back_what_nobody_signed_changes_nothing(store: Store) -> None:
    sign(store, 3)
    sign_offs.take_back(store.db, task(store, 4), "x")
    assert list(sign_offs.read_in_force(store.db)) == [(2022, 3)]


def test_a_task_that_is_not_in_the_plan_cannot_be_signed_off(store: Store) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        sign(store, 99)
