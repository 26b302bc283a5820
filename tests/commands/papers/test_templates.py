"""``report --template``: an office's own letterhead, looked through before anything is written."""

from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document
from docx.document import Document as WordDocument

from tests.support.runner import Cli
from tests.support.word_papers import list_told, open_paper

DAY = ("--as-of", "2022-12-05")


@pytest.fixture
def office(filled: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    monkeypatch.setenv("KFLY_LANG", "en")
    return filled


def letterhead(write: Callable[[WordDocument], object]) -> None:
    document = Document()
    write(document)
    document.save("T.docx")


def lines(*texts: str) -> None:
    def write(document: WordDocument) -> None:
        for text in texts:
            document.add_paragraph(text)

    letterhead(write)


def filled_in(office: Cli) -> list[str]:
    office.ok("--lang", "zh", "report", "b.docx", "--template", "T.docx", *DAY)
    return list_told("b.docx")


def fault(office: Cli) -> str:
    return office.refused("report", "b.docx", "--template", "T.docx", *DAY)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_template_that_is_written_gives_the_standard_brief_again(office: Cli, language: str) -> None:
    spoken = ("--lang", language)
    office.ok(*spoken, "report", "--write-template", "T.docx")
    office.ok(*spoken, "report", "a.docx", *DAY)
    office.ok(*spoken, "report", "b.docx", "--template", "T.docx", *DAY)
    assert list_told("a.docx") == list_told("b.docx")
    same = [open_paper(name).element.body.xml for name in ("a.docx", "b.docx")]
    assert same[0] == same[1]


def test_a_template_needs_no_database(empty: Cli) -> None:
    empty.ok("--lang", "zh", "report", "--write-template", "T.docx")
    assert "{{ row.name }} | {{ row.actual }}" in "\n".join(list_told("T.docx"))


def test_an_office_writes_around_the_placeholders_what_it_wants(office: Cli) -> None:
    lines(
        "江阴市文件",
        "{%p for row in targets.rows %}",
        "{{ row.name }}：{{ row.actual }}",
        "{%p endfor %}",
        "（完）",
    )
    told = filled_in(office)
    assert told[:2] == ["江阴市文件", "改造楼宇：6栋"]
    assert told[-1] == "（完）"
    assert len(told) == 14


def test_a_placeholder_that_word_has_torn_into_runs_is_still_one(office: Cli) -> None:
    def write(document: WordDocument) -> None:
        paragraph = document.add_paragraph("截至")
        for part in ("{", "{ da", "y }", "}"):
            paragraph.add_run(part).bold = True

    letterhead(write)
    assert filled_in(office) == ["截至2022年12月5日"]


def test_quotation_marks_that_word_has_bent_are_straight_again(office: Cli) -> None:
    lines("{% if plan == “x” %}a{% else %}b{% endif %}")
    assert filled_in(office) == ["b"]


def test_headers_are_filled_in_too(office: Cli) -> None:
    letterhead(lambda document: setattr(document.sections[0].header.paragraphs[0], "text", "{{ plan }}"))
    filled_in(office)
    assert open_paper("b.docx").sections[0].header.paragraphs[0].text == "江阴市科技赋能楼宇三年行动实施方案"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("目标：{{ plna }}", "'plna' is undefined"),
        ("{{ targets.nope }}", "has no attribute 'nope'"),
        ("{{ plan | nope }}", "No filter named 'nope'"),
        ("{{ plan", "“{{” has no counterpart"),
        ("plan }}", "“}}” has no counterpart"),
        ("{{ plan %}", "ends otherwise than it begins"),
        ("{% if plan %}", "“if” is opened and never closed"),
        ("{%p for row in targets.rows %}", "“for” is opened and never closed"),
        ("{% endif %}", "“endif” closes nothing"),
        ("{%tr for row in targets.rows %}", "stands in no table"),
        ("{{tr plan }}", "cannot stand in a row"),
        ("{{ 1 / 0 }}", "division by zero"),
        ("{{ plan.__class__.__mro__ }}", "unsafe"),
        ("{% include 'x' %}", "no loader"),
        ("{% for x in range(10 ** 9) %}{% endfor %}", "Range too big"),
        ("{{ }}", "Expected an expression"),
    ],
)
def test_a_faulty_placeholder_is_named_with_its_paragraph(office: Cli, text: str, why: str) -> None:
    lines("一", "二", text)
    told = fault(office)
    assert told.startswith(f"T.docx: paragraph 3, “{text}”: ")
    assert why in told


