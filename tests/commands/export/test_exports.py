"""The registry handed out: complete, typed, masked where it is asked for, and never half a file."""

import csv
import io
import json
import os
import tempfile
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kfly.registry.sheets.export import FORMATS
from tests.support.desk import Desk, sheets
from tests.support.exchange_city import OWN_KINDS
from tests.support.processes import environment, in_a_shell, process
from tests.support.read_only import nothing_can_be_written_in
from tests.support.runner import contents
from tests.support.shelf import Shelf
from tests.support.workbooks import Workbook

BOM = b"\xef\xbb\xbf"
MASK = "***"
# Refused by a workbook alone, after some rows of it were written.
TOO_LONG = "长" * 32_768


@pytest.fixture
def registry(kfly: Desk, shelf: Shelf) -> Desk:
    """Two buildings, one with all sorts of values, and a talent."""

    def prepare() -> None:
        kfly.add_building(
            "创新大厦",
            *("--idle-area", "1234.5", "--longitude", "120.26", "--ownership", "国有"),
            *("--surveyed-on", "2022-03-01", "--contact", "王小明", "--phone", "0510-86861234"),
            *("--note", "=1+1"),
        )
        kfly.add_building("科技楼", "--certificate-number", "001")
        kfly.add(
            "enclave",
            *("--name", "飞地", "--town", "华士镇", "--host", "高新区", "--floor-area", "800"),
            *("--building", "创新大厦", "--established-on", "2022-05-01"),
        )
        kfly.add_talent("李雷", "--employer", "一厂")

    shelf.lay("a registry to export", kfly.folder, prepare)
    return kfly


def row(cells: list[list[Any]], number: int = 1) -> dict[str, Any]:
    """A row of a sheet by its headings, without the empty cells."""
    return {
        heading: cell for heading, cell in zip(cells[0], cells[number], strict=True) if cell not in {"", None}
    }


def test_numbers_and_days_are_numbers_and_days_in_excel(registry: Desk) -> None:
    registry.ok("export", "-o", "all.xlsx")
    building = sheets(registry.folder / "all.xlsx")["楼宇"]

    assert row(building) == {
        "楼宇名称": "创新大厦",
        "所属镇街": "高新区",
        "权属性质": "国有",
        "建筑面积（m²）": 5000.0,
        "闲置面积（m²）": 1234.5,
        "经度": 120.26,
        "联系人": "王小明",
        "联系电话": "0510-86861234",
        "摸排日期": date(2022, 3, 1),
        "备注": "=1+1",
    }
    assert type(row(building)["建筑面积（m²）"]) is float
    assert row(building, 2)["不动产权证号"] == "001"


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "=HYPERLINK(1)",
        "{=1}",
        "http://a.cn",
        "001",
        "2022-03-01",
        "<r>甲</r>",
    ],
)
def test_what_begins_like_something_else_stays_text_in_excel(kfly: Desk, text: str) -> None:
    kfly.add_talent("李雷", f"--note={text}")
    kfly.ok("export", "-o", "all.xlsx")
    book = Workbook(kfly.folder / "all.xlsx")

    assert row(book.values["高层次人才"])["备注"] == text
    assert book.formulas("高层次人才") == []
    assert book.number_format("高层次人才", 1, 6) == "@"


def test_a_year_is_a_number_without_separators(kfly: Desk) -> None:
    kfly.add("carrier", "--name", "孵化器", "--type", "孵化器", "--recognized-on", "2022-03-01")
    day = ("--assessed-on", "2023-01-15")
    kfly.add("evaluation", "--carrier", "孵化器", "--year", "2022", "--score", "88.5", *day)
    kfly.ok("export", "evaluation", "-o", "e.xlsx")
    book = Workbook(kfly.folder / "e.xlsx")

    assert row(book.values["载体评估"]) == {
        "科创载体": "孵化器", "评估年度": 2022.0, "评估得分": 88.5, "评估日期": date(2023, 1, 15)
    }  # fmt: skip
    assert book.number_format("载体评估", 1, 1) == "0"
    assert book.number_format("载体评估", 1, 6) == "yyyy-mm-dd"


