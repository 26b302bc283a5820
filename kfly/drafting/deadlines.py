"""The deadlines of a document, by the grammar of plan files: the words that go into one, and doubts."""

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from kfly.locale import _
from kfly.plan.deadlines.reading import DeadlineError, read_deadline, read_task_deadline
from kfly.plan.deadlines.spans import Years
from kfly.plan.signs import normalise

_BLANKS = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")
# What stands around a day without changing it. A 前 stays: 2027年前 can mean two days.
_AROUND = re.compile(
    r"(?:于|在|到|至|确保|务必|须|需)?(.+?)(?:全面|基本|全部)?(?:完成|办结|落实到位|到位|结束|建成)?[。；;，,]?"
)
_CLAUSES = re.compile(r"[,，;；。、]")
_LEAST_STAGES = 2
_END_OF_DAY = re.compile(r"(?:[之以]?前|[日号底末](?![之以]?前)|[月季度年](?=[^\d初上中下底末前之以度]))")
_ANY_WORDS = re.compile(r"(.+?[之以]?前)((?!后|期|述)[一-鿿]{2,})")
_LATIN = re.compile(r"[A-Za-z]")


class Stage(NamedTuple):
    """A part of a task with a day of its own, as the words of a deadline may name several."""

    title: str
    due: str


class When(NamedTuple):
    """When a task is due, as a plan file says it.

    Attributes:
        due: the words that a plan file takes as its deadline; empty where there are none.
        ongoing: it has no end.
        report_every: the period in which it is reported.
        doubt: why the words are no deadline.
        stages: what words that name several days may mean, in place of a deadline.
    """

    due: str = ""
    ongoing: bool = False
    report_every: str = ""
    doubt: str = ""
    stages: tuple[Stage, ...] = ()


def read_when(words: str, years: Years) -> When:
    """Read a deadline in the words of a document.

    Words that a plan file takes stay as they are, but for blanks and what stands around the day: 于, 完成.
    """
    lines = [" ".join(line.split()) for line in words.split("\n") if line.strip()]
    if not lines:
        return When(doubt=_("no deadline is given"))
    try:
        return _read(" ".join(lines), years)
    except DeadlineError as error:
        return _read_lines(lines, error, years)


def _read_lines(lines: Sequence[str], why: DeadlineError, years: Years) -> When:
    """Read words whose lines, or clauses, may say several things: a start and an end, or stages."""
    together = "，".join(lines)
    if len(lines) > 1:
        try:
            return _read(together, years)
        except DeadlineError as error:
            why = error
    return When(doubt=str(why), stages=_find_stages(together, years))


def _read(words: str, years: Years) -> When:
    """Read words of one line.

    Raises:
        DeadlineError: they are none that a plan file takes.
    """
    found = read_task_deadline(words, years)
    every = found.report_every or ""
    if found.due is None:
        return When(ongoing=True, report_every=every)
    plain = _BLANKS.sub("", normalise(words))
    return When(due=_shorten(plain, found.due, years), report_every=every)


def _shorten(words: str, day: date, years: Years) -> str:
    """Return words without what stands around the day that they mean, where they still mean it."""
    bare = _AROUND.fullmatch(words)
    if bare and bare[1] != words and _read_day(bare[1], years) == day:
        return bare[1]
    return words


def _read_day(words: str, years: Years) -> date | None:
    """Return the day that words mean; None where they mean none alone."""
    try:
        return read_deadline(words, years)
    except DeadlineError:
        return None


def _find_stages(words: str, years: Years) -> tuple[Stage, ...]:
    """Find the stages that words with several days may mean: 6月底前出台方案，12月底前完成.

    Empty where a part of the words names no day, or the days do not follow each other.
    """
    clauses = [clause for clause in map(str.strip, _CLAUSES.split(words)) if clause]
    found = [_part_stage(_BLANKS.sub("", normalise(clause)), years) for clause in clauses]
    stages = [stage for stage in found if stage is not None]
    days = [_read_day(stage.due, years) for stage in stages]
    rising = all(before and after and before < after for before, after in pairwise(days))
    return tuple(stages) if len(stages) == len(clauses) >= _LEAST_STAGES and rising else ()


def _part_stage(clause: str, years: Years) -> Stage | None:
    """Part a clause into its day and what is done by then, in the words that make the longest deadline.

    Behind 前 any words may say what: they are no deadline of a plan file, but here they are the title.
    """
    day = _read_day(clause, years)
    if day is None:
        apart = _ANY_WORDS.fullmatch(clause)
        known = apart is not None and _read_day(apart[1], years) is not None
        return Stage(apart[2], apart[1]) if apart and known else None
    if _LATIN.search(clause):
        return Stage(clause, clause)
    ends = [match.end() for match in _END_OF_DAY.finditer(clause)]
    due = next((clause[:end] for end in ends if _read_day(clause[:end], years) == day), clause)
    return Stage(clause[len(due) :] or clause, due)
