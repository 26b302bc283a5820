"""The files of fourteen towns at once: a line each, on one screen; details where one is imported alone."""

import pytest

from tests.support.runner import Cli
from tests.support.screen import widest
from tests.support.sheet_makers import Cell, Tab, xlsx

HEAD: list[Cell] = ["楼宇名称", "所属镇街", "建筑面积"]


def _rows(name: str, town: str, number: int) -> list[list[Cell]]:
    return [[f"{name}{row}", town, 100] for row in range(number)]


@pytest.fixture
def files(kfly: Cli) -> list[str]:
    """Fourteen sheets with a hidden row and a total each; every other one with three faults."""
    paths = []
    for number in range(14):
        rows: list[list[Cell]] = [HEAD, *_rows(f"{number}号楼", "华士镇", 5), ["合计", "", 500]]
        rows += _rows(f"{number}号旧楼", "火星镇", 3 * (number % 2))
        paths.append(str(xlsx(kfly.folder / f"镇{number:02}.xlsx", Tab("Sheet1", rows, hidden_rows=(3,)))))
    return paths


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("more", [(), ("--dry-run",), ("--update",), ("--faults", "marked")])
def test_their_messages_fit_a_screen(
    kfly: Cli, files: list[str], monkeypatch: pytest.MonkeyPatch, language: str, more: tuple[str, ...]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    run = kfly("--lang", language, "import", "building", *files, *more)
    lines = [*run.lines, *run.err.splitlines()]

    assert run.code == 1
    assert len(lines) <= 22
    assert max(map(widest, lines)) <= 100  # those of stderr are not wrapped
    assert widest(run.out) <= 80
    for path in files:
        assert sum(line.startswith(path.rpartition("/")[2]) for line in lines) == 1


def test_remarks_are_summed_up_and_files_added_up(kfly: Cli, files: list[str]) -> None:
    run = kfly("--lang", "en", "import", "building", *files)

    assert run.lines[0] == "镇00.xlsx: 5 added, 1 passed over, hidden rows: 1."
    assert run.lines[-1] == "Files: 14, refused: 7; 35 added."
    assert run.err.splitlines()[0] == "镇01.xlsx: nothing was imported. Faults: 3, the first at Sheet1!B8."
    assert run.err.splitlines()[-1] == (
        "Imported alone, a file has all its faults listed; --faults marks them in copies."
    )


def test_marked_copies_are_named_once_by_their_folder(kfly: Cli, files: list[str]) -> None:
    run = kfly("--lang", "en", "import", "building", *files, "--faults", "marked")

    assert run.err.splitlines()[-1] == "The faulty cells are marked in marked."
    assert len(list((kfly.folder / "marked").iterdir())) == 7


def test_one_file_has_its_details(kfly: Cli, files: list[str]) -> None:
    run = kfly("--lang", "en", "import", "building", files[1])

    assert len(run.err.splitlines()) == 4
    assert "火星镇" in run.err


def test_the_document_has_every_fault(kfly: Cli, files: list[str]) -> None:
    import json

    document = json.loads(kfly("import", "building", *files, "--json").out)
    assert (document["added"], len(document["errors"])) == (35, 21)


def test_a_file_that_is_none_is_told_in_its_own_words(kfly: Cli, files: list[str]) -> None:
    run = kfly("--lang", "en", "import", "building", files[0], "nothing.xlsx")

    assert "nothing.xlsx: cannot be read: there is no such file" in run.err
