"""Deadlines as yearly tables write them: the last day that the words can mean, or that there is none."""

import re
from datetime import date
from typing import NamedTuple

from kfly.locale import _
from kfly.plan.deadlines.deeds import DONE, MORE_DONE
from kfly.plan.deadlines.spans import Span, Years, day_before, find_span
from kfly.plan.deadlines.wording import make_plain
from kfly.plan.periods import HALF, MONTH, QUARTER, YEAR

__all__ = ["DeadlineError", "TaskDeadline", "Years", "read_deadline", "read_task_deadline"]

# What stands before a day, and what is to happen by it, say nothing of the day.
_BEFORE = re.compile(
    r"(?:力争|争取|确保|务必|务求|必须|须|应|要求|计划|原则上|最迟|不迟于|不晚于|不超过|截[至止]到?|止于|分别|直?到|至|于|在)+"
)
_DONE_BY = re.compile(rf"(?<=前){DONE.pattern}$")  # of what is done by a day, the words say nothing of when
_CLOSED = re.compile(r"(?:[之以]?前|止)")
_START = re.compile(
    r"(?:开工建设|开工|动工|启动实施|启动|开始实施|开始|开建|着手|起步|起(?:实施|施行|执行)?"
    r"|(?<=[前内日月底])(?:启动|开始|着手)[一-鿿]{0,10})$"
)
_SINCE = re.compile(r"^(?:从|自|由)")
_GOES_ON = (
    "(?:推进|坚持|开展|实施|落实|进行|跟进|抓好|深化|执行|有效|加强|强化|提升|做好|改进|完善|优化|巩固|保持|整改|用力|发力|加力|监管"
    "|督导)"
)
_ONGOING = re.compile(
    rf"(?:长期性?|长效(?!机制)|持续性?|常态化?|常年|经常性?|日常性?|不断|滚动|贯穿全年|全年(?={_GOES_ON}))(?:{_GOES_ON}|任务|工作|化|长期|长效)*"
)
_EVERY = re.compile(
    r"(?:每个?|按|逐)(?P<part>月度?|季度?|半年度?|年度?)(?P<detail>(?:末月|首月|第[一二三123]个月|(?:[末底]的?)?最后[1一]?个月|(?:(?<=月)月)?[末底])?(?:\d{1,2}[日号])?(?:[之以]?前)?)"
)
_LISTED = re.compile(r"(?<=[月季年度末底])\([^()]*\)")  # 每季度末（分别在6月、9月和12月底）
_REPORTS = re.compile(
    r"(?:至少|不少于)?(?:一次|1次|定期)?(?:报送|上报|报告|调度|通报|汇报|反馈|更新|开展|推进|召开|进行|进展|进度|情况|总结|小结|成果|台账|报表|督查|督导|检查|会商|报|一次)*"
)
_PARTS = {"月": MONTH, "季": QUARTER, "半年": HALF, "年": YEAR}
_CLAUSES = re.compile(r"[,;、。]|并且?|同时|以及|和|及(?!时)")
_POINTED_DAY = re.compile(r"\d{1,2}\.\d{1,2}", re.ASCII)  # 2023.3.1-5.31
_UNTIL = re.compile("直?[至到](?!少)")  # 持续到年底: an end, and yet going on
_LONGEST = 80  # characters; what is longer says more than a day
_RANGE = re.compile(r"至|到|[—–~-]+")
# What begins at once, or with the notice itself: its beginning is known to whoever reads it.
_NOW = re.compile(r"(?:即日|现在|(?:本?[一-鿿]{0,4}?)(?:印发|下发|发布|公布|通知)之日)起?")


class DeadlineError(ValueError):
    """A wording that is no deadline, with the reason in a person's words."""


class TaskDeadline(NamedTuple):
    """What a table says of when a task is due.

    Attributes:
        due: its last day; None: it is ongoing.
        report_every: the period that each wants a report; None: the words ask for none.
    """

    due: date | None
    report_every: str | None = None


