"""Outputs: whole or not at all, beside nobody's file, and for no more readers than before."""

import errno
import os
import threading
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import pytest

from kfly.errors import KflyError
from kfly.registry.sheets.outfile import is_file, number_names, replacing

TOO_LONG = "楼" * 200 + ".xlsx"  # names have 255 bytes at most


def fail_halfway(file: BinaryIO) -> None:
    file.write(b"half")
    raise OSError(errno.ENOSPC, "")


def test_a_file_that_appears_meanwhile_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    with pytest.raises(KflyError, match="exists already"), replacing(path):
        path.write_bytes(b"theirs")

    assert path.read_bytes() == b"theirs"
    assert list(tmp_path.iterdir()) == [path]


def test_nothing_of_a_file_that_fails_halfway_is_left(tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    with pytest.raises(KflyError, match="the disk is full"), replacing(path) as file:
        fail_halfway(file)

    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(KflyError, match="there is no such folder"), replacing(tmp_path / "无" / "表.csv"):
        pytest.fail("there was nothing to write to")


@pytest.mark.parametrize("force", [False, True])
def test_a_name_that_is_too_long_is_refused_in_one_line(tmp_path: Path, force: bool) -> None:
    assert not is_file(tmp_path / TOO_LONG)
    with (
        pytest.raises(KflyError, match="cannot be written") as refused,
        replacing(tmp_path / TOO_LONG, force=force),
    ):
        pytest.fail("there was nothing to write to")

    assert len(refused.value.lines) == 1


def test_a_folder_in_the_place_of_the_file_is_not_written_into(tmp_path: Path) -> None:
    with pytest.raises(KflyError, match="cannot be written"), replacing(tmp_path, force=True):
        pytest.fail("a folder is no file")


def test_a_pipe_is_written_to_as_it_is(tmp_path: Path) -> None:
    pipe = tmp_path / "管"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    with replacing(pipe) as file:
        file.write(b"rows")
    reader.join()

    assert read == [b"rows"]
    assert pipe.is_fifo()


def test_a_link_stays_a_link_to_what_is_replaced(tmp_path: Path) -> None:
    kept, link = tmp_path / "表.csv", tmp_path / "最新.csv"
    kept.write_bytes(b"old")
    link.symlink_to(kept)
    with replacing(link, force=True) as file:
        file.write(b"new")

    assert link.is_symlink()
    assert kept.read_bytes() == b"new"


def test_a_file_that_is_replaced_gets_no_more_readers(tmp_path: Path) -> None:
    database, path = tmp_path / "kfly.db", tmp_path / "表.csv"
    database.touch(mode=0o600)
    for private_as, before, after in ((None, 0o640, 0o640), (database, 0o644, 0o600)):
        path.unlink(missing_ok=True)
        path.touch()
        path.chmod(before)
        with replacing(path, private_as=private_as, force=True) as file:
            file.write(b"new")
        assert path.stat().st_mode & 0o777 == after


def test_names_that_are_taken_are_numbered_before_the_suffix() -> None:
    assert list(islice(number_names("照片.jpg"), 3)) == ["照片.jpg", "照片-2.jpg", "照片-3.jpg"]
    assert list(islice(number_names("照片"), 2)) == ["照片", "照片-2"]
