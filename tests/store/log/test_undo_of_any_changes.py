"""Whatever is added, set, removed, imported and taken back, the registry is what a simple model says."""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from kfly.errors import KflyError
from kfly.reports.changes.telling import Words
from kfly.services.session import Session
from kfly.services.undo import Undo
from kfly.store.log import reading as log
from tests.support.harbour_city import add, take_file

pytestmark = pytest.mark.slow

NAMES = st.sampled_from("甲乙丙")
AREAS = st.sampled_from(["1", "2"])
Row = tuple[str, int]  # the kind, the id
State = dict[Row, dict[str, Any]]
Cells = dict[tuple[Row, str], Any]
EXISTS = "is there"
COLUMNS = {"building": ("name", "town", "floor_area", "owner"), "carrier": ("name", "building")}


class Step(NamedTuple):
    """What one command did: the cells it touched, and the group that it took back."""

    before: Cells
    after: Cells
    undoes: int | None


def cells(state: State) -> Cells:
    found: Cells = {(row, EXISTS): True for row in state}
    return found | {(row, name): value for row, values in state.items() for name, value in values.items()}


class Undoing(RuleBasedStateMachine):
    database: ClassVar[Path]

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.session = Session(Path(shutil.copy(self.database, self.folder.name)), ("test",))
        self.start = self.stored()
        self.state: State = {}
        self.steps: dict[int, Step] = {}
        self.out_of_turn = False

    def teardown(self) -> None:
        while not self.out_of_turn and any(self.in_effect()):
            self.undo_the_last()
        if not self.out_of_turn:
            assert self.stored() == self.start
        self.folder.cleanup()

    # The model.

    def in_effect(self) -> Iterator[int]:
        gone: set[int | None] = set()
        for number, step in sorted(self.steps.items(), reverse=True):
            if number not in gone:
                gone.add(step.undoes)
        yield from (n for n, step in sorted(self.steps.items()) if n not in gone and step.undoes is None)

    def is_taken_back(self, number: int) -> int | None:
        by: dict[int | None, int] = {}
        for n, step in sorted(self.steps.items(), reverse=True):
            if n not in by:
                by[step.undoes] = n
        return by.get(number)

    def could_be_taken_back(self, number: int) -> State | None:
        step = self.steps[number]
        for n, later in self.steps.items():
            partner = self.is_taken_back(n)
            pair = partner is not None or (
                later.undoes is not None and later.undoes > number and self.is_taken_back(later.undoes) == n
            )
            if n > number and not pair and self.meet(step, later):
                return None
        state = self.overlaid(step.before, step.after)
        if state is None:
            return None
        keys = [(kind, *(str(v.get(n)) for n in ("name", "town"))) for (kind, _id), v in state.items()]
        refers = [("building", v["building"]) for (k, _id), v in state.items() if v.get("building")]
        return state if len(set(keys)) == len(keys) and set(refers) <= set(state) else None

    @staticmethod
    def meet(step: Step, later: Step) -> bool:
        come_or_gone = {row for (row, name) in step.before.keys() | step.after.keys() if name == EXISTS}
        touched = later.before.keys() | later.after.keys()
        return bool(touched & (step.before.keys() | step.after.keys())) or any(
            r in come_or_gone for r, _n in touched
        )

    def overlaid(self, wanted: Cells, given_up: Cells) -> State | None:
        """The state with some cells put back; None where their row is gone."""
        flat = {place: value for place, value in cells(self.state).items() if place not in given_up} | wanted
        state: State = {row: {} for row, name in flat if name == EXISTS}
        for (row, name), value in flat.items():
            if name != EXISTS:
                if row not in state:
                    return None
                state[row][name] = value
        return state

    def note(self, state: State, undoes: int | None = None) -> None:
        before, after = cells(self.state), cells(state)
        if before != after:
            with self.session.reading() as desk:
                number = log.read_groups(desk.db)[-1].id
            self.steps[number] = Step(
                {p: v for p, v in before.items() if after.get(p) != v or p not in after},
                {p: v for p, v in after.items() if before.get(p) != v or p not in before},
                undoes,
            )
        self.state = state

    # The program.

    def stored(self) -> State:
        with closing(sqlite3.connect(self.session.path)) as db:
            return {
                (kind, row[0]): {n: v for n, v in zip(names, row[1:], strict=True) if v is not None}
                for kind, names in COLUMNS.items()
                for row in db.execute(f"SELECT id, {', '.join(names)} FROM {kind}")
            }

    def do(self, work: Any) -> None:
        try:
            with self.session.writing() as desk:
                work(desk.registry)
        except KflyError:
            pass
        else:
            self.note(self.stored())

    def undo(self, number: int | None, expected: State | None) -> None:
        try:
            with self.session.reading() as desk:
                group = Undo(desk, Words).find(number)
            with self.session.writing(undoes=group.id) as desk:
                Undo(desk, Words).apply(group)
        except KflyError:
            assert expected is None
        else:
            assert expected is not None
            self.note(expected, group.id)

    @rule(name=NAMES, area=AREAS)
    def add_a_building(self, name: str, area: str) -> None:
        self.do(lambda registry: add(registry, "building", name=name, town="南闸街道", floor_area=area))

    @precondition(lambda self: self.state)
    @rule(data=st.data(), name=NAMES)
    def add_a_carrier_in_a_building(self, data: st.DataObject, name: str) -> None:
        building = data.draw(st.sampled_from([i for _k, i in sorted(self.state)]))
        values = {"name": name, "type": "孵化器", "recognized_on": "2022-03-01", "building": f"#{building}"}
        self.do(lambda registry: add(registry, "carrier", **values))

    @precondition(lambda self: self.state)
    @rule(data=st.data(), name=st.none() | NAMES, owner=st.none() | NAMES)
    def set_fields(self, data: st.DataObject, name: str | None, owner: str | None) -> None:
        kind, record = data.draw(st.sampled_from(sorted(self.state)))
        given = {"name": name, "owner": owner if kind == "building" else None}
        values = {field: value for field, value in given.items() if value}
        self.do(lambda registry: registry.change(registry.kind(kind), record, values))

    @precondition(lambda self: self.state)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        kind, record = data.draw(st.sampled_from(sorted(self.state)))
        self.do(lambda registry: registry.remove(registry.kind(kind), record, "x"))

    @rule(names=st.sets(NAMES, min_size=1), area=AREAS)
    def import_a_sheet(self, names: set[str], area: str) -> None:
        file = Path(self.folder.name, "t.csv")
        rows = "".join(f"{name},青阳镇,{area}\n" for name in sorted(names))
        file.write_text("楼宇名称,所属镇街,建筑面积\n" + rows, encoding="utf-8")
        self.do(lambda registry: take_file(registry, "building", file))

    @rule()
    def undo_the_last(self) -> None:
        last = max(self.in_effect(), default=None)
        self.undo(None, None if last is None else self.could_be_taken_back(last))

    @precondition(lambda self: self.steps)
    @rule(data=st.data())
    def undo_any(self, data: st.DataObject) -> None:
        self.out_of_turn = True
        number = data.draw(st.sampled_from(sorted(self.steps)))
        gone = self.is_taken_back(number) is not None
        self.undo(number, None if gone else self.could_be_taken_back(number))

    @invariant()
    def the_database_is_as_the_model_says(self) -> None:
        assert self.stored() == self.state


class UndoingInTurn(Undoing):
    """Without undoing out of turn, going back leads to the start."""

    undo_any = None  # type: ignore[assignment]


@pytest.mark.parametrize("machine", [Undoing, UndoingInTurn])
def test_any_sequence_leaves_what_a_model_says_and_leads_back(
    machine: type[Undoing], bundled_database: Path
) -> None:
    Undoing.database = bundled_database
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=5,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