@pytest.mark.parametrize(
    ("day", "serial"),  # as Excel counts, to which 1900 was a leap year
    [
        ("1900-01-01", 1),
        ("1900-02-28", 59),
        ("1900-03-01", 61),
        ("2022-03-01", 44621),
        ("2199-12-31", 109574),
    ],
)
def test_every_day_that_can_be_recorded_is_that_day_in_excel(kfly: Desk, day: str, serial: int) -> None:
    kfly.add("talent", "--name", "李雷", "--introduced-on", day)
    kfly.ok("export", "-o", "all.xlsx")
    book = Workbook(kfly.folder / "all.xlsx")

    assert book.kept("高层次人才", 1, 5) == str(serial)
    assert row(book.values["高层次人才"])["引进日期"] == date.fromisoformat(day)


def test_the_heading_of_an_export_stays_in_sight(registry: Desk) -> None:
    registry.ok("export", "-o", "all.xlsx")
    book = Workbook(registry.folder / "all.xlsx")

    for name in book.names():
        pane = book.pane(name)
        assert pane is not None
        assert (pane.state, pane.rows) == ("frozen", 1)


def test_a_workbook_has_a_sheet_for_each_kind_that_has_records(registry: Desk) -> None:
    registry.ok("export", "-o", "all.xlsx")
    registry.ok("--lang", "en", "export", "-o", "en.xlsx")

    names = list(sheets(registry.folder / "all.xlsx"))
    assert sorted(names) == sorted(["楼宇", "科创飞地", "高层次人才"])
    assert names.index("楼宇") < names.index("科创飞地")
    assert sorted(sheets(registry.folder / "en.xlsx")) == ["Buildings", "Enclaves", "Talents"]


def test_without_any_records_there_is_a_sheet_for_every_kind(kfly: Desk) -> None:
    kfly.ok("export", "-o", "all.xlsx")
    found = sheets(kfly.folder / "all.xlsx")

    assert len(found) == 16
    assert all(len(rows) == 1 for rows in found.values())


def test_only_the_kinds_that_are_named_are_exported_empty_ones_too(registry: Desk) -> None:
    registry.ok("export", "talent", "活动", "talent", "-o", "some.xlsx")

    found = sheets(registry.folder / "some.xlsx")
    assert {name: len(rows) for name, rows in found.items()} == {"高层次人才": 2, "活动": 1}
    assert "talnet" in registry.refused("export", "talnet", "-o", "x.xlsx")


def test_references_are_titles_and_there_are_no_ids(registry: Desk) -> None:
    registry.add("building", *("--name", "创新大厦", "--town", "华士镇", "--floor-area", "1"))

    assert registry.exported("enclave")["enclave"] == [
        {
            "name": "飞地",
            "town": "华士镇",
            "host": "高新区",
            "floor_area": 800,
            "building": "高新区/创新大厦",
            "established_on": "2022-05-01",
            "note": None,
        }
    ]


def test_a_csv_file_begins_with_a_byte_order_mark_and_holds_one_kind(registry: Desk) -> None:
    registry.ok("export", "talent", "-o", "t.csv")
    content = (registry.folder / "t.csv").read_bytes()

    assert content.startswith(BOM)
    assert not content.startswith(BOM * 2)
    assert list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))) == [
        ["姓名", "用人单位", "编号", "人才类别", "所属镇街", "引进日期", "备注"],
        ["李雷", "一厂", "", "", "", "2022-03-01", ""],
    ]
    for kinds in ((), ("talent", "building")):
        assert "CSV" in registry.refused("export", *kinds, "-o", "x.csv")


def test_a_csv_file_needs_no_kind_where_only_one_has_records(kfly: Desk) -> None:
    kfly.add_talent("李雷")
    kfly.ok("export", "-o", "t.csv")

    assert "李雷" in (kfly.folder / "t.csv").read_text("utf-8-sig")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)"])
def test_no_text_in_a_csv_file_is_taken_for_a_formula_but_numbers_are_numbers(kfly: Desk, text: str) -> None:
    kfly.add_building("甲楼", f"--note={text}", "--longitude=-120.5")
    kfly.ok("export", "building", "-o", "b.csv")

    with (kfly.folder / "b.csv").open(encoding="utf-8-sig", newline="") as file:
        (found,) = csv.DictReader(file)
    assert found["备注"] == f"'{text}"
    assert found["经度"] == "-120.5"


