"""Whatever stands in a table: no line is wider than the screen, and no sign is lost."""

import io
from collections import Counter
from contextlib import redirect_stdout

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kfly.console import tables as layout
from kfly.console.screen import show, wrap
from tests.support.screen import widest

pytestmark = pytest.mark.slow

SIGNS = "楼宇（，。）《》“”、 a1,.-_/:=\nÄ%≥😀[]|"
ANY_SCRIPT = st.text(st.characters(categories=["L", "N", "P", "S"]), max_size=20)
CELL = st.text(st.sampled_from(SIGNS), max_size=60) | ANY_SCRIPT
WIDTH = st.sampled_from([40, 41, 60, 80, 100, 200])


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[layout.Column], list[list[str]]]:
    size = draw(st.integers(1, 14))
    narrowest = st.none() | st.integers(4, 20)
    columns = [layout.Column(draw(CELL) or "x", draw(narrowest)) for _column in range(size)]
    rows = draw(st.lists(st.lists(CELL, min_size=size, max_size=size), min_size=1, max_size=5))
    return columns, rows


def signs(text: str) -> Counter[str]:
    return Counter(sign for sign in text if not sign.isspace())


def printed(*parts: object) -> str:
    with redirect_stdout(io.StringIO()) as out:
        show(*parts)  # type: ignore[arg-type]
    return out.getvalue()


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    return monkeypatch


settled = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@settled
@given(made=tables(), width=WIDTH, spaced=st.booleans())
def test_a_table(
    screen: pytest.MonkeyPatch, made: tuple[list[layout.Column], list[list[str]]], width: int, spaced: bool
) -> None:
    columns, rows = made
    screen.setenv("COLUMNS", str(width))
    shown = printed(layout.make_table(columns, rows, spaced=spaced))

    assert widest(shown) <= width
    assert signs("".join(cell for row in rows for cell in row)) <= signs(shown)


@settled
@given(made=tables(), width=WIDTH)
def test_a_matrix(
    screen: pytest.MonkeyPatch, made: tuple[list[layout.Column], list[list[str]]], width: int
) -> None:
    columns, rows = made
    screen.setenv("COLUMNS", str(width))
    shown = printed(layout.make_matrix(columns, rows))

    assert widest(shown) <= width
    assert signs("".join(cell for row in rows for cell in row)) <= signs(shown)


@settled
@given(rows=st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=6), width=WIDTH)
def test_a_panel(screen: pytest.MonkeyPatch, rows: list[tuple[str, str, str]], width: int) -> None:
    screen.setenv("COLUMNS", str(width))
    shown = printed(layout.make_panel("标题", rows))

    assert widest(shown) <= width
    assert signs("".join(cell for row in rows for cell in row)) <= signs(shown)


@settled
@given(paragraph=CELL, width=WIDTH)
def test_a_paragraph(screen: pytest.MonkeyPatch, paragraph: str, width: int) -> None:
    screen.setenv("COLUMNS", str(width))
    shown = printed(paragraph)

    assert widest(shown) <= width
    assert signs(shown) == signs(paragraph)


@given(text=st.text(st.sampled_from(SIGNS)), width=st.integers(2, 50))
def test_wrapping_loses_blanks_at_line_ends_alone(text: str, width: int) -> None:
    lines = wrap(text, width)

    assert signs(lines) == signs(text)
    assert widest(lines + "\n") <= width


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("改造楼宇10栋，其中5万平方米", 12, ["改造楼宇10", "栋，其中5万", "平方米"]),
        ("可按期，2024-09-12 达 30", 12, ["可按期，", "2024-09-12", "达 30"]),
        ("出台《管理办法（试行）》", 10, ["出台《管理", "办法（试", "行）》"]),
        ("市科技局, 市财政局", 9, ["市科技局,", "市财政局"]),
        ("research collaborations", 14, ["research", "collaborations"]),
        ("0123456789", 4, ["0123", "4567", "89"]),
        ("一\n二", 10, ["一", "二"]),
        ("", 10, [""]),
    ],
)
def test_lines_break_where_a_reader_expects(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width).split("\n") == lines
