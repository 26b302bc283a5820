"""Tables in Word documents are read whole: by the columns of their grids, as a reader sees them."""

from pathlib import Path

import pytest
from docx import Document

from kfly.drafting.documents.blocks import DocumentRefusedError
from tests.support.drafted import doubts, drafted, numbers, titles, told
from tests.support.word_tables import (
    HEADINGS,
    MERGE_BEGINS,
    MERGED,
    TITLE,
    a_list,
    cell,
    headings,
    numbered,
    paragraph,
    row,
    run,
    span,
    table,
    write_word,
)

FIRST = ("1", "设立启动专项资金", "市财政局", "市委组织部、市科技局", "2022年2月")
SECOND = ("2", "组建人才集团", "市委组织部", "市人社局", "2022年3月底前")
FIRST_TOLD = (1, "设立启动专项资金", ("市财政局",), ("市委组织部", "市科技局"), "2022年2月")
SECOND_TOLD = (2, "组建人才集团", ("市委组织部",), ("市人社局",), "2022年3月底前")


@pytest.fixture
def word(tmp_path: Path) -> Path:
    return tmp_path / "table.docx"


def test_a_table_that_python_docx_writes_is_read(word: Path) -> None:
    document = Document()
    document.add_paragraph(TITLE)
    made = document.add_table(rows=0, cols=5)
    for texts in (HEADINGS, FIRST, SECOND):
        for place, text in zip(made.add_row().cells, texts, strict=True):
            place.text = text
    document.save(str(word))
    draft = drafted(word)
    assert [told(task) for task in draft.tasks] == [FIRST_TOLD, SECOND_TOLD]
    assert draft.is_clear
    assert draft.year == 2022


def test_a_merged_cell_is_filled_down_to_every_row(word: Path) -> None:
    write_word(
        word,
        table(
            headings(),
            row("1", "甲事", cell("市财政局", MERGE_BEGINS), "", "2022年2月"),
            row("2", "乙事", cell("", MERGED), "", "2022年2月"),
        ),
    )
    assert [task.parties.lead for task in drafted(word).tasks] == [("市财政局",), ("市财政局",)]


def test_a_number_that_covers_two_rows_is_told_apart_and_doubted(word: Path) -> None:
    write_word(
        word,
        table(
            headings(),
            row(cell("1", MERGE_BEGINS), "甲事", "市财政局", "", "2022年2月"),
            row(cell("", MERGED), "乙事", "市科技局", "", "2022年2月"),
        ),
    )
    draft = drafted(word)
    assert numbers(draft) == ["1-1", "1-2"]
    assert doubts(draft) == ["number 1 stands before 2 rows"] * 2


def test_a_row_that_begins_a_column_late_is_not_shifted(word: Path) -> None:
    late = row(*FIRST[1:], properties='<w:gridBefore w:val="1"/>')
    write_word(word, table(headings(), late, row(*SECOND)))
    draft = drafted(word)
    assert titles(draft) == [FIRST[1], SECOND[1]]
    assert draft.tasks[0].parties.lead == ("市财政局",)
    assert "it has no number" in draft.tasks[0].doubts[0]


def test_borders_that_were_dragged_a_little_shift_nothing(word: Path) -> None:
    made = table(
        row("序号", cell("内容", span(2)), "牵头部门", "责任部门", "完成时限"),
        row(cell("1", span(2)), *FIRST[1:]),
        widths=(700, 60, 3000, 1500, 1500, 1200),
    )
    draft = drafted(write_word(word, made))
    assert [told(task) for task in draft.tasks] == [FIRST_TOLD]
    assert draft.is_clear


def test_a_cell_under_two_headings_is_doubted(word: Path) -> None:
    write_word(word, table(headings(), row("1", "甲事", cell("市财政局", span(2)), "2022年2月")))
    assert doubts(drafted(word)) == [
        "one cell stands under several headings (牵头部门, 责任部门): “市财政局”"
    ]