def read_deadline(text: str, years: Years) -> date:
    """Return the last day that a deadline can mean.

    Raises:
        DeadlineError: it names none, or what could be two days, or a start.
    """
    found = read_task_deadline(text, years)
    if found.due is None or found.report_every is not None:
        raise _refuse(text)
    return found.due


def read_task_deadline(text: str, years: Years) -> TaskDeadline:
    """Return the last day of a task, or that it is ongoing, and how often the words ask for a report.

    Raises:
        DeadlineError: it says neither, or what could be two days, or a start.
    """
    plain = make_plain(text) if len(text) <= _LONGEST else ""
    if "每" in plain:
        plain = _LISTED.sub("", plain)
    said = _Said(text, years)
    for clause in [plain] if find_span(plain, years) else map(str.strip, _CLAUSES.split(plain)):
        if not (said.tells and _says_more_of_it(clause)):
            said.hear(clause)
    return said.conclude()


class _Said:
    """What the clauses of one wording say together."""

    def __init__(self, text: str, years: Years) -> None:
        self.text, self.years = text, years
        self.days: list[date] = []
        self.parts: list[str] = []
        self.ongoing = self.starts = self.finishes = self.tells = self.comes_again = False

    def hear(self, clause: str) -> None:
        """Take in one clause.

        Raises:
            DeadlineError: it is not understood.
        """
        done = _DONE_BY.search(clause)
        when, what = (clause[: done.start()], done[0]) if done else (clause, "")
        rest = _ONGOING.sub("", when) + what
        self.ongoing |= rest != clause
        if self.ongoing and _UNTIL.match(rest):
            raise _several(self.text)
        if every := _EVERY.search(rest):
            self._hear_every(every, rest.replace(every[0], ""))
        elif rest and (rest == clause or find_span(rest, self.years) or not self.ongoing):
            self._hear_day(rest, beside=rest != clause)
        elif rest and self.ongoing:
            self._hear_day(rest, beside=True)

    def _hear_every(self, every: re.Match[str], rest: str) -> None:
        """Take in what comes again in each period; a day beside it, 每年6月底前, comes again as well.

        Raises:
            DeadlineError: what stands beside it is not understood.
        """
        self.parts.append(_PARTS[every["part"].removesuffix("度")])
        if every["detail"] and every["part"].startswith("年") and every["detail"] not in ("末", "底"):
            raise _refuse(self.text)
        rest = _REPORTS.sub("", rest)
        if _UNTIL.match(rest):
            raise _several(self.text)
        if rest := _strip(rest, _BEFORE):
            self.ongoing = self.comes_again = True
            if _START.search(rest):
                self._check_start(rest)
            else:
                _find_last_day(rest, self.text, self.years)

    def _hear_day(self, clause: str, *, beside: bool) -> None:
        if _START.search(clause):
            self._check_start(clause)
            if self.days:  # 9月底前完成招标，年底开工: which of them is the task's?
                raise _several(self.text)
            self.starts = True
            return
        if self.comes_again:  # 每年3月、9月 comes more often than 每年 says
            raise _several(self.text)
        day, finishes, is_end = _find_last_day(clause, self.text, self.years)
        self.tells = finishes
        self.finishes |= finishes or clause.endswith("前") or (not beside and is_end)
        if not beside or not self.ongoing or finishes:
            self.days.append(day)

    def _check_start(self, clause: str) -> None:
        """Check that what starts does so on a day that is understood: else who knows what is meant.

        Raises:
            DeadlineError: it does not.
        """
        begun = _strip(_SINCE.sub("", _START.sub("", clause)), _BEFORE)
        known = begun.endswith("内") or _NOW.fullmatch(begun) or find_span(_CLOSED.sub("", begun), self.years)
        if begun and not known:
            raise _start(self.text)

    def conclude(self) -> TaskDeadline:
        """Return what they say together.

        Raises:
            DeadlineError: they say nothing, or what goes not together.
        """
        if len(set(self.days)) > 1 or len(set(self.parts)) > 1 or (self.ongoing and self.finishes):
            raise _several(self.text)
        part = self.parts[0] if self.parts else None
        if self.ongoing or (part and not self.days):
            return TaskDeadline(None, part)
        if self.days:
            return TaskDeadline(self.days[0], part)
        raise _start(self.text) if self.starts else _refuse(self.text)