def test_json_is_one_document_of_lists_by_kind(registry: Desk) -> None:
    registry.ok("export", "-o", "all.json")
    document = json.loads((registry.folder / "all.json").read_text("utf-8"))

    assert sorted(document) == ["building", "enclave", "talent"]
    assert document["talent"] == [
        {
            "name": "李雷",
            "employer": "一厂",
            "code": None,
            "category": None,
            "town": None,
            "introduced_on": "2022-03-01",
            "note": None,
        }
    ]
    first = document["building"][0]
    assert (first["floor_area"], first["idle_area"], first["surveyed_on"]) == (5000, 1234.5, "2022-03-01")
    assert not (registry.folder / "all.json").read_bytes().startswith(BOM)


def test_jsonl_is_a_record_a_line_under_its_kind(registry: Desk) -> None:
    registry.ok("export", "-o", "all.jsonl")
    lines = (registry.folder / "all.jsonl").read_text("utf-8").splitlines()
    records = [json.loads(line) for line in lines]

    assert [list(record) for record in records] == [["building"], ["building"], ["enclave"], ["talent"]] or (
        sorted(kind for record in records for kind in record) == ["building", "building", "enclave", "talent"]
    )
    whole = registry.exported()
    assert [record["building"] for record in records if "building" in record] == whole["building"]


def test_without_records_json_is_still_a_document(kfly: Desk) -> None:
    assert kfly.exported("talent") == {"talent": []}
    assert len(kfly.exported()) == 16
    assert kfly.ok("export", "-o", "-", "--format", "jsonl") == ""


def test_a_dash_prints_json_unless_another_format_is_named(registry: Desk) -> None:
    registry.ok("export", "talent", "-o", "t.json")
    registry.ok("export", "talent", "-o", "t.csv")
    registry.ok("export", "talent", "-o", "t.jsonl")

    for form in ("json", "csv", "jsonl"):
        written = (registry.folder / f"t.{form}").read_bytes()
        assert registry.printed("export", "talent", "-o", "-", "--format", form) == written
    assert registry.printed("export", "talent", "-o", "-") == (registry.folder / "t.json").read_bytes()


@pytest.mark.slow
def test_a_workbook_can_go_down_a_pipe(registry: Desk) -> None:
    run = process(registry.folder, "export", "-o", "-", "--format", "xlsx")
    assert (run.returncode, run.stderr) == (0, b"")
    (registry.folder / "piped.xlsx").write_bytes(run.stdout)
    registry.ok("export", "-o", "all.xlsx")

    assert sheets(registry.folder / "piped.xlsx") == sheets(registry.folder / "all.xlsx")
    assert registry.json("import", "--update", "piped.xlsx")["unchanged"] == 4


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMATS)
def test_nothing_but_the_document_goes_to_stdout(registry: Desk, form: str) -> None:
    run = process(registry.folder, "export", "talent", "-o", "-", "--format", form)

    assert (run.returncode, run.stderr) == (0, b"")
    starts = {"xlsx": b"PK\x03\x04", "csv": BOM, "json": b"{", "jsonl": b'{"talent": '}
    assert run.stdout.startswith(starts[form])
    if form != "xlsx":
        assert run.stdout.endswith(b"\n")
        assert "李雷" in run.stdout.decode()


def test_what_was_written_is_said_in_one_line(registry: Desk) -> None:
    assert registry.ok("--lang", "en", "export", "-o", "all.xlsx") == "Wrote all.xlsx. Records: 4.\n"
    assert registry.ok("--lang", "en", "export", "talent", "-o", "t.csv") == "Wrote t.csv. Records: 1.\n"
    assert "all.xlsx" in registry.ok("--lang", "zh", "export", "-o", "all.xlsx", "--force")


def test_a_format_may_be_named_where_the_file_does_not_say_it(registry: Desk) -> None:
    registry.ok("export", "--format", "json", "-o", "backup")
    registry.ok("export", "-o", "ALL.JSON")

    assert json.loads((registry.folder / "backup").read_text("utf-8")) == registry.exported()
    assert json.loads((registry.folder / "ALL.JSON").read_text("utf-8")) == registry.exported()


@pytest.mark.parametrize("output", ["x.xls", "x.ods", "x.tsv", "x.pdf", "x", "x.", ".json", ""])
def test_another_suffix_is_wrong_usage(registry: Desk, output: str) -> None:
    line = registry.refused("export", "-o", output, code=2)
    assert "--output" in line
    assert ".xlsx" in line


