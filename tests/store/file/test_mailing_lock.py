"""The lock of a database's mailings: one run holds it, who may write the database can, nothing is left."""

import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from kfly.errors import KflyError
from kfly.store.file import locks as mailing_lock
from kfly.store.file.locks import holding_lock

A_GROUP = 54321
A_USER = 54322


@pytest.fixture(autouse=True)
def _little_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailing_lock, "SECONDS", 0.2)


@pytest.fixture(params=[0o000, 0o077])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "kfly.db"
    path.touch(0o600)
    return path


@pytest.fixture
def lock(database: Path) -> Path:
    return database.with_name("kfly.db-mailing")


def test_a_second_one_is_told_that_it_is_not_alone(database: Path, lock: Path) -> None:
    with holding_lock(database) as first, holding_lock(database) as second:
        assert (first, second) == (True, False)
        assert lock.exists()
    assert not lock.exists()
    with holding_lock(database) as again:
        assert again


def test_one_that_was_killed_keeps_nobody_out(database: Path, lock: Path) -> None:
    lock.touch(0o600)
    with holding_lock(database) as ours:
        assert ours
    assert not lock.exists()


def test_a_lock_on_a_file_that_is_gone_keeps_nobody_out(database: Path, lock: Path) -> None:
    with lock.open("w", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        lock.unlink()
        with holding_lock(database) as ours:
            assert ours


def test_through_a_link_it_is_the_same_lock(database: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(database)
    with holding_lock(database), holding_lock(link) as second:
        assert not second


@pytest.mark.parametrize("mode", [0o600, 0o660, 0o664])
def test_it_is_for_those_who_may_write_the_database_whatever_the_umask(
    database: Path, lock: Path, mode: int, umask: int
) -> None:
    database.chmod(mode)
    with holding_lock(database):
        assert lock.stat().st_mode & 0o777 == mode & 0o660


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_it_has_the_databases_owner_and_group(database: Path, lock: Path) -> None:
    os.chown(database, A_USER, A_GROUP)
    with holding_lock(database):
        assert (lock.stat().st_uid, lock.stat().st_gid) == (A_USER, A_GROUP)


def test_a_link_in_its_place_is_refused_and_not_followed(database: Path, lock: Path, tmp_path: Path) -> None:
    lock.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(KflyError, match=r"kfly\.db-mailing cannot be written"), holding_lock(database):
        pass
    assert not (tmp_path / "elsewhere").exists()


def test_where_no_file_can_be_made_it_is_told(database: Path, lock: Path) -> None:
    lock.mkdir()
    with (
        pytest.raises(KflyError, match=r"kfly\.db-mailing cannot be written: it is a folder"),
        holding_lock(database),
    ):
        pass
