"""Damaged files: each comes in, or is refused; nothing that is in a file ends in a traceback."""

import json
import os
import random
import re
import shutil
import subprocess
import sys
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from python_calamine import load_workbook

from tests.support.nasty_sheets import HEAD, OLD
from tests.support.processes import environment, process
from tests.support.runner import Cli, Run
from tests.support.sheet_makers import Failed, Rows, Tab, ods, text, xlsx
from tests.support.warm import Warm

pytestmark = pytest.mark.slow

ROWS: Rows = [[*HEAD, "权属单位"], ["甲楼", "华士镇", 100, "镇政府"], ["乙楼", "周庄镇", 200, "华西集团"]]
TAB = Tab("Sheet1", [["摸排表"], *ROWS], ("A1:D1",))
PLAIN = Tab("Sheet1", ROWS)
FAULTY = Tab("Sheet1", [*ROWS, ["丙楼", "火星镇", 1]])
SHEET = "xl/worksheets/sheet1.xml"
MUTATIONS = 20  # of each format, others in every run; each is parsed in a process of its own


def packed(path: Path, parts: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", how) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def altered(path: Path, *changes: tuple[str, str]) -> Path:
    """A workbook in whose sheet some text is another."""
    parts = parts_of(path)
    sheet = parts[SHEET].decode()
    for was, becomes in changes:
        assert was in sheet, sheet
        sheet = sheet.replace(was, becomes)
    return packed(path, parts | {SHEET: sheet.encode()})


def mutated(content: bytes, dice: random.Random) -> bytes:
    """A file cut short, or with some bits or a stretch of it wrong."""
    way = dice.randrange(4)
    if way == 0:
        return content[: dice.randrange(len(content))]
    damaged = bytearray(content)
    at = dice.randrange(len(damaged))
    if way == 1:
        for _time in range(dice.randrange(1, 20)):
            damaged[dice.randrange(len(damaged))] ^= 1 << dice.randrange(8)
    elif way == 2:
        del damaged[at : at + dice.randrange(1, 100)]
    else:
        damaged[at : at + 8] = dice.randbytes(8)
    return bytes(damaged)


def damaged_packages(source: Path, dice: random.Random) -> Iterator[bytes]:
    """The file damaged as it lies there, and its parts damaged in a package that is sound."""
    parts = parts_of(source)
    names = [name for name in parts if name.endswith(".xml") and parts[name]]
    for number in range(MUTATIONS):
        if number % 2:
            yield mutated(source.read_bytes(), dice)
        else:
            name = dice.choice(names)
            yield packed(source.with_name("部件"), parts | {name: mutated(parts[name], dice)}).read_bytes()


def damaged_xlsx(folder: Path, dice: random.Random) -> Iterator[bytes]:
    yield from damaged_packages(xlsx(folder / "原.xlsx", TAB), dice)


def damaged_xlsx_with_a_failed_formula(folder: Path, dice: random.Random) -> Iterator[bytes]:
    rows: Rows = [HEAD, ["甲楼", "华士镇", Failed("#N/A")], ["乙楼", "", 1]]
    yield from damaged_packages(xlsx(folder / "原.xlsx", Tab("Sheet1", rows, ("B2:B3",))), dice)


def damaged_ods(folder: Path, dice: random.Random) -> Iterator[bytes]:
    yield from damaged_packages(ods(folder / "原.ods", TAB), dice)


def damaged_xls(_folder: Path, dice: random.Random) -> Iterator[bytes]:
    content = OLD.read_bytes()
    yield from (mutated(content, dice) for _number in range(MUTATIONS))


def judged(run: Run, what: str) -> None:
    """A document, its exit code, and nothing else."""
    assert "Traceback" not in run.err, what
    document = json.loads(run.out)
    assert run.code == (1 if document["errors"] else 0), (what, run)
    assert run.err == "", (what, run.err)
    whole = [error for error in document["errors"] if error["sheet"] is None]
    assert len(whole) in (0, len(document["errors"])), (what, document)
    assert len(whole) <= 1, (what, document)


@contextmanager
def beside_python(file: Path) -> Iterator[None]:
    """What a library writes to stderr itself, past Python, goes into a file."""
    before = os.dup(2)
    with file.open("wb") as stream:
        os.dup2(stream.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(before, 2)
            os.close(before)


@pytest.mark.parametrize(
    ("suffix", "make"),
    [
        (".xlsx", damaged_xlsx),
        (".xlsx", damaged_xlsx_with_a_failed_formula),
        (".ods", damaged_ods),
        (".xls", damaged_xls),
    ],
    ids=["xlsx", "xlsx with merges and a failed formula", "ods", "xls"],
)
def test_whatever_is_damaged_comes_in_or_is_refused(
    kfly: Cli, suffix: str, make: Callable[[Path, random.Random], Iterator[bytes]]
) -> None:
    path = kfly.folder / f"坏{suffix}"
    written = kfly.folder / "stderr"
    seed = random.randrange(1 << 32)
    with beside_python(written):
        for number, content in enumerate(make(kfly.folder, random.Random(seed))):
            path.write_bytes(content)
            copy = ["--faults", "退回.xlsx", "--force"] if number % 3 == 0 else []
            run = kfly("import", "building", str(path), "--dry-run", "--json", *copy)
            judged(run, f"mutation {number} of seed {seed}")
    assert written.read_bytes() == b""


def test_beside_damaged_files_the_others_still_come_in(kfly: Cli) -> None:
    paths = []
    for number, content in enumerate(damaged_xlsx(kfly.folder, random.Random(1))):
        if number >= 10:
            break
        paths.append(kfly.folder / f"坏{number}.xlsx")
        paths[-1].write_bytes(content[:2000])
    rows: Rows = [HEAD, ["丙楼", "华士镇", 1]]
    sound = xlsx(kfly.folder / "好.xlsx", Tab("Sheet1", rows))
    run = kfly("import", "building", *map(str, paths[:5]), str(sound), *map(str, paths[5:]), "--json")

    document = json.loads(run.out)
    assert (run.code, run.err) == (1, "")
    assert document["added"] == 1
    assert [error["file"] for error in document["errors"]] == [path.name for path in paths]
    assert [row["name"] for row in kfly.json("list", "building")] == ["丙楼"]


def test_the_old_workbook_damaged_in_a_batch(kfly: Cli) -> None:
    (kfly.folder / "坏.xls").write_bytes(OLD.read_bytes()[:3000])
    shutil.copy(OLD, kfly.folder / "好.xls")
    run = kfly("import", "building", "坏.xls", "好.xls", "--sheet", "楼宇摸排", "--json")
    document = json.loads(run.out)
    assert (run.code, document["added"]) == (1, 2)
    assert {error["file"] for error in document["errors"]} == {"坏.xls"}


# Cells far away, and what is no number


def far_cell(folder: Path, address: str) -> Path:
    """A workbook with one value in the last cell that a sheet has."""
    row = address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    cell = f'<row r="{row}"><c r="{address}"><v>1</v></c></row></sheetData>'
    return altered(xlsx(folder / "远.xlsx", PLAIN), ("</sheetData>", cell))


def test_a_stray_value_in_the_last_cell_is_refused_in_one_line(kfly: Cli) -> None:
    path = far_cell(kfly.folder, "XFD1048576")
    tracemalloc.start()
    said = kfly.refused("--lang", "en", "import", "building", str(path))
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert said.startswith("远.xlsx: has a cell far away from all others")
    assert most < 100 << 20


def test_the_reader_itself_is_kept_from_a_stray_value(kfly: Cli) -> None:
    path = far_cell(kfly.folder, "XFD1048576")
    limited = "import resource, runpy, sys; resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30)); "
    limited += f"sys.argv = ['kfly', 'import', 'building', {str(path)!r}]; runpy.run_module('kfly')"
    limited = limited.replace("run_module('kfly')", "run_module('kfly', run_name='__main__')")
    done = subprocess.run(
        [sys.executable, "-c", limited], cwd=kfly.folder, capture_output=True, timeout=50, check=False
    )
    assert done.returncode == 1, done.stderr.decode()
    assert done.stderr.decode().count("\n") == 1, done.stderr.decode()


def test_a_value_far_below_comes_to_a_fault_and_not_to_a_crash(kfly: Cli) -> None:
    judged(kfly("import", "building", str(far_cell(kfly.folder, "A1048576")), "--json"), "A1048576")


@pytest.mark.parametrize("word", ["NaN", "inf", "-INF", "1e999", "nan", ""])
def test_what_is_no_number_in_a_cell_of_numbers(kfly: Cli, word: str) -> None:
    path = altered(xlsx(kfly.folder / "数.xlsx", PLAIN), ("<v>100</v>", f"<v>{word}</v>"))
    run = kfly("import", "building", str(path), "--json", "--faults", "退回.xlsx", "--force")
    judged(run, word)
    assert run.code == 1
    assert kfly.json("list", "building") == []


@pytest.mark.parametrize("word", ["NaN", "inf", "1e999"])
def test_what_is_no_number_in_a_cell_of_text(kfly: Cli, word: str) -> None:
    made = xlsx(kfly.folder / "数.xlsx", Tab("Sheet1", [[*HEAD, "备注"], ["甲楼", "火星镇", 1, 77]]))
    path = altered(made, ("<v>77</v>", f"<v>{word}</v>"))
    judged(kfly("import", "building", str(path), "--json", "--faults", "退回.xlsx", "--force"), word)


# JSON


def building(area: str, name: str = '"甲楼"', town: str = '"华士镇"') -> str:
    return f'{{"building": [{{"name": {name}, "town": {town}, "floor_area": {area}}}]}}'


JSON = {
    "a number too large": building("1e999"),
    "a negative one": building("-1e999"),
    "not a number": building("NaN"),
    "infinity": building("Infinity"),
    "more digits than Python reads": building("1" * 5000),
    "a lone surrogate in a name": building("1", name='"\\ud800楼"'),
    "a lone surrogate in a town": building("1", town='"\\udfff"'),
    "a lone surrogate for a field": '{"building": [{"\\ud800": 1}]}',
    "a lone surrogate for a kind": '{"\\ud800": [{"name": "甲"}]}',
    "a deep list": "[" * 100_000,
    "deep objects": '{"a":' * 100_000,
    "a deep value": building("[" * 50_000 + "]" * 50_000),
    "nothing": "",
    "only a string": '"building"',
}


@pytest.mark.parametrize("suffix", [".json", ".jsonl"])
@pytest.mark.parametrize("content", JSON.values(), ids=JSON)
def test_odd_json_is_refused_with_a_copy_asked_for_too(
    kfly: Cli, warm: Warm, content: str, suffix: str
) -> None:
    path = text(kfly.folder / f"录{suffix}", content)
    if not (suffix == ".jsonl" and not content):  # no line is no record
        for words in (["building"], []):
            run = kfly("import", *words, str(path), "--json", "--faults", "退回.xlsx", "--force")
            judged(run, content[:40])
            assert run.code == 1
            assert "\ud800" not in run.out
        # A real stderr escapes what it cannot say.
        done = warm.run(kfly.folder, "import", "building", str(path), env=environment(LANG="C"))
        assert (done.returncode, done.stdout) == (1, b"")
        assert b"Traceback" not in done.stderr
    assert kfly.json("list", "building") == []


def test_a_lone_surrogate_is_marked_in_the_copy(kfly: Cli) -> None:
    path = text(kfly.folder / "录.json", building("1", name='"\\ud800楼"'))
    done = process(kfly.folder, "--lang", "en", "import", "building", str(path), "--faults", "退回.xlsx")
    assert done.stderr.decode().splitlines()[-1] == "The faulty cells are marked in 退回.xlsx."
    assert load_workbook(kfly.folder / "退回.xlsx").sheet_names


# Workbooks that other programs wrote


def failed_formula(folder: Path) -> Path:
    return xlsx(folder / "式.xlsx", Tab("Sheet1", [HEAD, ["甲楼", "华士镇", Failed("#N/A")]]))


def without_addresses(path: Path) -> Path:
    parts = parts_of(path)
    sheet = re.sub(rb'<(c|row) r="[A-Z0-9]+"', rb"<\1", parts[SHEET])
    assert b"<c r=" not in sheet
    return packed(path, parts | {SHEET: sheet})


def single_quoted(path: Path) -> Path:
    parts = parts_of(path)
    head, body = parts[SHEET].split(b"<sheetData>")
    return packed(path, parts | {SHEET: head + b"<sheetData>" + body.replace(b'"', b"'")})


@pytest.mark.parametrize(
    "change",
    [without_addresses, single_quoted, lambda path: single_quoted(without_addresses(path))],
    ids=["cells without r=", "single quotes", "both"],
)
def test_a_failed_formula_is_a_fault_however_it_is_written(kfly: Cli, change: Callable[[Path], Path]) -> None:
    path = change(failed_formula(kfly.folder))
    (error,) = json.loads(kfly("import", "building", str(path), "--json").out)["errors"]
    assert tuple(error[key] for key in ("row", "column", "field")) == (2, "C", "floor_area")


def test_a_failed_formula_in_a_column_that_may_be_empty_is_not_lost(kfly: Cli) -> None:
    rows: Rows = [[*HEAD, "权属单位"], ["甲楼", "华士镇", 1, Failed("#REF!")]]
    path = single_quoted(without_addresses(xlsx(kfly.folder / "式.xlsx", Tab("Sheet1", rows))))
    run = kfly("import", "building", str(path), "--json")
    assert [error["column"] for error in json.loads(run.out)["errors"]] == ["D"]


# Marked copies of odd workbooks


@pytest.mark.parametrize("second", ["A1:B1", "A1:C2", "B1:C3", "A1:D1"])
def test_cells_merged_twice_do_not_keep_the_copy_from_being_written(kfly: Cli, second: str) -> None:
    made = xlsx(kfly.folder / "并.xlsx", Tab("Sheet1", [["表", "", "", ""], *FAULTY.rows], ("A1:D1",)))
    path = altered(made, ('<mergeCell ref="A1:D1"/>', f'<mergeCell ref="A1:D1"/><mergeCell ref="{second}"/>'))
    run = kfly("--lang", "en", "import", "building", str(path), "--faults", "退回.xlsx")

    assert run.code == 1
    assert run.err.splitlines()[-1] == "The faulty cells are marked in 退回.xlsx."
    assert "Sheet1" in load_workbook(kfly.folder / "退回.xlsx").sheet_names


@pytest.mark.parametrize("name", ["Bob's", "'甲'乙", "a''b"])
def test_a_sheet_with_quotes_in_its_name_has_a_copy(kfly: Cli, name: str) -> None:
    made = xlsx(kfly.folder / "名.xlsx", FAULTY._replace(name="SHEETNAME"))
    parts = parts_of(made)
    book = parts["xl/workbook.xml"].replace(b"SHEETNAME", name.encode())
    path = packed(made, parts | {"xl/workbook.xml": book})
    run = kfly("--lang", "en", "import", "building", str(path), "--faults", "退回.xlsx")

    assert run.code == 1
    assert run.err.splitlines()[-1] == "The faulty cells are marked in 退回.xlsx."
    copy = load_workbook(kfly.folder / "退回.xlsx")
    (cells,) = [copy.get_sheet_by_name(sheet).to_python() for sheet in copy.sheet_names[:1]]
    assert cells[-1][1] == "火星镇"


def test_the_list_of_faults_leads_to_the_cell_in_a_sheet_with_a_quote(kfly: Cli) -> None:
    path = xlsx(kfly.folder / "名.xlsx", FAULTY._replace(name="Bob's"))
    kfly("--lang", "en", "import", "building", str(path), "--faults", "退回.xlsx")
    assert b"'Bob''s'!B4" in b"".join(parts_of(kfly.folder / "退回.xlsx").values())