def test_other_wrong_usage_is_told_in_one_line(registry: Desk) -> None:
    assert "--output" in registry.refused("export", code=2)
    assert "pdf" in registry.refused("export", "-o", "x.json", "--format", "pdf", code=2)
    assert "pdf" in registry.refused("export", "-o", "-", "--format", "pdf", code=2)


# What --redact masks.


def everywhere(desk: Desk, *words: str) -> Iterator[str]:
    """An export in each format that is text, and all the texts of a workbook."""
    for form in ("csv", "json", "jsonl"):
        yield desk.ok("export", *words, "-o", "-", "--format", form)
    desk.ok("export", *words, "-o", "masked.xlsx", "--force")
    yield str(sheets(desk.folder / "masked.xlsx"))


def test_what_is_marked_personal_is_masked_in_every_format(registry: Desk) -> None:
    secrets = ("王小明", "86861234", "李雷")
    for kind in ("building", "talent"):
        for whole in everywhere(registry, kind):
            assert any(secret in whole for secret in secrets)
        for masked in everywhere(registry, kind, "--redact"):
            assert not [secret for secret in secrets if secret in masked]
            assert MASK in masked


def test_only_what_is_marked_personal_is_masked(registry: Desk) -> None:
    whole, masked = registry.exported(), registry.exported("--redact")

    assert masked.keys() == whole.keys()
    for kind, records in whole.items():
        personal = {"building": {"contact", "phone"}, "talent": {"name"}}.get(kind, set())
        for before, after in zip(records, masked[kind], strict=True):
            hidden = {name: MASK for name in personal if before[name] is not None}
            assert after == before | hidden


def test_an_empty_field_stays_empty_when_it_is_personal(registry: Desk) -> None:
    second = registry.exported("building", "--redact")["building"][1]

    assert (second["contact"], second["phone"]) == (None, None)


def test_a_leader_of_a_project_is_masked_too(kfly: Desk) -> None:
    kfly.add("talent-project", "--name", "芯片", "--leader", "韩梅梅", "--landed-on", "2022-03-01")

    (project,) = kfly.exported("talent_project", "--redact")["talent_project"]
    assert (project["name"], project["leader"]) == ("芯片", MASK)


@pytest.fixture
def harbour(city: Desk, shelf: Shelf) -> Desk:
    """A ship whose master has a licence: who that is, three sheets would tell."""

    def prepare() -> None:
        city.add_talent("李雷")
        city.add("ship", "--name", "远望", "--built-on", "2025-01-01")
        city.add(
            "master", "--name", "韩梅梅", "--ship", "远望", "--wage", "12345.67", "--born-on", "1980-05-06"
        )
        city.ok("set", "ship", "1", "master=韩梅梅")
        of_master = ("licence", "--master", "韩梅梅", "--issued-on", "2025-03-01")
        city.add(*of_master, "--number", "甲1", "--tutor", "李雷")
        city.add(*of_master, "--number", "甲2", "--before", "甲1/韩梅梅")

    shelf.lay("a harbour to export", city.folder, prepare)
    return city


@pytest.mark.slow
def test_references_that_would_reveal_a_person_are_masked(harbour: Desk) -> None:
    masked = harbour.exported("--redact")

    assert masked["ship"][0]["master"] == MASK
    assert [(one["master"], one["number"], one["tutor"], one["before"]) for one in masked["licence"]] == [
        (MASK, "甲1", MASK, None),
        (MASK, "甲2", None, MASK),
    ]
    assert masked["master"] == [
        {"name": MASK, "ship": "远望", "wage": MASK, "born_on": MASK, "note": None},
    ]
    for kind in (*OWN_KINDS, "talent"):
        for text in everywhere(harbour, kind, "--redact"):
            assert not [secret for secret in ("韩梅梅", "李雷", "12345", "1980") if secret in text]


# Where it is written.


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_that_is_there_is_not_replaced_unasked(registry: Desk, form: str) -> None:
    (registry.folder / f"t.{form}").write_bytes(b"old")
    line = registry.refused("--lang", "en", "export", "talent", "-o", f"t.{form}")
    assert line == f"t.{form} exists already; nothing was changed. “--force” replaces it."


def test_a_link_to_a_file_does_not_hide_it(registry: Desk) -> None:
    (registry.folder / "real.json").write_bytes(b"old")
    (registry.folder / "t.json").symlink_to("real.json")
    assert "t.json" in registry.refused("export", "-o", "t.json")


