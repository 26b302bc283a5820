"""What leaves the house in Chinese has no English left in it: letters, templates, exports, marked sheets."""

import re
import zipfile
from html import unescape
from pathlib import Path

import pytest

from tests.support.mailed import ALL, BUREAU, OFFICE, give_address
from tests.support.runner import Cli
from tests.support.smtp_servers import Mailroom

WORD = re.compile(r"[A-Za-z]{3,}")
# Names; a domain; the formats of days are numbers; and the parts of a workbook that only Excel reads.
NAMES = {"kfly", "xlsx", "example", "DATE", "false", "Print", "Titles"}
# Shown, or put into a cell: shared texts, comments, the sheets' names, hints of the input checks.
PARTS = re.compile(r"xl/(sharedStrings|workbook|comments\d*|worksheets/sheet\d+)\.xml")
SEEN = re.compile(
    r'(?<=>)[^<>]+(?=<)|(?<= )(?:error|prompt|promptTitle|errorTitle)="[^"]*"|<sheet name="[^"]*"'
)


def texts(book: Path) -> str:
    with zipfile.ZipFile(book) as parts:
        pages = [parts.read(name).decode() for name in parts.namelist() if PARTS.fullmatch(name)]
    seen = (each for page in pages for each in SEEN.findall(page))
    return "\n".join(re.sub(r"^(?:<sheet )?\w+=", "", each) for each in seen)


def english(text: str) -> set[str]:
    return set(WORD.findall(text)) - NAMES


@pytest.mark.parametrize("kind", ["building", "talent", "expenditure", "policy", "evaluation"])
def test_a_template(kfly: Cli, kind: str) -> None:
    kfly.ok("--lang", "zh", "template", kind, "-o", "t.xlsx")

    assert english(texts(kfly.folder / "t.xlsx")) == set()


def test_an_export(filled: Cli) -> None:
    filled.ok("--lang", "zh", "export", "building", "talent", "fund", "event", "-o", "e.xlsx")

    assert english(texts(filled.folder / "e.xlsx")) == set()


def test_a_marked_sheet(kfly: Cli) -> None:
    (kfly.folder / "摸排.csv").write_text("楼宇名称,所属镇街,建筑面积\n甲,火星镇,约五千\n,,\n", "utf-8")
    run = kfly("--lang", "zh", "import", "building", "摸排.csv", "--faults", "待更正.xlsx")

    assert run.code == 1
    assert english(texts(kfly.folder / "待更正.xlsx")) == set()
    assert english(run.err) == {"csv"}


def test_letters_and_what_is_attached(filled: Cli, room: Mailroom) -> None:
    give_address(filled, "市科技局", BUREAU)
    run = filled("--lang", "zh", *ALL, "--leads", "--to", OFFICE, "--dry-run")
    assert run.code == 0
    assert english(re.sub(r"\S+@\S+", "", run.out + run.err)) == set()

    assert filled("--lang", "zh", *ALL, "--leads", "--to", OFFICE).code == 0
    assert len(room.messages) == 2
    for sent in room.messages:
        for part in sent.walk():
            if part.get_content_maintype() == "text":
                body = re.sub(r"<style.*?</style>|<[^>]*>", " ", str(part.get_content()), flags=re.DOTALL)
                assert english(unescape(body)) == set()
            elif part.get_filename():
                attached = filled.folder / "attached.xlsx"
                content = part.get_payload(decode=True)
                assert isinstance(content, bytes)
                attached.write_bytes(content)
                assert english(texts(attached)) == set()
