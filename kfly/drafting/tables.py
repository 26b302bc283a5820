"""Which tables of a document hold tasks, and every row of them: a task, or passed over and why."""

import re
from collections.abc import Sequence

from kfly.drafting.chapters import Chapters
from kfly.drafting.columns import Column, find_headings
from kfly.drafting.documents.blocks import Cell, Document, Paragraph, Row, Table
from kfly.drafting.headings import FIRST_LEADS, NUMBER, fold_heading
from kfly.drafting.parts import is_form, is_of_people, may_hold_tasks, split_table
from kfly.drafting.rows import Found, Passed, TableRow, read_row, repeat_above
from kfly.locale import N_, _
from kfly.plan.signs import normalise

_TITLE_LINES = 6  # lines before a table in which its title is looked for
_ORDINAL = re.compile(r"\s*(?:第?[一二三四五六七八九十百]+[、.．章节部分]|[（(][一二三四五六七八九十]+[）)])")
_NO_TASKS = (
    (re.compile(r"\s*(?:示例|例|Example)\s*[:：]"), N_("an example")),
    (re.compile(r"\s*(?:合\s*计|总\s*计|小\s*计|total)\s*[:：]?$", re.IGNORECASE), N_("a total")),
)
_SIGNED = (
    r"(?:填报|填表|制表|审核|审批|签发|经办|联系|负责|报送)(?:人|单位|日期|时间|电话)?(?:签字|签名|盖章)?"
)
_NOTE = re.compile(rf"\s*(?:备\s*注|附?注|说明|填表说明|{_SIGNED}|note)\d*\s*[:：]", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\d—–\-~至到])(20\d{2})\s*年")
_YEAR_IN_WORDS = re.compile(r"二[〇○零0O][〇○零一二三四五六七八九]{2}(?=\s*年)")
_LATE_DATE = re.compile(r"20\d{2}\s*年\s*1[12]\s*月")  # of issue: what is issued so late is for the next year
_FIGURES = str.maketrans("〇○零O一二三四五六七八九", "0000123456789")
_CHINESE, _ENGLISH_YEAR = re.compile(r"[\u4e00-\u9fff]"), re.compile(r"(?<![\d./-])(20\d{2})(?![\d./-])")
_TABLE_WORDS = re.compile(r"分解|任务|清单|重点工作|一览|台账|目标|要点|安排|表")
_LEAST_NUMBERED = 3  # columns that a row can number
_CHAPTER_SPAN = 0.6  # of the columns that a chapter's cell covers at least


def find_tasks(document: Document, asked: int | None) -> Found:
    """Find the rows of all tables that hold tasks; empty where none does.

    Args:
        document: as it was read.
        asked: the year whose tables alone are wanted; None for all.
    """
    return _Finder(document, asked).find()


def find_year(lines: Sequence[str]) -> int | None:
    """Find the year that a title names: not the end of a range, and that nearest to the table."""
    plain = [
        _YEAR_IN_WORDS.sub(lambda match: match[0].translate(_FIGURES), normalise(line)) for line in lines
    ]
    plain = [line for line in plain if not _LATE_DATE.search(line) or _TABLE_WORDS.search(line)]
    with_words = [line for line in plain if _TABLE_WORDS.search(line)]
    for line in (*reversed(with_words), *reversed(plain)):
        years = {int(year) for year in (_YEAR if _CHINESE.search(line) else _ENGLISH_YEAR).findall(line)}
        if len(years) == 1:
            return years.pop()
    return None