@pytest.mark.parametrize("inside", ["run", "paragraph", "cell", "row", "table"])
def test_content_controls_are_unwrapped_wherever_they_stand(word: Path, inside: str) -> None:
    def wrapped(content: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"

    bare = run("甲事")
    if inside == "run":
        bare = wrapped(bare)
    text = f"<w:p>{bare}</w:p>"
    if inside == "paragraph":
        text = wrapped(text)
    one = f"<w:tc><w:tcPr/>{text}</w:tc>"
    if inside == "cell":
        one = wrapped(one)
    others = "".join(map(cell, ("市财政局", "", "2022年2月")))
    made = f"<w:tr>{cell('1')}{one}{others}</w:tr>"
    if inside == "row":
        made = wrapped(made)
    whole = table(headings(), made)
    write_word(word, wrapped(whole) if inside == "table" else whole)
    assert titles(drafted(word)) == ["甲事"]


def test_fields_and_smart_tags_are_read_and_drop_downs_by_what_is_chosen(word: Path) -> None:
    field = f'<w:fldSimple w:instr="TITLE">{run("甲")}</w:fldSimple><w:smartTag>{run("事")}</w:smartTag>'
    chosen = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/>'
        '<w:listEntry w:val="市科技局"/><w:listEntry w:val="市财政局"/></w:ddList></w:ffData>'
        "</w:fldChar></w:r>"
        "<w:r><w:instrText>FORMDROPDOWN</w:instrText></w:r>"
    )
    made = row("1", cell(f"<w:p>{field}</w:p>"), cell(f"<w:p>{chosen}</w:p>"), "", "2022年2月")
    draft = drafted(write_word(word, table(headings(), made)))
    assert (titles(draft), draft.tasks[0].parties.lead) == (["甲事"], ("市财政局",))


def test_insertions_count_and_deletions_do_not_and_that_is_told(word: Path) -> None:
    changed = (
        f'<w:p><w:ins w:id="1">{run("新")}</w:ins>'
        '<w:del w:id="2"><w:r><w:delText>旧</w:delText></w:r></w:del>'
        f"{run('事')}</w:p>"
    )
    deleted = row("2", "撤销的事", "市科技局", "", "2022年2月", properties='<w:del w:id="3"/>')
    made = row("1", cell(changed), "市财政局", "", "2022年2月")
    draft = drafted(write_word(word, table(headings(), made, deleted)))
    assert titles(draft) == ["新事"]
    assert any("deleted rows: 1" in remark for remark in draft.remarks)


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("decimal", "%1", [1, 2]),
        ("decimal", "%1.", [1, 2]),
        ("chineseCounting", "（%1）", ["（一）", "（二）"]),
        ("upperLetter", "%1)", ["A)", "B)"]),
        ("decimalEnclosedCircle", "%1", ["①", "②"]),
    ],
)
def test_automatic_numbers_are_worked_out(
    word: Path, form: str, text: str, expected: list[int | str]
) -> None:
    number = cell(paragraph("", numbered()))
    rows = [row(number, title, "市财政局", "", "2022年2月") for title in ("甲事", "乙事")]
    draft = drafted(write_word(word, table(headings(), *rows), lists=a_list(form, text)))
    assert numbers(draft) == expected
    assert "automatic numbers were worked out; cells: 2" in draft.remarks


def test_of_a_ruby_the_base_is_read_and_hidden_text_is_left_out_with_a_word(word: Path) -> None:
    ruby = f"<w:r><w:ruby><w:rt>{run('yin')}</w:rt><w:rubyBase>{run('暨')}</w:rubyBase></w:ruby></w:r>"
    title = f"<w:p>{ruby}{run('阳')}{run('秘密', '<w:vanish/>')}</w:p>"
    draft = drafted(write_word(word, table(headings(), row("1", cell(title), "市财政局", "", "2022年2月"))))
    assert titles(draft) == ["暨阳"]
    assert "hidden text was left out: “秘密” …" in draft.remarks


