"""Figures are read as they stand: what was removed or moved is no figure of 0."""

from pathlib import Path

import pytest

from tests.support.promise_city import write_plan
from tests.support.runner import Cli

TARGETS = {
    "rate": 'reported: level, at_least: 3, unit: "%"',
    "paid": "reported: amount, at_most: 50, unit: 万元",
    "income": "reported: level, per: town, at_least: 3, unit: 元",
}


@pytest.fixture
def kfly(empty: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    monkeypatch.setenv("KFLY_LANG", "en")
    (Path(empty.folder) / "targets.yaml").write_text(write_plan(TARGETS), encoding="utf-8")
    empty.ok("init", "--targets", "targets.yaml")
    return empty


def record(kfly: Cli, target: str, value: str, on: str, *others: str) -> str:
    found = kfly.json("add-figure", "--target", target, "--value", value, "--stated-on", on, *others)
    return str(found["id"])


def read_actual(kfly: Cli, key: str, on: str = "2022-12-31") -> object:
    return kfly.target(key, "--as-of", on)["actual"]


def test_a_figure_that_is_removed_leaves_the_one_before_it(kfly: Cli) -> None:
    record(kfly, "rate", "4", "2022-03-31")
    last = record(kfly, "rate", "5", "2022-06-30")
    kfly.ok("remove", "figure", last, "--reason", "wrong")
    assert read_actual(kfly, "rate") == 4


def test_a_figure_that_is_moved_to_a_later_day_leaves_no_data_before(kfly: Cli) -> None:
    moved = record(kfly, "rate", "4", "2022-03-31")
    kfly.ok("set", "figure", moved, "stated_on=2022-06-30")
    assert [read_actual(kfly, "rate", on) for on in ("2022-06-29", "2022-06-30")] == [None, 4]


def test_a_payment_that_is_removed_leaves_no_data_and_one_of_nothing_is_nothing(kfly: Cli) -> None:
    only = record(kfly, "paid", "4", "2022-03-31")
    kfly.ok("remove", "figure", only, "--reason", "wrong")
    assert read_actual(kfly, "paid") is None
    record(kfly, "paid", "0", "2022-03-31")
    assert read_actual(kfly, "paid") == 0


def test_payments_of_one_day_add_up_also_where_they_amount_to_nothing(kfly: Cli) -> None:
    for source, value in (("2", "4.5"), ("1", "3"), ("3", "-7.5")):
        record(kfly, "paid", value, "2022-03-31", "--source", source)
    assert read_actual(kfly, "paid") == 0
    record(kfly, "paid", "1", "2022-03-01", "--source", "9")
    assert read_actual(kfly, "paid") == 1


def test_a_town_whose_figure_is_removed_has_none(kfly: Cli) -> None:
    record(kfly, "income", "4", "2022-03-31", "--town", "西镇")
    gone = record(kfly, "income", "5", "2022-03-31", "--town", "东镇")
    kfly.ok("remove", "figure", gone, "--reason", "wrong")
    row = kfly.target("income", "--as-of", "2022-12-31")
    assert [(one["organisation"], one["actual"]) for one in row["each"]] == [
        ("东镇", None),
        ("西镇", 4),
        ("南镇", None),
    ]
    places = {place["organisation"]: place["goals"] for place in kfly.json("league", "--as-of", "2022-12-31")}
    assert places["东镇"][0]["actual"] is None