def _says_more_of_it(clause: str) -> bool:
    """Tell whether a clause goes on about what is done, and says nothing of when."""
    said = (pattern.search(clause) for pattern in (_ONGOING, _START))
    return MORE_DONE.fullmatch(clause) is not None and not any(said)


def _find_last_day(clause: str, text: str, years: Years) -> tuple[date, bool, bool]:
    """Find the last day that a clause names; whether something is finished by then, and whether it is an end.

    Raises:
        DeadlineError: it names none, or what could be two days.
    """
    bare = _strip(clause, _BEFORE)
    done = DONE.search(bare)
    if done and done.end() == len(bare):
        bare = bare[: done.start()]
    else:
        done = None
    closed = _CLOSED.search(bare)
    if closed and closed.end() == len(bare):
        bare = bare[: closed.start()]
    else:
        closed = None
    span = find_span(bare, years) or _find_end_of_range(bare, years)
    if span is None:
        raise _refuse(text)
    if closed and not span.is_end:
        raise _two_readings(text, span)
    return span.last, done is not None, span.is_end


def _find_end_of_range(text: str, years: Years) -> Span | None:
    """Find the end of a range such as ``2018—2020年``, ``3月1日至15日``; its beginning may name the year."""
    for between in _RANGE.finditer(text):
        left, right = _SINCE.sub("", text[: between.start()]).strip(), text[between.end() :].strip()
        if _NOW.fullmatch(left) and (ends := find_span(right, years)):
            return ends._replace(is_end=True)
        left = left.removesuffix("起") if find_span(left.removesuffix("起"), years) else left
        begins = _find_beginning(left, right, years)
        if begins is None:
            continue
        within = years._replace(table=begins.year or years.table)
        month = re.search(r"(?:\d{4}年)?\d{1,2}月", left)
        ends = find_span(right, within)
        if ends is None and month and re.fullmatch(r"\d{1,2}[日号]", right):
            ends = find_span(month[0] + right, years)
        if ends is None and begins.year and _POINTED_DAY.fullmatch(right):
            ends = find_span(f"{begins.year}.{right}", years)
        if ends and ends.last > begins.first:
            return ends._replace(is_end=True)
    return None


def _find_beginning(left: str, right: str, years: Years) -> Span | None:
    """Find where a range begins; ``3—6月``, ``一至三季度`` say at its end only what is counted."""
    if found := find_span(left, years):
        return found
    unit = next((unit for unit in ("月", "季度", "日") if unit in right.replace("号", "日")), "")
    if left.endswith(tuple("0123456789一二三")) and unit:
        return find_span(left + unit, years) or (find_span(left + "日", years) if "月" in left else None)
    return None


def _strip(text: str, words: re.Pattern[str]) -> str:
    match = words.match(text)
    return text[match.end() :] if match else text


def _refuse(text: str) -> DeadlineError:
    return DeadlineError(
        _("a deadline such as 2022-11-30, 2022年11月 or 2022年底 is expected, not “{text}”", text=text)
    )


def _start(text: str) -> DeadlineError:
    return DeadlineError(_("“{text}” says when something starts; write the last day for it", text=text))


def _several(text: str) -> DeadlineError:
    return DeadlineError(_("“{text}” says several things; write one, and others as stages", text=text))


def _two_readings(text: str, span: Span) -> DeadlineError:
    return DeadlineError(
        _(
            "“{text}” can mean {before} or {last}; write the day itself",
            text=text,
            before=day_before(span.first).isoformat(),
            last=span.last.isoformat(),
        )
    )
