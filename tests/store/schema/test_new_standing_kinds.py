"""What a newer package declares reaches an old database at its first write; what the plan has, stays."""

import shutil
from pathlib import Path

import pytest

from kfly import __version__
from kfly.registry.kinds import STANDING
from kfly.store.file.database import reading, writing
from kfly.store.log import groups
from kfly.store.log import reading as log
from kfly.store.plan import reading as plan_rows
from kfly.store.plan import writing as plan_writing
from kfly.store.plan.kinds import read_kinds
from kfly.store.revision.reshaping import add_standing, do_without, reshape
from kfly.store.schema import migrations

NEWER = """
  drone:
    name: {zh: 无人机, en: Drones}
    key: [name]
    fields:
      name: {type: text, required: true, label: {zh: 名称, en: Name}}
"""


@pytest.fixture
def path(bundled_database: Path, tmp_path: Path) -> Path:
    shutil.copyfile(bundled_database, tmp_path / "kfly.db")
    return tmp_path / "kfly.db"


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """The declaration of a package to come: a kind more, a field more, a choice more."""
    text = STANDING.read_text(encoding="utf-8") + NEWER
    text = text.replace("choices: [国有, 集体, 企业]", "choices: [国有, 集体, 企业, 外资]")
    assert "外资" in text
    at = text.index("      owner:")
    text = text[:at] + "      colour: {type: text, label: {zh: 颜色, en: Colour}}\n" + text[at:]
    (tmp_path / "newer.yaml").write_text(text, encoding="utf-8")
    return tmp_path / "newer.yaml"


def bring_up(path: Path, declaration: Path) -> None:
    with writing(path, reshaping=True) as db:
        migrations.bring_up(db, declaration)


def test_a_new_database_has_nothing_to_catch_up_with(path: Path) -> None:
    with reading(path) as db:
        assert not migrations.is_due(db, STANDING)


def test_kinds_fields_and_choices_arrive(path: Path, newer: Path) -> None:
    with writing(path) as db:
        db.execute("INSERT INTO building (name, town, floor_area) VALUES ('甲', '南闸街道', 1)")
        assert migrations.is_due(db, newer)
    bring_up(path, newer)
    with writing(path) as db:
        assert not migrations.is_due(db, newer)
        kinds = {kind.name: kind for kind in read_kinds(db)}
        assert list(kinds)[-1] == "drone"
        ownership = kinds["building"].field("ownership")
        assert ownership
        assert "外资" in ownership.choices
        assert db.execute("SELECT name, colour FROM building").fetchall() == [("甲", None)]
        with groups.open_group(db, "x"):
            db.execute("UPDATE building SET colour = 'red'")
            db.execute("INSERT INTO drone (name) VALUES ('飞')")
        last = log.read_groups(db)[-1]
        assert [c.columns for c in log.read_changes(db, last.first, last.last)] == [
            ("colour",),
            ("id", "name", "note"),
        ]


def test_what_the_plan_has_narrowed_stays_narrowed(path: Path, newer: Path) -> None:
    bring_up(path, newer)
    with reading(path) as db:
        host = next(kind for kind in read_kinds(db) if kind.name == "enclave").field("host")
    assert host
    assert host.only == ("高新区", "临港开发区", "澄江街道")


def test_the_old_rows_and_references_are_all_there(path: Path, newer: Path) -> None:
    with writing(path) as db:
        db.execute("INSERT INTO building (id, name, town, floor_area) VALUES (7, '甲', '南闸街道', 1)")
        db.execute(
            "INSERT INTO enclave (name, town, host, floor_area, building, established_on)"
            " VALUES ('飞地', '南闸街道', '高新区', 1, 7, '2022-03-01')"
        )
    bring_up(path, newer)
    with reading(path) as db:
        assert db.execute("SELECT b.name FROM enclave JOIN building AS b ON b.id = building").fetchone() == (
            "甲",
        )
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert (
            'REFERENCES "building"'
            in db.execute("SELECT sql FROM sqlite_master WHERE name = 'enclave'").fetchone()[0]
        )


def test_it_is_logged_as_the_programs_own_doing(path: Path, newer: Path) -> None:
    bring_up(path, newer)
    with reading(path) as db:
        group = log.read_groups(db)[-1]
    assert group.reshaped
    assert group.command == __version__


def test_kinds_that_the_plan_leaves_out_stay_away(path: Path, newer: Path) -> None:
    """Nor does a newer kind come that could not stand without one of them."""
    left_out = ("building", "carrier", "drone")
    with writing(path, reshaping=True) as db:
        plan = plan_rows.read(db)._replace(targets=(), tasks=(), deliverables=(), left_out=left_out)
        kinds = do_without(read_kinds(db), left_out)
        reshape(db, read_kinds(db), kinds)
        plan_writing.update_plan(db, plan, kinds)
    bring_up(path, newer)
    with reading(path) as db:
        assert not migrations.is_due(db, newer)
        assert read_kinds(db) == kinds
        assert {kind.name for kind in kinds}.isdisjoint({*left_out, "evaluation"})
        assert plan_rows.read(db).left_out == left_out
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_plans_own_kind_that_is_only_called_the_same_is_left_as_it_is(path: Path) -> None:
    """Its records are told apart by what the newer kind has not."""
    with reading(path) as db:
        standing = read_kinds(db)
    figure = next(kind for kind in standing if kind.name == "figure")
    name = figure.fields[0]._replace(name="name", names=None)
    own = figure._replace(fields=(name, *figure.fields[-1:]), key=("name",))
    others = tuple(kind for kind in standing if kind != figure)
    assert add_standing((*others, own), standing) == (*others, own)