def test_one_in_a_table_is_counted_and_one_in_a_footer_named_as_such(office: Cli) -> None:
    def write(document: WordDocument) -> None:
        document.add_table(1, 2).cell(0, 1).text = "{{ nobody }}"

    letterhead(write)
    assert fault(office).startswith("T.docx: paragraph 2, “{{ nobody }}”: 'nobody' is undefined")
    letterhead(lambda document: setattr(document.sections[0].footer.paragraphs[0], "text", "{{ nobody }}"))
    assert fault(office).startswith("T.docx: paragraph of a footer 1, “{{ nobody }}”")


def test_what_begins_in_one_paragraph_cannot_end_in_another_without_saying_so(office: Cli) -> None:
    lines("{% if plan %}甲", "乙{% endif %}")
    assert "paragraph 2, “乙{% endif %}”: “endif” stands elsewhere" in fault(office)


def test_a_chart_may_stand_where_the_office_wants_it(office: Cli) -> None:
    lines("{%p for pair in targets.charts %}", "{{ pair[0].picture }}", "{%p endfor %}")
    filled_in(office)
    assert len(open_paper("b.docx").inline_shapes) == 2


def test_what_would_make_a_broken_document_is_refused(office: Cli) -> None:
    def write(document: WordDocument) -> None:
        table = document.add_table(3, 1)
        for cell, text in zip(table.columns[0].cells, ("{%p if plan %}", "a", "b"), strict=True):
            cell.text = text
        table.cell(0, 0).add_paragraph("{%p endif %}")
        table.cell(1, 0).text = "{%tc if plan %}{%tc endif %}"

    letterhead(write)
    assert "T.docx" in fault(office)


@pytest.mark.parametrize("contents", [b"", b"no document", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_word_document_is_refused(office: Cli, contents: bytes) -> None:
    Path("T.docx").write_bytes(contents)
    assert fault(office) == "T.docx is no Word document (.docx)."


def test_another_office_document_is_refused(office: Cli) -> None:
    office.ok("template", "building", "-o", "sheet.xlsx")
    Path("T.docx").write_bytes(Path("sheet.xlsx").read_bytes())
    assert fault(office) == "T.docx is no Word document (.docx)."


def test_one_that_would_fill_the_memory_is_not_unpacked(office: Cli) -> None:
    with ZipFile("T.docx", "w", ZIP_DEFLATED) as packed:
        for name in ("a", "b"):
            packed.writestr(name, bytes(40 << 20))
    assert fault(office) == "T.docx is too large for a template."


def test_a_missing_template_is_named(office: Cli) -> None:
    assert fault(office) == "T.docx cannot be read: there is no such file."


def test_the_template_is_not_overwritten_with_its_brief(office: Cli) -> None:
    office.ok("report", "--write-template", "T.docx")
    assert "is the file that would be written" in office.refused(
        "report", "T.docx", "--template", "T.docx", "--force", *DAY, code=2
    )


@pytest.mark.parametrize(
    ("args", "why"),
    [
        (("report", "a.html", "--template", "T.docx"), "--template goes with a brief (.docx) alone."),
        (("report", "a.html", "--write-template"), "--write-template: the name of a template ends in .docx."),
        (("report", "a.pdf"), "“a.pdf” ends in none of .html, .xlsx, .docx."),
    ],
)
def test_options_that_do_not_fit_are_wrong_usage(office: Cli, args: tuple[str, ...], why: str) -> None:
    assert office.refused(*args, code=2) == why


def test_a_failed_report_leaves_no_half_file(office: Cli) -> None:
    lines("{%p for row in targets.rows %}", "{{ row.name }}", "{{ row.nothing }}", "{%p endfor %}")
    fault(office)
    assert not Path("b.docx").exists()
    assert [path.name for path in Path().iterdir() if "tmp" in path.name or path.name.startswith(".")] == []
