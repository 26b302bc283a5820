"""Files that are no sheets, or cannot be opened: one line, exit 1, the registry as it was."""

import json
import shutil
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.nasty_sheets import HEAD, OLD
from tests.support.runner import Cli
from tests.support.sheet_makers import Tab, ods, text, xlsx

GARBAGE = bytes(range(256)) * 20
CSV = "楼宇名称,所属镇街,建筑面积\n甲楼,华士镇,100\n"
TAB = Tab("Sheet1", [HEAD, ["甲楼", "华士镇", 100]])


def garbage(suffix: str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = folder / f"坏{suffix}"
        path.write_bytes(GARBAGE)
        return path

    return make


def nothing(suffix: str) -> Callable[[Path], Path]:
    return lambda folder: text(folder / f"空{suffix}", "")


def folder_called(name: str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / name).mkdir()
        return folder / name

    return make


def renamed_csv(suffix: str) -> Callable[[Path], Path]:
    return lambda folder: text(folder / f"改名{suffix}", CSV)


def renamed_workbook(folder: Path) -> Path:
    return xlsx(folder / "改名.xlsx", TAB).rename(folder / "改名.csv")


def cut_short(folder: Path) -> Path:
    path = xlsx(folder / "断.xlsx", TAB)
    path.write_bytes(path.read_bytes()[:2000])
    return path


def some_zip(suffix: str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = folder / f"压缩包{suffix}"
        with zipfile.ZipFile(path, "w") as package:
            package.writestr("读我.txt", "楼宇")
        return path

    return make


def damaged(part: str, content: str, path: Path) -> Path:
    """A workbook of which one part is replaced."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    assert part in parts
    with zipfile.ZipFile(path, "w") as package:
        for name, was in parts.items():
            package.writestr(name, content if name == part else was)
    return path


def locked_xlsx(folder: Path) -> Path:
    """What Excel keeps of a workbook with a password: a compound file, here with nothing in its streams."""
    fat = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *[0xFFFFFFFF] * 126)
    header = struct.pack(
        "<8s16x5H6x9I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6,
        *(0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0),
    )  # fmt: skip
    difat = struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    none = 0xFFFFFFFF
    entries = b"".join(
        struct.pack(
            "<64sHBB3I36xIQ",
            name.encode("utf-16-le"), 2 * len(name) + 2, kind, 1, none, right, child, 0xFFFFFFFE, 0,
        )
        for name, kind, right, child in (
            ("Root Entry", 5, none, 1),
            ("EncryptionInfo", 2, 2, none),
            ("EncryptedPackage", 2, none, none),
        )
    )  # fmt: skip
    path = folder / "加密.xlsx"
    path.write_bytes((header + difat).ljust(512, b"\0") + fat + entries.ljust(512, b"\0"))
    return path


def locked_xls(folder: Path) -> Path:
    """The workbook of Excel 97 with a record that says that the rest is encrypted (FilePass)."""
    content = OLD.read_bytes()
    begins = content.index(struct.pack("<HH", 0x0809, 16))  # the workbook's first record, of 16 bytes
    after = begins + 20
    path = folder / "加密.xls"
    path.write_bytes(content[:after] + struct.pack("<H", 0x2F) + content[after + 2 :])
    return path


BROKEN = {
    **{f"garbage{suffix}": garbage(suffix) for suffix in (".xlsx", ".xls", ".ods", ".csv", ".tsv", ".json")},
    **{f"empty{suffix}": nothing(suffix) for suffix in (".xlsx", ".xls", ".ods", ".csv", ".tsv")},
    **{f"CSV called {suffix}": renamed_csv(suffix) for suffix in (".xlsx", ".xls", ".ods", ".json")},
    **{f"a zip called {suffix}": some_zip(suffix) for suffix in (".xlsx", ".ods")},
    "a folder": folder_called("华士镇"),
    "a folder called .xlsx": folder_called("华士镇.xlsx"),
    "a folder called .csv": folder_called("华士镇.csv"),
    "a workbook cut short": cut_short,
    "a workbook without its sheet": lambda f: damaged(
        "xl/worksheets/sheet1.xml", "", xlsx(f / "缺.xlsx", TAB)
    ),
    "a workbook of broken XML": lambda f: damaged("xl/workbook.xml", "<workbook", xlsx(f / "坏.xlsx", TAB)),
    "an OpenDocument of broken XML": lambda f: damaged("content.xml", "<office:x", ods(f / "坏.ods", TAB)),
    "a workbook called .csv": renamed_workbook,
    "a text document": lambda folder: text(folder / "说明.docx", "楼宇"),
    "nothing of that name": lambda folder: folder / "没有.xlsx",
}
LOCKED = {
    "xlsx": locked_xlsx,
    "xls": locked_xls,
    "ods": lambda folder: ods(folder / "加密.ods", TAB, locked=True),
}


@pytest.mark.parametrize("make", BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_refused_in_one_line(kfly: Cli, make: Callable[[Path], Path]) -> None:
    path = make(kfly.folder)
    assert path.name in kfly.refused("--lang", "en", "import", "building", str(path))


@pytest.mark.parametrize("make", BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_one_error_of_the_document(kfly: Cli, make: Callable[[Path], Path]) -> None:
    path = make(kfly.folder)
    run = kfly("import", "building", str(path), "--json")

    (error,) = json.loads(run.out)["errors"]
    assert (run.code, run.err) == (1, "")
    assert (error["file"], error["row"], error["column"], error["field"]) == (path.name, None, None, None)


@pytest.mark.parametrize("make", BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_refused_with_a_copy_asked_for_and_without_a_kind_too(
    kfly: Cli, make: Callable[[Path], Path]
) -> None:
    path = make(kfly.folder)
    kfly.refused("--lang", "en", "import", "building", str(path), "--faults", "退回.xlsx")
    assert not (kfly.folder / "退回.xlsx").exists()
    if path.suffix:
        kfly.refused("--lang", "en", "import", str(path))


@pytest.mark.parametrize("make", LOCKED.values(), ids=LOCKED)
def test_a_file_with_a_password_is_refused_in_words_that_say_so(
    kfly: Cli, make: Callable[[Path], Path]
) -> None:
    path = make(kfly.folder)
    said = kfly.refused("--lang", "en", "import", "building", str(path))
    assert said == f"{path.name}: is locked by a password; save it without one"


def test_an_old_workbook_called_xlsx_is_read_as_what_it_is(kfly: Cli) -> None:
    shutil.copy(OLD, kfly.folder / "改名.xlsx")
    assert kfly.json("import", "building", "改名.xlsx", "--sheet", "楼宇摸排")["added"] == 2


def test_a_new_workbook_called_xls_is_read_as_what_it_is(kfly: Cli) -> None:
    xlsx(kfly.folder / "改名.xlsx", TAB).rename(kfly.folder / "改名.xls")
    assert kfly.json("import", "building", "改名.xls")["added"] == 1
