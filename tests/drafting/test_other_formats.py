"""Other formats are read through LibreOffice where it is installed, else refused with advice."""

import shutil
import subprocess
from pathlib import Path

import pytest

from kfly.drafting.documents.blocks import DocumentRefusedError
from tests.support.drafted import drafted, told
from tests.support.word_tables import headings, paragraph, row, table, write_word

FIRST = ("1", "设立启动专项资金", "市财政局", "市委组织部、市科技局", "2022年2月")
TOLD = (1, "设立启动专项资金", ("市财政局",), ("市委组织部", "市科技局"), "2022年2月")

needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


@pytest.fixture
def word(tmp_path: Path) -> Path:
    return write_word(
        tmp_path / "table.docx",
        table(headings(), row(*FIRST), widths=(800, 3000, 1500, 2500, 1500)),
        paragraph(),
    )


@pytest.mark.parametrize("suffix", [".doc", ".wps", ".odt", ".rtf", ".et"])
def test_without_libreoffice_it_is_said_how_to_save_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    path = tmp_path / f"table{suffix}"
    path.write_bytes(b"\xd0\xcf\x11\xe0")
    with pytest.raises(DocumentRefusedError, match=r"open it in Word or WPS and save it as \.(docx|xlsx)"):
        drafted(path)


@needs_office
@pytest.mark.slow
@pytest.mark.parametrize("form", ["odt", "doc", "rtf"])
def test_libreoffice_reads_what_word_wrote_long_ago(word: Path, form: str) -> None:
    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation={(word.parent / 'profile').as_uri()}", "--headless"),
            *("--convert-to", "doc:MS Word 97" if form == "doc" else form),
            *("--outdir", str(word.parent), str(word)),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    draft = drafted(word.with_suffix(f".{form}"))
    assert [told(task) for task in draft.tasks] == [TOLD]
    assert "was read through LibreOffice, tracked changes as accepted" in draft.remarks


@needs_office
@pytest.mark.slow
def test_what_libreoffice_does_not_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "table.wps"
    path.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(2000))
    with pytest.raises(DocumentRefusedError, match="LibreOffice does not read it"):
        drafted(path)


def test_a_doc_that_is_a_docx_or_a_page_is_read_as_what_it_is(word: Path) -> None:
    renamed = word.with_suffix(".doc")
    shutil.copy(word, renamed)
    draft = drafted(renamed)
    assert ([told(task) for task in draft.tasks], draft.remarks[0]) == (
        [TOLD],
        "is called .doc, but is a .docx",
    )
    cells = "".join(f"<td>{text}</td>" for text in FIRST)
    heads = "<tr><th>序号<th>内容<th>牵头部门<th>责任部门<th>完成时限</tr>"
    page = f"<html><body><p>2022年任务表</p><table>{heads}<tr>{cells}</tr></table></body></html>"
    renamed.write_bytes(page.encode("gb18030"))
    draft = drafted(renamed)
    assert ([told(task) for task in draft.tasks], draft.remarks[0]) == (
        [TOLD],
        "is called .doc, but is a page",
    )
