"""A draft's tasks: the parts of a row read, and every doubt about them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from kfly.drafting.deadlines import When, read_when
from kfly.drafting.figures import Figure, find_figures
from kfly.drafting.headings import DUE, LEAD, LEADER, RESPONSIBLE, TITLE, WEIGHT
from kfly.drafting.headings import PARTIES as ROLES
from kfly.drafting.items import PARTIES
from kfly.drafting.names import Names
from kfly.drafting.organisations import NONE
from kfly.drafting.parties import Parties, read_parties
from kfly.drafting.rows import Found, TableRow
from kfly.locale import _
from kfly.plan.deadlines.spans import Years
from kfly.plan.signs import normalise

Number = int | str

_WEIGHT = re.compile(r"(\d{1,6}(?:\.\d{1,4})?)\s*(?:分|%)?", re.ASCII)
_SPACED = re.compile(r"(?<=^[一-鿿])\s+(?=[一-鿿]$)|(?<=[、，,；;][一-鿿])\s+(?=[一-鿿](?:$|[、，,；;]))")
_MARK = r"(?:\d{1,2}\s*[.．、)）](?!\d)|[（(]\d{1,2}[）)]|[①-⑳])"  # of the parts of one task, within its cell
_PARTS = re.compile(_MARK)
_PERSON = re.compile(r"[一-鿿]{1,2}(?:[一-鿿](?<![长记任席委员导管办局部]))")  # a name, and no office
_ZERO = re.compile(r"[0.]+")


class Task(NamedTuple):
    """A task of a draft.

    Attributes:
        number: as the document has it, or worked out.
        title: in the document's words.
        parties: who does what.
        when: by when.
        leader: the person in charge.
        weight: a plain number; empty where there is none.
        chapter: the heading it stands under.
        comments: what the document says of it beyond a plan file's keys: heading and text.
        doubts: what an office has to settle.
        figures: those of its title.
        row: where it stands: the table's name, and its row's number.
    """

    number: Number
    title: str
    parties: Parties
    when: When
    leader: str
    weight: str
    chapter: str
    comments: tuple[tuple[str, str], ...]
    doubts: tuple[str, ...]
    figures: tuple[Figure, ...]
    row: tuple[str, int]


class TaskMaker:
    """Makes tasks of the rows that were found."""

    def __init__(self, found: Found, names: Names, years: Years) -> None:
        self.names, self.years, self.rule = names, years, found.rule
        self.has_leads = any(column.role == LEAD for column in found.columns)

    def make_task(self, row: TableRow, number: Number, doubts: Sequence[str]) -> Task:
        """Make a task of a row, with what is doubtful about its number."""
        parties = self._settle_lead(self._read_parties(row))
        when = _read_deadline(row, parties, self.years)
        title = " ".join(_join(row.parts.get(TITLE, "")).split())
        weight, why = _read_weight(row.parts.get(WEIGHT, "") or parties.weight)
        untitled = list(_doubt_parts(row)) + ([] if title else [_("it has no title")])
        undated = [when.doubt] if when.doubt else []
        return Task(
            number=number,
            title=title,
            parties=parties,
            when=when,
            leader=_close_up(_join_persons(row.parts.get(LEADER, "")) or parties.leader),
            weight=weight,
            chapter=row.chapter,
            comments=(*row.others, *((_("Note"), note) for note in parties.notes)),
            doubts=tuple(dict.fromkeys([*doubts, *row.doubts, *parties.doubts, *why, *undated, *untitled])),
            figures=find_figures("。".join([title, *row.said]), self.names.targets),
            row=(row.table, row.number),
        )

    def _read_parties(self, row: TableRow) -> Parties:
        """Read who does what out of a row's cells, or out of the bracket behind an item."""
        known = self.names.is_known
        if PARTIES in row.parts:
            read = [read_parties(row.parts[PARTIES], RESPONSIBLE, known)]
        else:
            read = [read_parties(row.parts.get(role, ""), role, known) for role in ROLES]
        return Parties(
            lead=self._name(name for one in read for name in one.lead),
            responsible=self._name(name for one in read for name in one.responsible),
            support=self._name(name for one in read for name in one.support),
            leader="、".join(one.leader for one in read if one.leader),
            due="、".join(one.due for one in read if one.due),
            weight="、".join(one.weight for one in read if one.weight),
            doubts=tuple(doubt for one in read for doubt in one.doubts),
            notes=tuple(note for one in read for note in one.notes),
            rule=next((one.rule for one in read if one.rule), ""),
        )

    def _name(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return names once each, as the plan writes them where it knows them."""
        return tuple(dict.fromkeys(self.names.find(name) or name for name in names))

    def _settle_lead(self, parties: Parties) -> Parties:
        """Say who leads where no word does: the only one there is, or the first where a rule says so."""
        rule = parties.rule or self.rule
        if parties.lead:
            return parties
        if not parties.responsible:
            return parties._replace(doubts=(*parties.doubts, _("nobody leads it")))
        first, *others = parties.responsible
        if rule:
            note = _("the first named leads it: “{rule}”", rule=rule.strip("（）()〔〕"))
        elif not others and not self.has_leads:
            alone = _("the only organisation named leads it")
            note = _("the only organisation that answers for it leads it") if parties.support else alone
        else:
            doubt = _("nobody is said to lead it; is it {name}?", name=first)
            return parties._replace(doubts=(*parties.doubts, doubt))
        return parties._replace(lead=(first,), responsible=tuple(others), notes=(*parties.notes, note))


def _doubt_parts(row: TableRow) -> Iterator[str]:
    """Yield a doubt where the parts of a task and who does them are numbered alike, within their cells."""
    told = [text for role in ROLES if len(_PARTS.findall(text := row.parts.get(role, ""))) > 1]
    if told and len(_PARTS.findall(row.parts.get(TITLE, ""))) > 1:
        yield _(
            "its parts and “{text}” are numbered: who does which of them?", text=told[0].replace("\n", " ")
        )


def _read_deadline(row: TableRow, parties: Parties, years: Years) -> When:
    own = row.parts.get(DUE, "")
    if NONE.fullmatch(own):
        own = ""
    if own and parties.due:
        both = f"{own}；{parties.due}"
        return When(doubt=_("two deadlines are given: “{words}”", words=both))
    return read_when(own or parties.due, years)


def _read_weight(text: str) -> tuple[str, list[str]]:
    plain = normalise(text)
    if NONE.fullmatch(plain):
        return "", []
    match = _WEIGHT.fullmatch(plain)
    if match is None or _ZERO.fullmatch(match[1]):
        return "", [_("“{words}” is no weight above 0", words=text)]
    return match[1], []


def _close_up(names: str) -> str:
    """Take out the blank that is only there to make a name as wide as others: 王 强."""
    return _SPACED.sub("", names)


def _join_persons(text: str) -> str:
    """Join the lines of a cell of persons: names a line each are several; 副市长⏎张三 is one."""
    lines = ["".join(line.split()) for line in text.split("\n")]
    return "、".join(lines) if all(map(_PERSON.fullmatch, lines)) else _join(text)


def _join(text: str) -> str:
    """Join the lines of a cell; only Latin words get a blank between."""
    return re.sub(rf"(?<=[A-Za-z,.])\n(?=[A-Za-z])|\n(?={_MARK})", " ", text).replace("\n", "")
