"""The bytes of evidence stay as long as the log names them, and are those that were shown."""

import hashlib
import sqlite3
from pathlib import Path

import pytest

from kfly.errors import KflyError
from kfly.plan.model import EvidenceFile
from kfly.store.evidence import contents, disk
from kfly.store.evidence.disk import ShownFile
from kfly.store.log import groups
from tests.support.word_city import Store


def shown(folder: Path, data: bytes) -> ShownFile:
    path = folder / "证明.bin"
    path.write_bytes(data)
    return disk.show(path)


@pytest.mark.parametrize("size", [0, 1, contents.PIECE - 1, contents.PIECE, 3 * contents.PIECE + 7])
def test_whatever_its_size_it_comes_out_as_it_went_in(store: Store, tmp_path: Path, size: int) -> None:
    data = bytes(n % 251 for n in range(size % 1000)) + b"\x00" * (size - size % 1000)
    one = shown(tmp_path, data)
    contents.keep(store.db, one)
    contents.keep(store.db, one)
    assert b"".join(contents.read_pieces(store.db, one.file.sha256)) == data
    assert contents.read_kept(store.db) == {hashlib.sha256(data).hexdigest()}


@pytest.mark.parametrize("then", [b"shorter", b"exactly as lonG", b"longer than it was before"])
def test_a_file_that_is_written_meanwhile_is_refused(store: Store, tmp_path: Path, then: bytes) -> None:
    one = shown(tmp_path, b"exactly as long")
    one.path.write_bytes(then)
    with pytest.raises(KflyError, match="was written while it was read"):
        contents.keep(store.db, one)


def test_what_was_never_kept_has_no_bytes(store: Store) -> None:
    assert contents.digest(store.db, "ab" * 32) is None
    assert list(contents.read_pieces(store.db, "ab" * 32)) == []


def test_damaged_bytes_are_replaced_when_the_file_is_shown_again(store: Store, tmp_path: Path) -> None:
    one = shown(tmp_path, b"as it was")
    contents.keep(store.db, one)
    with store.db.blobopen("evidence_files", "contents", 1) as kept:  # past the triggers
        kept.write(b"as it is ")
    assert contents.digest(store.db, one.file.sha256) != one.file.sha256
    with groups.open_group(store.db, "evidence 1 --add"):
        contents.keep(store.db, one)
    assert contents.digest(store.db, one.file.sha256) == one.file.sha256


def test_bytes_that_are_named_cannot_be_removed(store: Store, tmp_path: Path) -> None:
    one = shown(tmp_path, b"x")
    contents.keep(store.db, one)
    number = (2022, 1, "证明.bin", 1, one.file.sha256)
    store.db.execute(
        "INSERT INTO task_evidence (year, task, name, size, sha256, added_at) VALUES (?, ?, ?, ?, ?, '')",
        number,
    )
    for _named_by in ("the row", "the log alone"):
        with pytest.raises(sqlite3.IntegrityError, match="the log names this evidence"):
            store.db.execute("DELETE FROM evidence_files")
        store.db.execute("DELETE FROM task_evidence")


def test_bytes_that_nothing_names_can_be_removed(store: Store, tmp_path: Path) -> None:
    contents.keep(store.db, shown(tmp_path, b"x"))
    store.db.execute("DELETE FROM evidence_files")
    assert contents.read_kept(store.db) == frozenset()


def test_listing_what_is_kept_reads_no_bytes(store: Store) -> None:
    plan = store.db.execute("EXPLAIN QUERY PLAN SELECT sha256 FROM evidence_files").fetchall()
    assert "COVERING INDEX" in plan[0][3]


def test_a_name_is_what_is_behind_the_last_slash() -> None:
    assert EvidenceFile("/srv/plan/批文.txt", 1, "").name == "批文.txt"
    assert EvidenceFile("批文.txt", 1, "").name == "批文.txt"
