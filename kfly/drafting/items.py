"""Lists without a table: items that say （牵头单位：…；完成时限：…), at their end or on a line of its own."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kfly.drafting.brackets import (
    Bracket,
    doubt_names,
    is_when,
    join_adjacent,
    leave_out,
    names_only,
    names_with_day,
    part_first_line,
    write_labels,
)
from kfly.drafting.documents.blocks import Document, Paragraph
from kfly.drafting.headings import FIRST_LEADS, NUMBER, TITLE
from kfly.drafting.organisations import is_name
from kfly.drafting.parties import find_labels, has_role_words
from kfly.drafting.rows import Found, Passed, TableRow
from kfly.drafting.tables import find_year
from kfly.locale import _

PARTIES = "parties"  # the part of a row in which organisations and deadline stand together
_BRACKETS = {"（": "）", "(": ")", "〔": "〕", "【": "】", "[": "]"}
_CLOSING = frozenset(_BRACKETS.values())
_LONGEST_BRACKET = 2000  # characters
_MARK = re.compile(
    r"(?:(?P<plain>\d{1,3}(?:\.\d{1,3}){0,3})(?:[.．、）)]|(?=[^\d.．、）)\s%年月日号个家栋万亿]))\s*"
    r"|(?P<bracket>[（(](?:[一二三四五六七八九十百]{1,4}|\d{1,3})[）)])"
    r"|(?P<chinese>第?[一二三四五六七八九十百]{1,4})[、.．]|(?P<circled>[①-⒛㈠-㈩])"
    r"|(?P<named>(?:任务|事项|措施)[一二三四五六七八九十\d]{1,3}(?=[:：、\s])|第[一二三四五六七八九十\d]{1,3}[条项])[:：、]?)\s*"
)
_BULLETS = "•·●◆◇■□▪►➢-—–* "
_OWN_LINE = re.compile(
    r"[（(〔【]?(?:牵头|责任|主办|承办|配合|协办|落实)[^：:。]{0,10}[：:]"
    r"|完成(?:时限|时间|期限)[：:][^\n]{1,20}\n(?=(?:牵头|责任|主办|承办)[^：:。\n]{0,10}[：:])"
)
_BEHIND_BLANK = re.compile(r"(?:牵头|责任|主办|承办)(?:单位|部门)[：:]")  # 1、建平台 牵头单位：市科技局
_LABELLED_LINE = re.compile(r"[^：:。，；（(〔【]{2,10}[：:]")
_UNPAIRED = re.compile(r"[（(〔【\[](?:牵头|责任|主办|承办|配合|协办|落实)[^：:。]{0,10}[：:].{0,20}")
_SEPARATED = re.compile(r"[、，,；;：:\n]")
_ENDS_ITEM = re.compile(r"[。；;]?\s*\n")
_SENTENCE = re.compile(r"[^。；;]*[。；;]?")
_LONGEST_HEAD = 40  # characters of an item's first sentence that can be its title
_LEAST_HEAD = 4


class _Line(NamedTuple):
    """A numbered beginning of an item or of a chapter."""

    at: int
    label: str
    number: int  # of the line
    is_chapter: bool
    style: str  # of its number: plain, bracket …


def find_items(document: Document) -> Found:
    """Find the items of a document without tables; empty where none says who does it."""
    paragraphs = [block for block in document.blocks if isinstance(block, Paragraph)]
    return _List(paragraphs).find()


class _List:
    """A text of items being read."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self.text, self.begins = "", []
        for paragraph in paragraphs:
            self.begins.append((len(self.text), paragraph.number))
            self.text += write_labels(paragraph.text) + "\n"
        self.widest = max((len(paragraph.text) for paragraph in paragraphs), default=0)
        self.lines = list(self._find_lines())
        self.rows: list[TableRow] = []
        self.passed: list[Passed] = []
        self.remarks: list[str] = []
        self.styles: set[str] = set()  # of the numbers of items that say who does them
        self.chapter = ""
        self.parent: tuple[str, str] | None = None  # style of an item above others, and the chapter it is in
        self.silent: list[tuple[str, str]] = []  # chapter and label of items that say nobody who does them
        self.doubts: list[str] = []
        titles = [p.text for p in paragraphs if not _MARK.match(p.text)]
        self.year = find_year([title for title in titles[:8] if len(title) <= 2 * _LONGEST_HEAD])

    def find(self) -> Found:
        """Walk through the text, bracket by bracket."""
        found = list(join_adjacent(self.text, list(self._find_brackets())))
        brackets = [bracket for bracket in found if not bracket.is_bare]
        if not brackets:
            return Found()
        places = [bracket.begin for bracket in brackets]
        self.styles = {self._find_line(place).style for place in places if self.lines} - {""}
        for index, line in enumerate(self.lines):
            end = self.lines[index + 1].at if index + 1 < len(self.lines) else len(self.text)
            own = [bracket for bracket in brackets if line.at <= bracket.begin < end]
            own = own or [bracket for bracket in found if line.at <= bracket.begin < end][-1:]
            below = self.lines[index + 1].style if index + 1 < len(self.lines) else ""
            self._leave_parent(line)
            if own:
                self._read_item(line, self.text[line.at : end], own)
            else:
                self._pass_item(line, self.text[line.at : end].split("\n", 1)[0], below)
        if self.lines and places[0] < self.lines[0].at:
            self.passed += [
                Passed("", self._line_of(b.begin), _("belongs to no numbered item"), b.inside[:40])
                for b in brackets
                if b.begin < self.lines[0].at
            ]
            self.doubts.append(
                _("somebody is named before the first numbered item: “{text}”", text=brackets[0].inside[:40])
            )
        elif not self.lines:
            self._read_unnumbered(found)
        self._doubt_silent()
        rule = FIRST_LEADS.search(leave_out(self.text, brackets))
        return Found(
            tuple(self.rows),
            tuple(self.passed),
            remarks=tuple(self.remarks),
            doubts=tuple(self.doubts),
            rule=rule[0].strip() if rule else "",
            seen=len(self.rows) + len(self.passed),
        )

    def _find_lines(self) -> Iterator[_Line]:
        for at, number in self.begins:
            match = _MARK.match(self.text, at)
            if match:
                end = self.text.find("\n", at)
                label = match["plain"] or match["bracket"] or match["chinese"] or match["circled"]
                label = label or match["named"]
                yield _Line(
                    at,
                    label,
                    number,
                    bool(match["chinese"]) and end - at <= _LONGEST_HEAD,
                    _find_style(match),
                )

    def _find_brackets(self) -> Iterator[Bracket]:
        """Yield the outermost brackets that say who does something, and lines of their own that do."""
        at, pairs = 0, self._pair_brackets()
        while at < len(self.text):
            if (
                self._begins_sentence(at)
                and _OWN_LINE.match(self.text, at)
                and self.text[at] not in _BRACKETS
            ):
                end = self._end_of_lines(at)
                yield Bracket(at, end, self.text[at:end])
                at = end
                continue
            if self.text[at] in _BRACKETS:
                end = pairs.get(at, -1)
                inside = self.text[at + 1 : end]
                if end > 0 and (find_labels(inside) or has_role_words(inside)):
                    yield Bracket(at, end + 1, inside)
                    at = end
                elif end > 0 and _ENDS_ITEM.match(self.text, end + 1) and names_only(inside):
                    yield Bracket(at, end + 1, inside, is_bare=True)
                    at = end
                elif end > 0 and _ENDS_ITEM.match(self.text, end + 1) and names_with_day(inside):
                    yield Bracket(at, end + 1, inside)
                    at = end
                elif end > 0 and is_when(inside):
                    yield Bracket(at, end + 1, inside, is_when=True)
                    at = end
            at += 1

    def _begins_sentence(self, at: int) -> bool:
        before = self.text[at - 1] if at else "\n"
        return before in "\n。" or (before in " \u3000" and _BEHIND_BLANK.match(self.text, at) is not None)

    def _end_of_lines(self, at: int) -> int:
        """Find the end of lines that go on with labels: 责任单位：… below 牵头单位：…."""
        end = self.text.find("\n", at)
        while self._goes_on_with_label(end + 1):
            end = self.text.find("\n", end + 1)
        return end

    def _goes_on_with_label(self, at: int) -> bool:
        """Tell whether a line begins with a label; one with a number of its own is an item."""
        is_labelled = _LABELLED_LINE.match(self.text, at) and find_labels(self.text[at : at + 13])
        return bool(is_labelled) and not _MARK.match(self.text, at)

    def _pair_brackets(self) -> dict[int, int]:
        """Find which bracket closes each, of whatever shape; those too far apart belong to no list."""
        opened: list[int] = []
        pairs: dict[int, int] = {}
        for at, sign in enumerate(self.text):
            if sign in _BRACKETS:
                opened.append(at)
            elif sign in _CLOSING and opened:
                begin = opened.pop()
                pairs.update({begin: at} if at - begin <= _LONGEST_BRACKET else {})
        return pairs

    def _find_line(self, at: int) -> _Line:
        return next((line for line in reversed(self.lines) if line.at <= at), _Line(0, "", 0, False, ""))

    def _line_of(self, at: int) -> int:
        return next((number for begin, number in reversed(self.begins) if begin <= at), 0)

    def _leave_parent(self, line: _Line) -> None:
        """Return to the chapter of an item that stood above others, when the next of its style comes."""
        if self.parent and (line.is_chapter or line.style == self.parent[0]):
            self.chapter, self.parent = self.parent[1], None

    def _pass_item(self, line: _Line, shown: str, below: str) -> None:
        """Pass over an item that says nobody who does it: a heading, or one that stands above others."""
        is_short = len(shown) <= _LONGEST_HEAD and "。" not in shown.rstrip("。")
        if line.is_chapter or (line.style not in self.styles and is_short):
            self.chapter = shown
        elif is_short and below in self.styles - {line.style}:
            self.parent = line.style, self.chapter
            self.chapter = shown
        else:
            self.passed.append(Passed("", line.number, _("says nobody who does it"), shown[:40]))
            self.silent += [(self.chapter, line.label)] if line.style in self.styles else []
            return
        self.passed.append(Passed("", line.number, _("a heading"), shown))

    def _doubt_silent(self) -> None:
        """Doubt items that say nobody who does them where others of the same chapter do."""
        chapters = {row.chapter for row in self.rows}
        if labels := [label for chapter, label in self.silent if chapter in chapters]:
            names = _(", ").join(labels)
            self.doubts.append(_("items that say nobody who does them, passed over: {names}", names=names))

    def _read_item(self, line: _Line, text: str, brackets: Sequence[Bracket]) -> None:
        """Read an item: a task for each bracket in it."""
        begin = line.at
        for index, bracket in enumerate(brackets, start=1):
            label = f"{line.label}-{index}" if len(brackets) > 1 else line.label
            said = self.text[begin : bracket.begin]
            self._add(label, said, bracket, self._line_of(begin))
            begin = bracket.end
        if len(brackets) > 1:
            message = _("item {label} names organisations more than once; tasks made of it: {n}")
            self.remarks.append(message.format(label=line.label, n=len(brackets)))
        rest = self.text[begin : line.at + len(text)].strip(" \n。；;，")
        if rest:
            self.passed.append(Passed("", self._line_of(begin), _("text behind an item"), rest[:40]))
            self.rows[-1] = self.rows[-1]._replace(doubts=(*self.rows[-1].doubts, *doubt_names(rest)))

    def _read_unnumbered(self, brackets: Sequence[Bracket]) -> None:
        """Read a text without any numbers: each bracket ends an item of its own."""
        begin = 0
        for bracket in brackets:
            said = len(self.text[: bracket.begin].rstrip())  # its title may stand on the line above
            line_begin = self.text.rfind("\n", begin, said) + 1
            above = self.text[begin : max(line_begin, begin)].strip()
            if above:
                self.passed.append(Passed("", self._line_of(begin), _("text above an item"), above[:40]))
            self._add(
                "", self.text[max(line_begin, begin) : bracket.begin], bracket, self._line_of(bracket.begin)
            )
            begin = bracket.end
        if rest := self.text[begin:].strip(" \n。；;，"):
            self.passed.append(Passed("", self._line_of(begin), _("text behind an item"), rest[:40]))
            self.doubts += doubt_names(rest)

    def _add(self, label: str, said: str, bracket: Bracket, number: int) -> None:
        plain = said.strip().lstrip(_BULLETS)
        mark = _MARK.match(plain)
        plain = plain[mark.end() :] if mark else plain
        first, rest = part_first_line(plain, self.widest)
        title, more = _part_title(_join_lines(first).strip("。；;，, "))
        more = " ".join(filter(None, (more, _join_lines(rest).strip("。；;，, "))))
        parts = {NUMBER: label, TITLE: title, PARTIES: _join_names(bracket.inside.strip())}
        others = ((_("text"), more),) if more else ()
        unpaired = _UNPAIRED.search(said)
        doubts = [_("a bracket is not closed: “{text}”", text=unpaired[0])] if unpaired else []
        doubts += doubt_names(said)
        self.rows.append(
            TableRow(
                "",
                number,
                self.chapter,
                {k: v for k, v in parts.items() if v},
                others=others,
                doubts=tuple(doubts),
                year=self.year,
                said=(more,) if more else (),
            )
        )


