"""Markdown on the screen, as plain text: nothing is cut, and every line fits.

It knows what the handbook uses: headings, paragraphs, quotations, lists, tables and blocks of code. What is
written between backticks keeps them, so that a command is told from the words around it without colours.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from kfly.console.screen import measure_width, text, wrap
from kfly.console.tables import Column, make_table
from kfly.console.widths import count_cells

LONGEST_LINE = 100  # cells of running text that the eye finds its way back from
INDENT = 2
NARROWEST_CELL = 10

_FENCE = re.compile(r"```")
_HEADING = re.compile(r"(#+) (.*)")
_ITEM = re.compile(r"(?:[-*]|\d+\.) ")
_QUOTED = re.compile(r"> ?")
_RULE_OF_TABLE = re.compile(r"\|(?: *:?-+:? *\|)+")
_ONLY_LINK = re.compile(r"!?\[[^\]]*\]\([^)\s]*\)")
_CELLS = re.compile(r"(?<!\\)\|")
_WIDE = r"[\u2e80-\u9fff\uff00-\uffef“”‘’—…]"
_AFTER_STOP = re.compile(r"(?<=[，。；：、！？）]) +")
_LAST_GAP = re.compile(r"(.*\S {2,})(# )?")
_CHINESE_BREAK = re.compile(rf"(?<={_WIDE})\n(?=[\u2e80-\u9fff\uff00-\uffef])")


def render_markdown(
    source: str, name_link: Callable[[str, str], str] = lambda words, _target: words
) -> Group:
    """Make a page of Markdown fit for the screen.

    Args:
        source: the page.
        name_link: says what stands in the place of a link, by its words and its target.
    """
    lines = source.strip("\n").split("\n")
    parts: list[RenderableType] = []
    for block in _blocks(lines):
        if _ONLY_LINK.fullmatch(block[0]) and len(block) == 1:  # a picture, or the page's other language
            continue
        parts += [Text()] if parts else []
        parts.append(_render_block(block, name_link))
    return Group(*parts)


def _blocks(lines: list[str]) -> Iterator[list[str]]:
    """Yield the blocks of a page: runs of lines between empty ones, code with the empty ones in it."""
    block: list[str] = []
    in_code = False
    for line in lines:
        fence = _FENCE.match(line.lstrip()) is not None
        opens = fence and not in_code
        if block and not in_code and (opens or not line.strip() or _HEADING.match(line)):
            yield block
            block = []
        if line.strip() or in_code:
            block.append(line)
        in_code ^= fence
        if block and (_HEADING.match(line) or fence) and not in_code:
            yield block
            block = []
    if block:
        yield block


def _render_block(block: list[str], name_link: Callable[[str, str], str]) -> RenderableType:
    first = block[0]
    if _FENCE.match(first.lstrip()):
        room = measure_width() - INDENT
        code = [line for line in block[1:] if not _FENCE.match(line.lstrip())]
        return _indent(folded for line in code for folded in _fold_code(line, room))
    if heading := _HEADING.match(first):
        return _render_heading(len(heading[1]), _inline(heading[2], name_link))
    if _is_table(block):
        head, *rows = [[_inline(cell, name_link) for cell in _split(line)] for line in [first, *block[2:]]]
        return make_table([Column(cell, NARROWEST_CELL) for cell in head], rows)
    if _QUOTED.match(first):
        quoted = "\n".join(_QUOTED.sub("", line, count=1) for line in block)
        return _indent(_wrap(_inline(quoted, name_link), _room() - INDENT).split("\n"))
    if _ITEM.match(first):
        return Group(*(_render_item(item, name_link) for item in _items(block)))
    return _flow(_inline("\n".join(block), name_link))


def _is_table(block: list[str]) -> bool:
    return (
        len(block) > 1
        and _RULE_OF_TABLE.fullmatch(block[1].strip()) is not None
        and len({len(_split(line)) for line in block}) == 1
    )


def _render_heading(level: int, title: str) -> Text:
    return _flow(title, "bold cyan" if level == 1 else "bold")


def _items(block: list[str]) -> Iterator[str]:
    """Yield the items of a list, each with the lines it goes on in."""
    item: list[str] = []
    for line in block:
        if item and _ITEM.match(line):
            yield "\n".join(item)
            item = []
        item.append(line.strip())
    yield "\n".join(item)


def _render_item(item: str, name_link: Callable[[str, str], str]) -> RenderableType:
    """Set an item's further lines below its first word."""
    mark = _ITEM.match(item)
    sign = mark[0] if mark else ""
    first, *rest = _wrap(_inline(item[len(sign) :], name_link), _room() - len(sign)).split("\n")
    return text("\n".join([sign + first, *(" " * len(sign) + line for line in rest)]))