def test_a_table_in_a_text_box_is_read_once(word: Path) -> None:
    inside = table(headings(), row(*FIRST))
    box = f"<w:txbxContent>{inside}</w:txbxContent>"
    both = (
        "<w:p><w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    assert [told(task) for task in drafted(write_word(word, both)).tasks] == [FIRST_TOLD]


def test_a_table_within_a_cell_is_read_for_itself(word: Path) -> None:
    inner = table(headings(), row(*FIRST), row(*SECOND))
    draft = drafted(write_word(word, table(row(cell(inner + paragraph())))))
    assert [told(task) for task in draft.tasks] == [FIRST_TOLD, SECOND_TOLD]


def test_a_nested_table_is_not_flattened_into_the_row_around_it(word: Path) -> None:
    inner = table(row("一季度", "100"), row("二季度", "200"))
    made = row("1", cell(paragraph("甲事") + inner + paragraph()), "市财政局", "", "2022年2月")
    draft = drafted(write_word(word, table(headings(), made)))
    assert titles(draft) == ["甲事"]
    assert "holds a table of its own" in doubts(draft)[0]


def test_tables_split_over_pages_are_joined_with_or_without_headings(word: Path) -> None:
    third = row("3", "丙事", "市科技局", "", "2022年底")
    body = (
        table(headings(), row(*FIRST)),
        paragraph(),
        table(headings(), row(*SECOND)),
        paragraph(),
        table(third),
    )
    draft = drafted(write_word(word, *body))
    assert numbers(draft) == [1, 2, 3]
    assert any("was joined to the one before" in remark for remark in draft.remarks)
    assert draft.is_clear


def test_a_table_without_headings_that_does_not_go_on_is_passed_over_with_a_word(word: Path) -> None:
    contacts = table(*(row("联系人", "电话", "邮箱", "地址", "备注") for _n in range(2)))
    draft = drafted(write_word(word, table(headings(), row(*FIRST)), paragraph("通讯录"), contacts))
    assert numbers(draft) == [1]
    assert len(draft.passed) == 3
    assert "do not go on from the table before" in draft.doubts[0]


def test_a_title_that_is_repeated_with_the_headings_is_no_chapter(word: Path) -> None:
    title = row(cell("任务分解表", span(5)))
    body = table(title, headings(), row(*FIRST), title, headings(), row(*SECOND))
    draft = drafted(write_word(word, body))
    assert [task.chapter for task in draft.tasks] == ["", ""]
    assert [passed.why for passed in draft.passed][2:] == ["headings repeated"] * 2
    assert draft.is_clear


def test_a_table_of_other_headings_begins_anew_though_its_number_would_go_on(word: Path) -> None:
    others = row("序号", "项目名称", "牵头部门", "时间节点")
    second = table(others, row("1", "乙项", "市财政局", "9月底"), row("2", "丙项", "市财政局", "9月底"))
    body = (table(headings(), row(*FIRST)), paragraph("附件2 重点项目清单"), second)
    draft = drafted(write_word(word, *body))
    assert numbers(draft) == ["1-1", "2-1", "2-2"]
    assert draft.gaps == ()


def test_as_above_is_what_the_row_above_says(word: Path) -> None:
    draft = drafted(
        write_word(word, table(headings(), row(*FIRST), row("2", "乙事", "同上", "〃", "（同上）")))
    )
    first, second = draft.tasks
    assert (second.parties.lead, second.when) == (first.parties.lead, first.when)
    assert second.parties.responsible == first.parties.responsible
    assert second.comments == (("牵头部门", "同上"), ("责任部门", "〃"), ("完成时限", "（同上）"))
    assert draft.is_clear


def test_as_above_below_nothing_is_an_organisation_that_nobody_knows(word: Path) -> None:
    draft = drafted(write_word(word, table(headings(), row("1", "甲事", "同上", "", "6月底"))))
    assert [unknown.name for unknown in draft.unknown] == ["同上"]


def test_of_names_in_a_column_of_leads_the_mark_of_one_is_asked_about(word: Path) -> None:
    made = row("1", "甲事", "市财政局（牵头）、市科技局", "", "6月底")
    draft = drafted(write_word(word, table(headings(), made)))
    assert draft.tasks[0].parties.lead == ("市财政局", "市科技局")
    assert doubts(draft) == ["“市财政局（牵头）” is said to lead, the others are not: do they lead as well?"]


def test_footnotes_are_left_out_with_a_word(word: Path) -> None:
    note = '<w:p><w:r><w:t>甲事</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
    draft = drafted(write_word(word, table(headings(), row("1", cell(note), "市财政局", "", "6月底"))))
    assert titles(draft) == ["甲事"]
    assert draft.remarks == ("footnotes and endnotes were left out: 1",)


def test_a_row_of_one_spanning_cell_is_a_chapter(word: Path) -> None:
    chapter = row(cell("一、优化环境", span(5)))
    draft = drafted(write_word(word, table(headings(), chapter, row(*FIRST))))
    assert draft.tasks[0].chapter == "一、优化环境"
    assert [passed.why for passed in draft.passed] == ["headings", "a chapter"]


def test_numbers_that_begin_anew_in_each_chapter_take_the_chapters_own_before_them(word: Path) -> None:
    rows = [
        part
        for chapter in ("一、环境", "二、产业")
        for part in (row(cell(chapter, span(5))), row("1", "甲事", "市财政局", "", "2022年2月"))
    ]
    draft = drafted(write_word(word, table(headings(), *rows)))
    assert numbers(draft) == ["一-1", "二-1"]
    assert draft.is_clear


def test_headings_of_two_rows_are_laid_over_each_other(word: Path) -> None:
    upper = row(
        cell("序号", MERGE_BEGINS),
        cell("工作任务", MERGE_BEGINS),
        cell("责任分工", span(2)),
        cell("完成时限", MERGE_BEGINS),
    )
    lower = row(cell("", MERGED), cell("", MERGED), "牵头单位", "配合单位", cell("", MERGED))
    draft = drafted(write_word(word, table(upper, lower, row(*FIRST))))
    assert draft.tasks[0].parties.lead == ("市财政局",)
    assert draft.tasks[0].parties.support == ("市委组织部", "市科技局")
    assert len(draft.passed) == 2


def test_paragraphs_in_a_cell_part_organisations(word: Path) -> None:
    two = cell(paragraph("市科技局") + paragraph("市住建局"))
    draft = drafted(write_word(word, table(headings(), row("1", "甲事", "市财政局", two, "2022年2月"))))
    assert draft.tasks[0].parties.responsible == ("市科技局", "市住建局")


def test_the_strict_dialect_is_read_alike(word: Path) -> None:
    draft = drafted(write_word(word, table(headings(), row(*FIRST)), strict=True))
    assert [told(task) for task in draft.tasks] == [FIRST_TOLD]


def test_a_part_that_no_reader_shows_is_refused(word: Path) -> None:
    write_word(word, table(headings(), row(*FIRST)), '<w:altChunk r:id="r9"/>')
    with pytest.raises(DocumentRefusedError, match="altChunk"):
        drafted(word)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"\xd0\xcf\x11\xe0rest", "old Word file, or has a password"),
        (b"no zip at all", "is no Word document"),
        (b"PK\x03\x04cut off", "is no Word document"),
    ],
)
def test_what_is_no_word_document_is_refused(word: Path, content: bytes, why: str) -> None:
    word.write_bytes(content)
    with pytest.raises(DocumentRefusedError, match=why):
        drafted(word)