def test_the_database_under_another_name_is_the_database(registry: Desk) -> None:
    (registry.folder / "other.json").hardlink_to(registry.db)
    line = registry.refused("--lang", "en", "export", "-o", "other.json", "--force")
    assert line == "--output: other.json is the database itself."


def test_an_older_export_is_replaced_when_asked_and_nothing_else_is_left(registry: Desk) -> None:
    for form in FORMATS:
        (registry.folder / f"t.{form}").write_bytes(b"old")
        registry.ok("export", "talent", "-o", f"t.{form}", "--force")
        assert (registry.folder / f"t.{form}").read_bytes() != b"old"
    assert sorted(name for name in contents(registry.folder) if name != "kfly.db") == sorted(
        f"t.{form}" for form in FORMATS
    )


@pytest.fixture
def too_long(kfly: Desk, monkeypatch: pytest.MonkeyPatch, shelf: Shelf) -> Desk:
    """A thousand meetings, the last of which no workbook can hold, and a folder for what is temporary."""

    def prepare() -> None:
        rows = "".join(f"例会{number},,2022-03-01\n" for number in range(1000))
        text = f"会议主题,议定事项,召开日期\n{rows}长会,{TOO_LONG},2022-03-01\n"
        (kfly.folder / "m.csv").write_text(text, encoding="utf-8")
        assert kfly.json("import", "meeting", "m.csv")["added"] == 1001
        (kfly.folder / "temporary").mkdir()

    shelf.lay("too long", kfly.folder, prepare)
    monkeypatch.setattr(tempfile, "tempdir", str(kfly.folder / "temporary"))
    return kfly


@pytest.mark.parametrize("before", [None, b"old"])
def test_an_export_that_is_refused_midway_leaves_the_old_file_and_no_other(
    too_long: Desk, before: bytes | None
) -> None:
    if before is not None:
        (too_long.folder / "m.xlsx").write_bytes(before)

    line = too_long.refused("export", "meeting", "-o", "m.xlsx", "--force")

    assert "32767" in line.replace(",", "")
    assert "32768" in line.replace(",", "")
    assert len(line) < 300


def test_a_refused_export_puts_nothing_on_stdout(too_long: Desk) -> None:
    too_long.refused("export", "meeting", "-o", "-", "--format", "xlsx")


@pytest.mark.slow
def test_a_refused_export_leaves_no_records_behind_where_temporary_files_are(too_long: Desk) -> None:
    run = process(
        too_long.folder, "export", "meeting", "-o", "m.xlsx", env=environment(LANG="C", TMPDIR="temporary")
    )

    assert list((too_long.folder / "temporary").iterdir()) == []
    assert (run.returncode, run.stderr.count(b"\n")) == (1, 1)


def test_what_no_workbook_can_hold_other_formats_can(too_long: Desk) -> None:
    assert too_long.exported("meeting")["meeting"][-1]["decisions"] == TOO_LONG
    too_long.ok("export", "meeting", "-o", "out.csv")


@pytest.mark.parametrize("form", FORMATS)
def test_a_folder_or_a_missing_folder_is_refused_in_one_line(registry: Desk, form: str) -> None:
    (registry.folder / f"夹.{form}").mkdir()

    for place in (f"夹.{form}", f"无/t.{form}", f"kfly.db/t.{form}", f"无{'长' * 100}.{form}"):
        line = registry.refused("export", "talent", "-o", place)
        assert place in line


@pytest.fixture
def locked(registry: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """The same registry where nothing can be written; pytest's own folders cannot be entered by others."""
    for form in FORMATS:  # somebody else may not import Python's own modules either: they come here
        registry.ok("export", "talent", "-o", f"t.{form}", "--force")
    registry.ok("template", "enclave", "-o", "t.xlsx", "--force")
    registry.json("list", "talent")
    assert Workbook(registry.folder / "t.xlsx").names()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "kfly.db").write_bytes(registry.db.read_bytes())
        (folder / "t.json").write_bytes(b"old")
        monkeypatch.chdir(folder)
        with nothing_can_be_written_in(folder):
            yield Desk(folder, registry.capture)


@pytest.mark.parametrize("place", ["t.json", "new.json", "new.xlsx", "new.csv"])
def test_a_place_where_nothing_can_be_written_is_refused_in_one_line(locked: Desk, place: str) -> None:
    line = locked.refused("export", "talent", "-o", place, "--force")
    assert place in line
    assert "permission denied" in line
    assert sorted(contents(locked.folder)) == ["kfly.db", "t.json"]