def _find_style(match: re.Match[str]) -> str:
    """Name the style of a number: 1.2 is below 1., and both differ from （一）."""
    return f"plain {match['plain'].count('.')}" if match["plain"] else match.lastgroup or ""


def _join_lines(text: str) -> str:
    """Join the lines of an item, which a page has broken anywhere; only Latin words get a blank between."""
    return re.sub(r"(?<=[A-Za-z,.])\s*\n\s*(?=[A-Za-z])", " ", text).replace("\n", "")


def _join_names(text: str) -> str:
    """Join names that a page has broken; a line break before a label, or between two names, stays."""
    first, *others = text.split("\n")
    for line in others:
        before = _SEPARATED.split(first)[-1]
        after = _SEPARATED.split(line)[0]
        stays = _LABELLED_LINE.match(line) or (is_name(before) and is_name(after))
        first += f"\n{line}" if stays else line
    return first


def _part_title(text: str) -> tuple[str, str]:
    """Part an item into its title, the heading before the first 。 where there is one, and what follows."""
    match = _SENTENCE.match(text)
    head = match[0] if match else text
    if _LEAST_HEAD <= len(head) <= _LONGEST_HEAD and len(head) < len(text):
        return head.rstrip("。；;"), text[len(head) :].strip()
    return text, ""