def test_entities_are_refused(word: Path) -> None:
    doctype = '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    write_word(word, table(headings(), row("1", "&b;", "市财政局", "", "2022年2月")), doctype=doctype)
    with pytest.raises(DocumentRefusedError):
        drafted(word)


def test_every_row_is_accounted_for(word: Path) -> None:
    body = table(
        headings(),
        row(cell("一、环境", span(5))),
        row(*FIRST),
        row("", "", "", "", ""),
        headings(),
        row("4", "丁事", "市科技局", "", "2022年底"),
        row("合计", "", "", "", ""),
    )
    draft = drafted(write_word(word, body))
    assert draft.seen == 7 == len(draft.tasks) + len(draft.passed)
    assert draft.gaps == (2, 3)


def test_text_that_is_crossed_out_is_left_out_and_told(word: Path) -> None:
    title = f"<w:p>{run('甲事')}{run('不再执行', '<w:strike/>')}</w:p>"
    draft = drafted(write_word(word, table(headings(), row("1", cell(title), "市财政局", "", "2022年2月"))))
    assert titles(draft) == ["甲事"]
    assert "text that is crossed out was left out; places: 1" in draft.remarks


def test_an_embedded_object_is_told(word: Path) -> None:
    body = table(headings(), row(*FIRST)) + "<w:p><w:r><w:object/></w:r></w:p>"
    assert "embedded objects, such as sheets, were not read: 1" in drafted(write_word(word, body)).remarks


def test_a_master_document_is_refused(word: Path) -> None:
    body = table(headings(), row(*FIRST)) + "<w:subDoc/>"
    with pytest.raises(DocumentRefusedError, match="a master document"):
        drafted(write_word(word, body))


def test_a_cell_that_is_merged_with_a_heading_does_not_say_what_the_heading_says(word: Path) -> None:
    merged = row("2", cell("", MERGED), "市财政局", "", "2022年3月")
    draft = drafted(write_word(word, table(headings(), row(*FIRST), headings(), merged)))
    assert (titles(draft)[1], doubts(draft)) == (
        "",
        ["内容: the cell is merged with the heading above it; what stands there?", "it has no title"],
    )


def test_an_automatic_number_is_not_joined_to_figures_behind_it(word: Path) -> None:
    item = paragraph("5G基站建设（市科技局牵头，6月底）", numbered())
    draft = drafted(write_word(word, item, lists=a_list(text="%1.")))
    assert (numbers(draft), titles(draft)) == ([1], ["5G基站建设"])