def test_what_reads_works_in_a_read_only_folder(locked: Desk) -> None:
    assert [record["name"] for record in locked.exported("talent")["talent"]] == ["李雷"]
    assert locked.json("list", "talent")[0]["name"] == "李雷"
    with tempfile.TemporaryDirectory() as elsewhere:
        Path(elsewhere).chmod(0o777)
        for command in (("export",), ("template", "enclave")):
            target = Path(elsewhere, "out.xlsx")
            locked.ok(*command, "-o", str(target))
            assert Workbook(target).names()
            target.unlink()
    assert sorted(path.name for path in locked.folder.iterdir()) == ["kfly.db", "t.json"]


@pytest.mark.parametrize("words", [("--format", "json"), ("talent", "--format", "csv")])
def test_the_database_is_never_written_over(registry: Desk, words: tuple[str, ...]) -> None:
    registry.ok("list", "talent")
    assert "is the database itself" in registry.refused("export", *words, "-o", "kfly.db", "--force")

    assert registry.json("list", "talent")[0]["name"] == "李雷"


def test_a_link_stays_a_link(registry: Desk) -> None:
    (registry.folder / "there").mkdir()
    (registry.folder / "t.json").symlink_to(registry.folder / "there" / "real.json")
    registry.ok("export", "-o", "t.json")

    assert (registry.folder / "t.json").is_symlink()
    assert json.loads((registry.folder / "there" / "real.json").read_bytes()) == registry.exported()


def test_a_file_keeps_who_may_read_it(registry: Desk) -> None:
    path = registry.folder / "t.json"
    path.write_bytes(b"old")
    path.chmod(0o600)
    registry.ok("export", "-o", "t.json", "--force")

    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.slow
def test_a_pipe_with_a_name_is_written_into_not_replaced(registry: Desk) -> None:
    pipe = registry.folder / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    os.set_blocking(reader, True)
    thread = threading.Thread(target=lambda: read.append(os.read(reader, 100_000)))
    run = process(registry.folder, "export", "talent", "--format", "json", "-o", "pipe")
    thread.start()
    thread.join(timeout=10)
    os.close(reader)

    assert run.returncode == 0
    assert pipe.is_fifo()
    assert json.loads(read[0]) == registry.exported("talent")


# Down a pipe that closes early.


@pytest.fixture
def many(kfly: Desk, shelf: Shelf) -> Desk:
    """More talents than a pipe holds at once."""

    def prepare() -> None:
        rows = "".join(f"甲{number},{'单位' * 20},2022-03-01\n" for number in range(3000))
        (kfly.folder / "t.csv").write_text(f"姓名,用人单位,引进日期\n{rows}", encoding="utf-8")
        assert kfly.json("import", "talent", "t.csv")["added"] == 3000

    shelf.lay("many talents", kfly.folder, prepare)
    return kfly


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMATS)
def test_a_reader_who_goes_is_no_fault(many: Desk, form: str) -> None:
    run = in_a_shell(many.folder, f"kfly export talent -o - --format {form} | head -c 10 > first")

    assert (run.returncode, run.stderr) == (0, "")
    assert len((many.folder / "first").read_bytes()) == 10


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMATS)
def test_a_reader_who_never_came_is_no_fault(registry: Desk, form: str) -> None:
    run = in_a_shell(registry.folder, f"(sleep 0.2; kfly export talent -o - --format {form}) | true")

    assert (run.returncode, run.stderr) == (0, "")


@pytest.mark.slow
def test_the_first_line_is_printed_before_the_pipe_closes(many: Desk) -> None:
    run = in_a_shell(many.folder, "kfly export -o - | head -2")

    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout == '{\n"talent": [\n'


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMATS)
def test_a_full_disk_is_told_in_one_line(many: Desk, form: str) -> None:
    run = in_a_shell(many.folder, f"kfly --lang en export talent -o - --format {form} > /dev/full")

    assert run.returncode == 1
    assert run.stderr.count("\n") == 1, run.stderr
    assert "the disk is full" in run.stderr


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMATS)
def test_a_closed_output_is_no_crash(registry: Desk, form: str) -> None:
    run = in_a_shell(registry.folder, f"kfly export talent -o - --format {form} >&-")

    assert "Traceback" not in run.stderr
