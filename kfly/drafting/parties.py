"""Who does what: lists of organisations with the words that give them their roles, in cells and brackets."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from kfly.drafting.asides import Aside, read_aside
from kfly.drafting.headings import (
    DUE,
    FIRST_LEADS,
    LEAD,
    LEADER,
    NUMBER,
    PARTIES,
    RESPONSIBLE,
    SUPPORT,
    TITLE,
    WEIGHT,
    find_role,
)
from kfly.drafting.labels import close_up_labels, read_being, set_apart
from kfly.drafting.organisations import (
    WITH,
    IsKnown,
    end_open_lists,
    is_name,
    is_within_brackets,
    part_clauses,
    part_outside_brackets,
    settle_lines,
    split_organisations,
    unwrap,
)
from kfly.locale import _

_LABEL = re.compile(
    r"(?:^|(?<=[，,；;。\s、〔【（(]))([\u4e00-\u9fff]{2,12}|[A-Za-z ]{4,20})\s*"
    r"(?:[（(][^（()）:：]{1,8}[）)])?[:：]"
)
_LEADING = re.compile(
    r"(?:共同|联合|负责|并列|分别|双|总)*(?:牵头|主办|为主|主责)(?:并|负责|落实|组织|实施|抓总|推进|完成|协调|抓落实|单位)*$"
)
_HELPING = re.compile(
    r"(?:共同|按职责|按照?职责分工|予以|给予|积极|密切|协同|分别|做好)*(?:配合|协助|(?<!政)协办|参与|参加|支持|会同|协同|(?<=[局委部])会办)(?:负责|落实|实施|做好|完成|工作|单位)*$"
)
_ANSWERING = re.compile(
    r"(?:分工|分别|[局委部办府室会院校队站所科处组区镇乡街村司行]|街道|中心|单位|集团|企业)负责$"
)
_OWNING = re.compile(
    r"(?:按照?各自|按照?|根据|依据|依|各自)?(?:职责|职能|工作职责)?(?:分工)?(?:分别|具体|共同|各自|分头|组织|抓好|抓)*"
    r"(?:负责|落实|实施|承办|推进|完成|贯彻落实|组织实施)+(?:落实|实施|推进|完成|办理)*$"
)
_WITH = re.compile(WITH)
_DOES = re.compile(r"(?:研究|提出|负责|制定|制订|开展|落实|组织|推进|起草|编制|实施|完成|办理|出台|建立)\S*$")
_END_OF_PARTNERS = re.compile(r"等(?:有关|相关)?(?:部门|单位)")
_DAY = re.compile(
    r".*(?:[\d〇一二三四五六七八九十]\s*[年月日号]|年[底末内中]|季度|半年|全年|长期|持续推进|常态化|每[年月季周]).*"
)
_RULE = re.compile(rf"[（(〔]({FIRST_LEADS.pattern})[）)〕]")
_PERSON = re.compile(r".{0,4}(?:责任人|负责人|联系人|联络员|经办人|电话)")  # labels of no organisation
_LONGEST_ROLE = 40  # characters of the words behind names
_ROLES = ((_LEADING, LEAD), (_HELPING, SUPPORT), (_OWNING, RESPONSIBLE))


class Parties(NamedTuple):
    """Who leads, answers for and supports a task, and what could not be told.

    Attributes:
        lead: who leads.
        responsible: who answers for it.
        support: who supports it.
        leader: the persons, or the role of one, in the words of the document.
        due: words of a deadline that stood among the organisations.
        weight: words of a weight.
        doubts: what an office has to settle.
        notes: words that were left out as they name nobody.
        rule: words which say that the first of a list leads.
    """

    lead: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    leader: str = ""
    due: str = ""
    weight: str = ""
    doubts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    rule: str = ""


class _Found:
    """What was found so far."""

    def __init__(self, is_known: IsKnown) -> None:
        self.is_known = is_known
        self.names: dict[str, list[str]] = {role: [] for role in PARTIES}
        self.words: dict[str, list[str]] = {LEADER: [], DUE: [], WEIGHT: []}
        self.doubts: list[str] = []
        self.notes: list[str] = []
        self.rule = ""

    def add(self, text: str, role: str) -> None:
        """Add a list of organisations in a role, or the words of another part of the task."""
        if role in self.words:
            self.words[role] += [text] if text else []
            return
        split = split_organisations(end_open_lists(text), self.is_known)
        own = [read_aside(name).role for name in split.names]
        leads = [name for name, its in zip(split.names, own, strict=True) if its == LEAD]
        if role == LEAD and leads and not all(own):
            self.ask_who_leads(leads[0])
        for name in split.names:
            self._add_name(name, role)
        for end in split.open_ends:
            self.doubts.append(_("behind “{words}” more are meant than are named: who else?", words=end))
        for marked in split.marked:
            self.doubts.append(_("“{name}” is marked; does the mark say that it leads?", name=marked))

    def ask_who_leads(self, name: str) -> None:
        """Note that one is said to lead, and it cannot be told whether the others do."""
        self.doubts.append(
            _("“{name}” is said to lead, the others are not: do they lead as well?", name=name)
        )

    def _add_name(self, name: str, role: str) -> None:
        """Add a name; one with a role in brackets behind it has that one: 市科技局（牵头）."""
        aside = Aside(name) if self.is_known(name) else read_aside(name)
        said, plain = _take_role(aside.name) if aside.helpers else ("", aside.name)
        own = aside.role or said or role
        self.names[own] += [plain] if plain not in self.names[own] else []
        if aside.helpers:
            self.add(aside.helpers, SUPPORT)

    def result(self) -> Parties:
        """Return all that was found."""
        return Parties(
            lead=tuple(self.names[LEAD]),
            responsible=tuple(self.names[RESPONSIBLE]),
            support=tuple(self.names[SUPPORT]),
            leader="、".join(self.words[LEADER]),
            due="、".join(self.words[DUE]),
            weight="、".join(self.words[WEIGHT]),
            doubts=tuple(dict.fromkeys(self.doubts)),
            notes=tuple(self.notes),
            rule=self.rule,
        )


def read_parties(text: str, role: str, is_known: IsKnown) -> Parties:
    """Read who does what out of a cell, or out of a bracket behind an item.

    Args:
        text: what stands there.
        role: that of organisations which are given none by a word of their own.
        is_known: tells whether a name is one of the plan's.
    """
    found = _Found(is_known)
    if rule := _RULE.search(text) or FIRST_LEADS.fullmatch(text.strip()):
        found.rule = rule[0]
        text = text.replace(rule[0], "")
    plain = set_apart(settle_lines(unwrap(close_up_labels(text)), is_known))
    for label, part in _part_at_labels(plain):
        named = find_role(label) if label else role
        if named in (LEADER, DUE, WEIGHT):
            found.add(part.strip("，,；;。、 \n"), named)
        elif named in (NUMBER, TITLE) or _PERSON.fullmatch(label):
            found.notes.append(_("left out as it names nobody: {words}", words=f"{label}：{part.strip()}"))
        else:
            _read_clauses(part, named or role, found)
    return found.result()


def find_labels(text: str) -> list[str]:
    """Find the labels in a text, such as 牵头单位：, that mean a part of a task."""
    return [match[1] for match in _LABEL.finditer(text) if find_role(match[1]) in (*PARTIES, LEADER, DUE)]


def has_role_words(text: str) -> bool:
    """Tell whether a text gives roles by words behind the names: 市科技局牵头，市财政局配合."""
    plain = text.strip("（）()〔〕【】[] ")
    return any(
        pattern.search(clause[-_LONGEST_ROLE:])
        for clause in part_clauses(plain)
        for pattern in (_LEADING, _HELPING, _ANSWERING)
    )


def is_deadline_clause(text: str) -> bool:
    """Tell whether a clause among organisations says when instead: 6月底完成."""
    return _DAY.fullmatch(text) is not None and not is_name(text)


def _part_at_labels(text: str) -> Iterator[tuple[str, str]]:
    """Yield the parts of a text, each with the label before it; the first may have none."""
    labels = [
        match
        for match in _LABEL.finditer(text)
        if (find_role(match[1]) or _PERSON.fullmatch(match[1])) and not _is_aside(text, match.start())
    ]
    ends = [*(match.start() for match in labels), len(text)]
    if ends[0]:
        yield "", text[: ends[0]]
    for match, end in zip(labels, ends[1:], strict=True):
        yield match[1], text[match.end() : end]


def _is_aside(text: str, at: int) -> bool:
    """Tell whether a label stands in brackets behind a name: 市科技局（配合单位：市财政局）."""
    return is_within_brackets(text, at) and not text[:at].rstrip().endswith(("，", ",", "；", ";", "\n"))


def _read_clauses(text: str, role: str, found: _Found) -> None:
    """Read the clauses of a part: a word of role is that of the clauses before it, too."""
    waiting: list[str] = []
    for written in part_clauses(text.strip("，,；;。、 \n")):
        clause = unwrap(written)
        if clause != written:  # 市科技局⏎（市财政局配合）: its word of role is its own
            _add_parts(waiting, role, found)
            waiting = []
        if is_deadline_clause(clause):
            found.add(clause, DUE)
            continue
        named, names = _take_role(clause)
        if not named or _WITH.match(clause):
            named, names = _read_together(clause, waiting, found)
        if not named:
            waiting.append(names)
            continue
        if named == LEAD and "、" not in names and any("、" in part for part in waiting):
            found.ask_who_leads(names)  # 市财政局、市住建局，市科技局牵头
        # 各部门按职责分工负责 alone says no more than that they answer for it: the column's own role.
        of_all = named if named != RESPONSIBLE or found.names[LEAD] or role != LEAD else role
        _add_parts([*waiting, names], of_all, found)
        waiting = []
    _add_parts(waiting, role, found)


def _add_parts(parts: list[str], role: str, found: _Found) -> None:
    """Add clauses one by one; within each, the names before a word of role have that one."""
    for part in parts:
        for piece, own in _part_at_roles(part):
            found.add(piece, own or role)


def _part_at_roles(text: str) -> Iterator[tuple[str, str]]:
    """Yield the parts of a clause in which a word of role stands within the list: 甲局牵头、乙局配合."""
    waiting: list[str] = []
    for piece in part_outside_brackets(text, "、"):
        role, names = _take_role(piece)
        waiting.append(names)
        if role:
            yield "、".join(waiting), role
            waiting = []
    if waiting:
        yield "、".join(waiting), ""


def _take_role(clause: str) -> tuple[str, str]:
    """Return the role that the words behind a clause give, and the clause without them."""
    role, name = read_being(clause)
    if role:
        return role, name
    names, words = clause[:-_LONGEST_ROLE], clause[-_LONGEST_ROLE:]
    for pattern, role in _ROLES:
        match = pattern.search(words)
        if match:
            return role, (names + words[: match.start()]).strip().removeprefix("由")
    return "", clause


def _read_together(clause: str, waiting: list[str], found: _Found) -> tuple[str, str]:
    """Read 甲委会同乙、丙等部门研究提出意见: the first leads, the others support, the rest is no name.

    The first may stand in a clause before: 甲委牵头，会同乙、丙.
    """
    goes_on = bool(waiting or found.names[LEAD])
    found_at = (m for m in _WITH.finditer(clause) if not is_within_brackets(clause, m.start()))
    before = ((m, _take_role(clause[: m.start()])[1]) for m in found_at)
    match, first = next(
        ((m, name) for m, name in before if is_name(name, found.is_known) or (goes_on and not name)),
        (None, ""),
    )
    if match is None or found.is_known(clause):
        return "", clause
    found.add("、".join(filter(None, [*waiting, first])), LEAD)
    waiting.clear()
    partners, rest = _take_role(clause[match.end() :])[1], ""
    end = _END_OF_PARTNERS.search(partners)
    does = _DOES.search(partners)
    if end:
        partners, rest = partners[: end.end()], partners[end.end() :]
    elif does:
        partners, rest = partners[: does.start()], does[0]
    if rest:
        found.notes.append(_("left out as it names nobody: {words}", words=rest))
    return SUPPORT, partners
