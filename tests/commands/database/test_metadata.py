"""What Datasette is told: words for what is shown, and nothing personal in it for others."""

import gzip
import json
import sqlite3
from contextlib import closing
from typing import Any

from tests.support import FIRST_RELEASE
from tests.support.runner import Cli

OFFICE = {"id": "root"}


def written(cli: Cli, *args: str) -> dict[str, Any]:
    """The part about the database."""
    cli.ok(*args, "metadata", "-o", "metadata.json", "--force")
    document = json.loads((cli.folder / "metadata.json").read_text(encoding="utf-8"))
    assert document["allow_sql"] == OFFICE
    (database,) = document["databases"]
    assert database == cli.db.stem
    found: dict[str, Any] = document["databases"][database]
    return found


def test_every_table_and_view_is_named_and_what_is_open_holds_nothing_personal(filled: Cli) -> None:
    told = written(filled)
    assert told["allow_sql"] == OFFICE
    with closing(sqlite3.connect(filled.db)) as db:
        names = {
            name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
        }
        assert set(told["tables"]) == names
        personal = db.execute(
            "SELECT name, label_zh FROM fields WHERE personal AND name <> 'name'"
        ).fetchall()
        telling = {"email", "reply_to", "contents", "before", "after", "as logged", *sum(personal, ())}
        for name, table in told["tables"].items():
            if "allow" not in table:
                columns = {column for _n, column, *_rest in db.execute(f'PRAGMA table_info("{name}")')}
                assert columns.isdisjoint(telling), name


def test_what_is_closed_is_hidden_too(filled: Cli) -> None:
    tables = written(filled)["tables"]
    closed = {name for name, table in tables.items() if table.get("allow") == OFFICE}
    assert {
        "building",
        "talent",
        "changes",
        "building rows",
        "organisations",
        "tasks",
        "mailings",
        "sqlite_sequence",
    } <= closed
    assert all(tables[name]["hidden"] for name in closed)
    assert closed.isdisjoint({"楼宇", "高层次人才", "targets", "enclave"})


def test_a_view_has_its_title_facets_and_order(kfly: Cli) -> None:
    building = written(kfly)["tables"]["楼宇"]
    assert building["title"] == "楼宇"
    assert building["facets"][:2] == ["所属镇街", "权属性质"]
    assert building["sort_desc"] == "改造完成日期"
    assert building["columns"]["建筑面积（m²）"] == "单位：m²"
    english = written(kfly, "--lang", "en")["tables"]["楼宇"]
    assert (english["title"], english["columns"]["建筑面积（m²）"]) == ("Buildings", "Floor area (m²)")


def test_every_query_runs_and_says_what_kfly_says(filled: Cli) -> None:
    queries = written(filled)["queries"]
    assert set(queries).isdisjoint(written(filled)["tables"])
    with closing(sqlite3.connect(filled.db)) as db:
        asked = {name: db.execute(q["sql"], {"day": "2022-11-30"}).fetchall() for name, q in queries.items()}
    late = {(task["year"], task["number"]) for task in filled.json("overdue", "--as-of", "2022-11-30")}
    assert late <= {(row[0], row[1]) for row in asked["tasks-unsigned"]}
    stages = [stage["number"] for stage in filled.json("buildings", "--as-of", "2022-11-30")["stages"]]
    counted = [sum(row[column] for row in asked["building-by-stage"]) for column in range(1, 7)]
    assert counted == [*stages[1:], stages[0]]  # those without a survey stand last
    total = sum(row[2] for row in asked["expenditure-by-choice"])
    assert total == sum(record["amount"] for record in filled.json("list", "expenditure"))


def test_the_database_and_an_existing_file_are_never_overwritten(kfly: Cli) -> None:
    assert kfly("metadata", "-o", str(kfly.db), "--force").code == 1
    (kfly.folder / "m.json").write_text("mine", encoding="utf-8")
    assert kfly("metadata", "-o", "m.json").code == 1
    assert (kfly.folder / "m.json").read_text(encoding="utf-8") == "mine"


def test_a_database_without_views_says_how_it_gets_them(empty: Cli) -> None:
    empty.db.write_bytes(gzip.decompress(FIRST_RELEASE.read_bytes()))
    run = empty("--lang", "en", "metadata", "-o", "m.json")
    assert run.code == 1
    assert run.err.startswith("The database has no views yet")


def test_it_is_printed_where_the_file_is_a_hyphen(filled: Cli) -> None:
    printed = json.loads(filled.ok("metadata", "-o", "-"))
    assert printed["databases"][filled.db.stem] == written(filled)
    assert not (filled.folder / "-").exists()