def _indent(lines: Iterable[str]) -> Padding:
    return Padding(text("\n".join(lines)), (0, 0, 0, INDENT))


def _fold_code(line: str, room: int) -> list[str]:
    """Break a line of code: its last column goes on below itself, a remark as a remark."""
    if count_cells(line) <= room:
        return [line]
    gap = _LAST_GAP.match(line)
    sign = (gap[2] or "") if gap else ""
    column = count_cells(gap[1]) if gap else 0
    if not gap or column > room * 3 // 4:
        begin = " " * (len(line) - len(line.lstrip()) + INDENT * 2)
        code, remark = (line[: len(gap[1])].rstrip(), line[len(gap[0]) :]) if gap and sign else (line, "")
        first, *rest = wrap(code, room - INDENT * 2).split("\n")
        told = wrap(remark, room - len(begin) - len(sign)).split("\n") if remark else []
        return [first, *(begin + each for each in rest), *(begin + sign + each for each in told)]
    folded = wrap(line[len(gap[0]) :], room - column - len(sign)).split("\n")
    return [(gap[1] if not number else " " * column) + sign + each for number, each in enumerate(folded)]


def _room() -> int:
    return min(measure_width(), LONGEST_LINE)


def _flow(words: str, style: str = "") -> Text:
    return text(_wrap(words, _room()), style)


def _wrap(words: str, room: int) -> str:
    """Break running text into lines; a backtick stays with what it opens or closes, as quotation marks do."""
    quoted = re.sub(r"`([^`]*)`", r"‘\1’", words)
    return wrap(quoted, room).replace("‘", "`").replace("’", "`")


def _split(line: str) -> list[str]:
    """Split a row of a table into its cells."""
    return [cell.strip().replace("\\|", "|") for cell in _CELLS.split(line.strip().strip("|"))]


def _inline(words: str, name_link: Callable[[str, str], str]) -> str:
    """Join the lines of a paragraph, and take the marks of emphasis, links and pictures out of it."""
    joined = _AFTER_STOP.sub("", _CHINESE_BREAK.sub("", words).replace("\n", " "))
    parts = re.split(r"(`[^`]+`)", joined)
    return "".join(part if part.startswith("`") else _unmarked(part, name_link) for part in _kept(parts))


def _kept(parts: list[str]) -> list[str]:
    """Put a link whose words hold code together again: its brackets stand in two parts."""
    kept: list[str] = []
    for part in parts:
        if kept and not kept[-1].startswith("`") and kept[-1].rfind("[") > kept[-1].rfind("]"):
            kept[-1] += part
        else:
            kept.append(part)
    return kept


def _unmarked(part: str, name_link: Callable[[str, str], str]) -> str:
    part = re.sub(r"!?\[([^\]]*)\]\(([^)\s]*)\)", lambda link: name_link(link[1], link[2]), part)
    part = _AFTER_STOP.sub("", re.sub(r"(?<=[，。；：、！？）])\*\* ", "**", part))
    return re.sub(r"\*\*([^*]+)\*\*|(?<![\w*])\*([^*\s][^*]*)\*(?!\w)", lambda bold: bold[1] or bold[2], part)
