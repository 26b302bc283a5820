"""Whatever is changed and however, each view as known at a moment is what it printed then, to the letter."""

import os
import random
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.history import LOADS, STRANGERS, VIEWS, Step, act, look, look_back, move_to
from tests.support.plan_office import Office

pytestmark = pytest.mark.slow

TURNS = 5
EVENTFUL: tuple[Step, ...] = (
    (
        "add-building",
        "--name",
        "三号",
        "--town",
        "东镇",
        "--floor-area",
        "877.13",
        "--renovated-on",
        "2022-03-01",
    ),
    ("done", "2", "--on", "2022-05-01", "--evidence", "b.txt", "--evidence", "a.txt"),
    ("load", "aliases"),
    ("set", "building", "一号", "floor_area=60000", "note=改了"),
    ("stranger", "alias renamed"),
    ("stranger", "number"),
    ("load", "order"),
    ("reopen", "2", "--reason", "材料不全"),
    ("progress", "2", "半程", "--percent", "50", "--on", "2022-06-01", "--by", "东镇", "--evidence", "c.txt"),
    ("undo",),
    ("load", "values"),
    ("load", "renamed"),
    ("import", "四号,西镇,12", "二号,西镇,5"),
    ("stranger", "sign-off"),
    ("stranger", "sign-off"),
    ("load", "language"),
    ("load", "field"),
    ("load", "type"),
    ("stranger", "nul"),
    ("stranger", "new id"),
    ("remove", "shop", "茶馆", "--reason", "歇业"),
    ("add-meeting", "--subject", "推进会", "--held-on", "2022-04-01"),
    ("load", "new field"),
    ("stranger", "title"),
    ("load", "kind"),
    ("load", "goal"),
)


def must_come_back(office: Office, steps: Sequence[Step], turn: int) -> None:
    """Take the steps, look at each moment, and look back at each of them from the end.

    At each moment others of the views are looked at, in turn; which begin, differs from run to run.
    """
    moments = {}
    for number, step in enumerate([None, *steps]):
        if step is not None:
            act(office, step)
        moment = look(office, VIEWS[(number + turn) % TURNS :: TURNS])
        moments[moment.group] = moment  # another program's changes of one second are one
    for moment in moments.values():
        assert look_back(office, moment) == moment


def test_an_eventful_year_comes_back_moment_by_moment(office: Office) -> None:
    must_come_back(office, EVENTFUL, random.randrange(TURNS))


NAMES = st.sampled_from(["一号", "二号", "三号", "四号"])
TOWNS = st.sampled_from(["东镇", "西镇", "新东街道"])
AREAS = st.sampled_from(["1", "60000", "877.13", "0.1"])
ANY_STEP = st.one_of(
    st.tuples(st.just("load"), st.sampled_from([*LOADS, "kind"])),
    st.tuples(st.just("stranger"), st.sampled_from([*STRANGERS])),
    st.builds(
        lambda name, town, area: ("add-building", "--name", name, "--town", town, "--floor-area", area),
        NAMES,
        TOWNS,
        AREAS,
    ),
    st.builds(lambda name, area: ("set", "building", name, f"floor_area={area}"), NAMES, AREAS),
    st.builds(lambda name: ("remove", "building", name, "--reason", "误登"), NAMES),
    st.builds(
        lambda *rows: ("import", *(",".join(row) for row in rows)), *[st.tuples(NAMES, TOWNS, AREAS)] * 2
    ),
    st.builds(
        lambda name, rent, at: (
            "add-shop",
            "--name",
            name,
            "--town",
            "西镇",
            "--building",
            at,
            "--rent",
            rent,
        ),
        st.sampled_from(["茶馆", "书店"]),
        st.sampled_from(["12.5", "7"]),
        NAMES,
    ),
    st.builds(lambda n: ("undo", str(n)), st.integers(2, 12)),
    st.sampled_from(
        [
            *(step for step in EVENTFUL if step[0] in ("done", "reopen", "progress", "undo")),
            ("done", "1", "--on", "2022-06-01", "--force"),
            ("evidence", "2", "--add", "c.txt"),
            ("set", "shop", "--where", "rent>1", "note=同", "--yes"),
        ]
    ),
)


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(ANY_STEP, min_size=3, max_size=9), st.integers(0, TURNS - 1))
def test_any_history_comes_back_moment_by_moment(office: Office, steps: list[Step], turn: int) -> None:
    here = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        try:
            must_come_back(move_to(office, Path(folder)), steps, turn)
        finally:
            os.chdir(here)