class _Finder:
    """A search through one document."""

    def __init__(self, document: Document, asked: int | None) -> None:
        self.document, self.asked = document, asked
        self.rows: list[TableRow] = []
        self.passed: list[Passed] = []
        self.remarks: list[str] = []
        self.doubts: list[str] = []
        self.titles: set[str] = set()  # that stand above the headings of the last table
        self.columns: tuple[Column, ...] = ()  # of the last table that holds tasks
        self.all_columns: list[Column] = []
        self.chapter = ""
        self.year: int | None = None
        self.seen = 0
        self.rule = ""

    def find(self) -> Found:
        """Walk through the document."""
        lines: list[str] = []
        for block in self.document.blocks:
            if isinstance(block, Paragraph):
                lines.append(block.text)
                self._note_rule(block.text)
            else:
                before = len(self.rows)
                for table in split_table(block):
                    self._read_table(table, lines[-_TITLE_LINES:])
                # A table that only frames others may hold their title.
                lines = [] if len(self.rows) > before else [*lines, *map(_text_of, block.rows)]
        columns = tuple(dict.fromkeys(self.all_columns))
        return Found(
            tuple(self.rows),
            tuple(self.passed),
            columns,
            tuple(self.remarks),
            tuple(self.doubts),
            self.rule,
            self.seen,
        )

    def _note_rule(self, text: str) -> None:
        if not self.rule and (match := FIRST_LEADS.search(text)):
            self.rule = match[0].strip()

    def _read_table(self, table: Table, lines: list[str]) -> None:
        headings = find_headings(table)
        if headings is None:
            self._join(table, lines)
            return
        at, depth, columns = headings
        if is_form(table.rows[at + depth :]):
            why = _("{table} has its headings beside what they name, as forms do; write a row for each task")
            self.doubts.append(why.format(table=table.name))
            self._pass_all(table, _("a form"))
            return
        titles = [_text_of(row) for row in table.rows[:at]]
        year = find_year([*lines, table.name, *titles])
        if self.asked is not None and year is not None and year != self.asked:
            why = _("{table} is that of {year}; it was passed over", table=table.name, year=year)
            self.remarks.append(why)
            self._pass_all(table, _("of another year"))
            self.columns = ()
            return
        self.year = year or self.year
        differs = [c.label for c in self.columns] != [c.label for c in columns]
        if self.columns and differs:
            self.remarks.append(_("{table} has other headings than the table before", table=table.name))
        if self.rows and (differs or not self._continues(table.rows[at + depth :], columns)):
            self.chapter = next((line for line in reversed([*lines, *titles]) if line), table.name)
        self.columns = columns
        self.all_columns += columns
        self.titles = set(titles)
        for row in table.rows[:at]:
            self._note_rule(_text_of(row))
        for column in columns:
            self._note_rule(column.label)
        self._pass(table, table.rows[:at], _("above the headings"))
        self._pass(table, table.rows[at : at + depth], _("headings"))
        self._read_rows(table, table.rows[at + depth :])

    def _continues(self, rows: Sequence[Row], columns: Sequence[Column]) -> bool:
        """Tell whether a table goes on where the last one ended, by its first number."""
        first = next((text for row in rows if (text := _find_text(row, columns, NUMBER))), "")
        return bool(self.rows) and _follows(self.rows[-1].parts.get(NUMBER, ""), first)

    def _join(self, table: Table, lines: list[str]) -> None:
        """Join a table without headings to the one before, where its columns and its first number go on."""
        if not self.columns or not table.rows:
            self._pass_other(table)
            return
        if _count_columns(table) == self.columns[-1].last + 1 and self._continues(table.rows, self.columns):
            joined = _("{table} has no headings and was joined to the one before: rows {rows}")
            self.remarks.append(joined.format(table=table.name, rows=len(table.rows)))
            self._read_rows(table, table.rows)
        elif is_of_people(table):
            self._pass_other(table)
        elif _has_content(table):
            text = " ".join([*lines, _text_of(table.rows[0])])[:40]
            why = _("{table} has no headings, and its rows do not go on from the table before: “{text}” …")
            self.doubts.append(why.format(table=table.name, text=text))
            self._pass_all(table, _("a table without headings"))

    def _pass_other(self, table: Table) -> None:
        """Pass over a table that holds no tasks; one that may hold some is doubted."""
        if not _has_content(table):
            return
        said = _("{table} has no headings of tasks; rows passed over: {n}")
        to = self.doubts if may_hold_tasks(table) else self.remarks
        to.append(said.format(table=table.name or "1", n=len(table.rows)))

    def _pass_all(self, table: Table, why: str) -> None:
        self._pass(table, table.rows, why)

    def _pass(self, table: Table, rows: Sequence[Row], why: str) -> None:
        self.seen += len(rows)
        self.passed += [Passed(table.name, row.number, why, _text_of(row)) for row in rows]

    def _read_rows(self, table: Table, rows: Sequence[Row]) -> None:
        chapters = Chapters(table, rows, self.columns)
        for row in rows:
            why = self._why_no_task(row)
            if not why and (chapter := chapters.find(row)):
                self.chapter, why = chapter, _("a chapter")
            if why:
                self._pass(table, [row], why)
            else:
                self._read_row(table, row)

    def _read_row(self, table: Table, row: Row) -> None:
        """Read a row that may be a task, or goes on with what is said of the one above."""
        read = read_row(table, row, self.columns, self.chapter, self.year)
        above = self.rows[-1] if self.rows and self.rows[-1].table == table.name else None
        if above and read.others and read.held == set(read.parts) and not read.doubts:
            self.rows[-1] = above._replace(
                others=(*above.others, *(o for o in read.others if o not in above.others))
            )
            self._pass(table, [row], _("goes on with the row above"))
            return
        self.seen += 1
        self.rows.append(repeat_above(read, above, self.columns) if above else read)

    def _why_no_task(self, row: Row) -> str:
        """Say why a row is no task; the empty text where it may be one."""
        filled = [cell for cell in row.cells if cell.text]
        own = [cell for cell in filled if not cell.held]
        if not own:
            return _("empty")
        if self._repeats_headings(filled) or _text_of(row) in self.titles:
            return _("headings repeated")
        if why := next((_(why) for begins, why in _NO_TASKS if begins.match(own[0].text)), ""):
            return why
        if len(own) > 1 and all(_NOTE.match(cell.text) for cell in own):
            return _("a note")  # 审核人：… 填表人：…
        if _numbers_the_columns(own):
            return _("numbers the columns")
        return self._why_alone(own[0]) if len(filled) == 1 else ""

    def _why_alone(self, cell: Cell) -> str:
        """Say what a row of one text is, which stands under no heading: a note, or a chapter."""
        if _NOTE.match(cell.text) or FIRST_LEADS.search(cell.text):
            self._note_rule(cell.text)
            return _("a note")
        width = self.columns[-1].last + 1
        in_numbers = any(c.role == NUMBER and c.first <= cell.column <= c.last for c in self.columns)
        is_words = in_numbers and not any(sign.isdigit() for sign in cell.text)
        if cell.span >= _CHAPTER_SPAN * width or _ORDINAL.match(cell.text) or is_words:
            self.chapter = cell.text.replace("\n", " ")
            return _("a chapter")
        return ""

    def _repeats_headings(self, cells: Sequence[Cell]) -> bool:
        labels = {
            fold_heading(part)
            for column in self.columns
            for part in (column.label, *column.label.split("／"))
        }
        return len(cells) > 1 and all(fold_heading(cell.text) in labels for cell in cells)


def _find_text(row: Row, columns: Sequence[Column], role: str) -> str:
    wanted = next((column for column in columns if column.role == role), None)
    if wanted is None:
        return ""
    return next((cell.text for cell in row.cells if wanted.first <= cell.column <= wanted.last), "")


def _follows(before: str, after: str) -> bool:
    """Tell whether a number is the next after another, or the same that goes on."""
    digits = [re.sub(r"\D", "", text) for text in (before, after)]
    return all(digits) and int(digits[1][:9]) - int(digits[0][:9]) in (0, 1)


def _numbers_the_columns(cells: Sequence[Cell]) -> bool:
    """Tell whether a row only numbers the columns: (1) (2) (3), or 1 2 3 4."""
    plain = [cell.text.strip("（）()") for cell in cells]
    return len(plain) >= _LEAST_NUMBERED and plain == [str(number) for number in range(1, len(plain) + 1)]


def _count_columns(table: Table) -> int:
    return max((cell.column + cell.span for row in table.rows for cell in row.cells), default=0)


def _has_content(table: Table) -> bool:
    return any(cell.text for row in table.rows for cell in row.cells)


def _text_of(row: Row) -> str:
    return " ".join(cell.text.replace("\n", " ") for cell in row.cells if cell.text and not cell.held)
