"""Pages are decoded by what they hold, and their tables laid out as a browser does it."""

from pathlib import Path

import pytest

from kfly.drafting.documents.blocks import DocumentRefusedError
from tests.support.drafted import doubts, drafted, numbers, titles, told

HEAD = "<tr><th>序号</th><th>内容</th><th>牵头部门</th><th>责任部门</th><th>完成时限</th></tr>"
ROW = "<tr><td>1</td><td>设立专项资金</td><td>市财政局</td><td>市科技局</td><td>2022年2月</td></tr>"
TOLD = (1, "设立专项资金", ("市财政局",), ("市科技局",), "2022年2月")
TITLE = "<h1>2022年重点工作分解表</h1>"


def page(tmp_path: Path, inside: str, encoding: str = "utf-8", head: str = "") -> Path:
    path = tmp_path / "page.html"
    path.write_bytes(f"<html><head>{head}</head><body>{inside}</body></html>".encode(encoding))
    return path


@pytest.mark.parametrize(
    ("encoding", "label"),
    [
        ("utf-8", ""),
        ("utf-8-sig", '<meta charset="gb2312">'),
        ("gb18030", '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'),
        ("gb18030", ""),
        ("utf-16", ""),
    ],
)
def test_a_page_is_decoded_by_its_mark_its_label_or_its_bytes(
    tmp_path: Path, encoding: str, label: str
) -> None:
    found = drafted(page(tmp_path, f"{TITLE}<table>{HEAD}{ROW}</table>", encoding, label))
    assert [told(task) for task in found.tasks] == [TOLD]


def test_a_page_labelled_gb2312_with_signs_of_gb18030_is_read_to_its_end(tmp_path: Path) -> None:
    rows = "".join(ROW.replace("<td>1<", f"<td>{n}<").replace("设立", "䶮㙍设立") for n in range(1, 40))
    path = page(tmp_path, f"{TITLE}<table>{HEAD}{rows}</table>", "gb18030", '<meta charset="gb2312">')
    assert numbers(drafted(path)) == list(range(1, 40))


def test_an_xml_declaration_is_no_obstacle(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    text = (
        f'<?xml version="1.0" encoding="gb2312"?><html><body>{TITLE}<table>{HEAD}{ROW}</table></body></html>'
    )
    path.write_bytes(text.encode("gb18030"))
    assert [told(task) for task in drafted(path).tasks] == [TOLD]


def test_lines_and_paragraphs_in_a_cell_part_organisations(tmp_path: Path) -> None:
    row = ROW.replace("市科技局", "市科技局<br>市住建局<p>市商务局</p>")
    draft = drafted(page(tmp_path, f"{TITLE}<table>{HEAD}{row}</table>"))
    assert draft.tasks[0].parties.responsible == ("市科技局", "市住建局", "市商务局")


@pytest.mark.parametrize("rowspan", ["2", "0", "99", "2px"])
def test_a_cell_reaches_down_as_html_says_and_no_further_than_its_part(tmp_path: Path, rowspan: str) -> None:
    rows = (
        f'<tr><td>1</td><td>甲事</td><td rowspan="{rowspan}">市财政局</td><td></td><td>2022年2月</td></tr>'
        "<tr><td>2</td><td>乙事</td><td></td><td>2022年3月</td></tr>"
    )
    after = "<tbody><tr><td>3</td><td>丙事</td><td>市科技局</td><td></td><td>2022年3月</td></tr></tbody>"
    draft = drafted(
        page(tmp_path, f"{TITLE}<table><thead>{HEAD}</thead><tbody>{rows}</tbody>{after}</table>")
    )
    assert [task.parties.lead for task in draft.tasks] == [("市财政局",), ("市财政局",), ("市科技局",)]
    assert [task.when.due for task in draft.tasks] == ["2022年2月", "2022年3月", "2022年3月"]


def test_a_layout_table_around_the_table_is_seen_through(tmp_path: Path) -> None:
    inner = f"<table>{HEAD}{ROW}</table>"
    draft = drafted(page(tmp_path, f"<table><tr><td>{TITLE}</td></tr><tr><td>{inner}</td></tr></table>"))
    assert ([told(task) for task in draft.tasks], draft.year) == ([TOLD], 2022)


def test_text_that_is_hidden_or_crossed_out_is_left_out_with_a_word(tmp_path: Path) -> None:
    row = ROW.replace("设立", '<span style="display: none">暗</span><del>旧</del>设立')
    draft = drafted(page(tmp_path, f"{TITLE}<table>{HEAD}{row}</table>"))
    assert titles(draft) == ["设立专项资金"]
    assert draft.remarks == (
        "text that is crossed out was left out; places: 1",
        "hidden text was left out: “暗” …",
    )


def test_a_table_within_a_cell_is_told(tmp_path: Path) -> None:
    row = ROW.replace("设立", "<table><tr><td>1</td></tr></table>设立")
    draft = drafted(page(tmp_path, f"{TITLE}<table>{HEAD}{row}</table>"))
    assert (titles(draft), len(doubts(draft))) == (["设立专项资金"], 1)


@pytest.mark.parametrize("content", [b"", b"<html></html>", b"\xff\xff\xff", b"<table>" * 5000])
def test_a_page_without_a_table_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(content)
    with pytest.raises(Exception, match=r"page\.html"):
        drafted(path)


def test_deep_nesting_is_refused_not_cut_off(tmp_path: Path) -> None:
    deep = "<div>" * 3000 + f"<table>{HEAD}{ROW}</table>" + "</div>" * 3000
    with pytest.raises(DocumentRefusedError, match="nested too deeply"):
        drafted(page(tmp_path, TITLE + deep))
