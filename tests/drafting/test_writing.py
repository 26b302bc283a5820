"""What is written is a plan file: it reads back as it was meant, and each doubt stands at its place."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kfly.drafting.documents.blocks import Cell, Document, Paragraph, Row, Table, clean
from kfly.drafting.drafting import Draft, draft
from kfly.drafting.writing import quote, write_yaml
from kfly.plan.files.marked_yaml import WrittenFile, read_yaml
from tests.support.drafted import bundled_names
from tests.support.word_tables import TITLE

HEADINGS = ("序号", "内容", "牵头部门", "责任部门", "配合单位", "完成时限", "分管领导", "分值", "备注")
ROW = ("1", "改造楼宇10栋", "市科技局", "各镇街园区", "市财政局", "2022年底", "张三", "5", "无")


def made(*rows: tuple[str, ...]) -> Draft:
    table = Table(
        tuple(
            Row(number, tuple(Cell(column, clean(text)) for column, text in enumerate(texts)))
            for number, texts in enumerate((HEADINGS, *rows), start=1)
        ),
        "table 1",
    )
    return draft(Document("t.docx", (Paragraph(TITLE), table)), bundled_names())


def test_every_part_of_a_task_has_its_key() -> None:
    document = read_yaml(WrittenFile("t", write_yaml(made(ROW))))
    assert document.faults == []
    assert document.data == {
        "year": 2022,
        "tasks": [
            {
                "number": 1,
                "title": "改造楼宇10栋",
                "lead": ["市科技局"],
                "responsible": ["各镇街园区"],
                "support": ["市财政局"],
                "leader": "张三",
                "due": "2022年底",
                "weight": 5,
            }
        ],
    }


def test_columns_without_a_key_and_figures_are_comments() -> None:
    text = write_yaml(made(ROW))
    assert "    # 备注: 无\n" in text
    assert "    # needs:\n    #   - {target: buildings_renovated, at_least: 10}  # 10栋\n" in text


def test_a_doubt_stands_where_it_belongs_and_nothing_is_invented() -> None:
    doubtful = ("2", "甲事", "", "市科技局、市财政局", "", "5月底前动工", "", "", "")
    text = write_yaml(made(ROW, doubtful))
    assert (
        "  - number: 2\n"
        "    # table 1, row 3\n"
        "    # ? nobody is said to lead it; is it 市科技局?\n"
        "    # ? “5月底前动工” says when something starts; write the last day for it\n"
        "    title: 甲事\n"
        "    # lead:\n"
        "    responsible: [市科技局, 市财政局]\n"
        "    # due:\n"
    ) in text


def test_unknown_organisations_stand_at_the_top_with_the_name_that_may_be_meant() -> None:
    text = write_yaml(made(("1", "甲事", "市科技居", "外星局", "", "2022年底", "", "", "")))
    head = text.partition("\nyear:")[0]
    assert "# - 市科技居 (tasks 1); did you mean “市科技局”?" in head
    assert "# - 外星局 (tasks 1)" in head


def test_ongoing_work_has_no_deadline() -> None:
    text = write_yaml(made(("1", "甲事", "市科技局", "", "", "长期坚持", "", "", "")))
    assert "    ongoing: true\n" in text
    assert "due:" not in text


def test_numbers_that_are_texts_stand_in_quotes() -> None:
    rows = [(number, *ROW[1:]) for number in ("1.10", "（三）", "A.i", "2.", "03")]
    document = read_yaml(WrittenFile("t", write_yaml(made(*rows))))
    assert [task["number"] for task in document.data["tasks"]] == ["1.10", "（三）", "A.i", 2, "03"]


@settings(deadline=None)  # the first reads the bundled plan
@given(st.text(max_size=60))
def test_any_text_reads_back_as_it_was(text: str) -> None:
    shown = clean(text)
    document = read_yaml(WrittenFile("t", f"title: {quote(shown)}\n"))
    assert document.faults == []
    assert document.data == {"title": shown}


@settings(deadline=None)  # the first reads the bundled plan
@given(st.lists(st.tuples(*[st.text(max_size=12)] * len(HEADINGS)), max_size=4))
def test_any_table_becomes_a_file_that_can_be_read_and_loses_no_row(rows: list[tuple[str, ...]]) -> None:
    found = made(ROW, *rows)
    assert found.seen == len(rows) + 2 == len(found.tasks) + len(found.passed)
    document = read_yaml(WrittenFile("t", write_yaml(found)))
    assert document.faults == []
    assert len(document.data["tasks"]) == len(found.tasks)


def test_several_days_in_one_cell_are_proposed_as_stages() -> None:
    text = write_yaml(made(("2", "甲事", "市科技局", "", "", "6月底前出台方案，12月底前完成", "", "", "")))
    assert (
        "    # due:\n    # stages:\n"
        '    #   - {title: 出台方案, due: "6月底前"}\n    #   - {title: 完成, due: "12月底前"}\n'
    ) in text
