"""The seam to what plan files take for a deadline: which words go into one, and what is said of others."""

import re
from typing import NamedTuple

from kfly.locale import _
from kfly.plan.deadlines.reading import read_deadline
from kfly.plan.deadlines.spans import Years
from kfly.plan.signs import normalise

_BLANKS = re.compile(r"(?<=[\d年月日底前至到第])\s+|\s+(?=[\d年月日底前至到])")
# What stands around a day without changing it. A 前 stays: 2027年前 can mean two days.
_AROUND = re.compile(
    r"(?:于|在|到|至|确保|务必|须|需)?(.+?)(?:全面|基本|全部)?(?:完成|办结|落实到位|到位|结束|建成)?[。；;，,]?"
)
_LONGEST = 60  # characters of a deadline
_STARTS = re.compile(r"启动|开始|起$|开工|动工|起步")
_ONGOING = re.compile(
    r"(?:\d{4}年|全年|年内|贯穿全年|今年|[、，,并])*(?:长期|持续|常态化?|经常性?|日常|全年|不断|滚动|ongoing)"
    r"(?:坚持|推进|实施|开展|进行|落实|化|性|工作|抓好|跟进|深化|任务|[、，,并])*",
    re.IGNORECASE,
)
_REPORTED = (
    (re.compile(r"(?:在|于|按)?每半年"), "half"),
    (re.compile(r"(?:在|于|按)?每个?季度?"), "quarter"),
    (re.compile(r"(?:在|于|按)?每个?月"), "month"),
    (re.compile(r"(?:在|于|按)?每年"), "year"),
)


class When(NamedTuple):
    """When a task is due, as a plan file says it.

    Attributes:
        due: the words that a plan file takes as its deadline; empty where there are none.
        ongoing: it has no end.
        report_every: the period in which it is reported.
        doubt: why the words are no deadline.
    """

    due: str = ""
    ongoing: bool = False
    report_every: str = ""
    doubt: str = ""


def read_when(words: str, years: Years) -> When:
    """Read a deadline in the words of a document.

    Words that a plan file takes stay as they are, but for blanks and what stands around the day: 于, 完成.
    """
    plain = _BLANKS.sub("", normalise(" ".join(words.split())))
    if not plain:
        return When(doubt=_("no deadline is given"))
    if len(plain) > _LONGEST:
        return When(doubt=_("“{words}” is no deadline that a plan file takes", words=plain))
    bare = _AROUND.fullmatch(plain)
    for tried in dict.fromkeys((*(bare.groups() if bare else ()), plain)):
        if _is_deadline(tried, years):
            return When(due=tried)
    if _STARTS.search(plain):
        return When(doubt=_("“{words}” says when it starts, not by when it is done", words=words.strip()))
    every = next((period for pattern, period in _REPORTED if pattern.match(plain)), "")
    if every or _ONGOING.fullmatch(plain):
        return When(ongoing=True, report_every=every)
    return When(doubt=_("“{words}” is no deadline that a plan file takes", words=" ".join(words.split())))


def _is_deadline(words: str, years: Years) -> bool:
    try:
        read_deadline(words, years)
    except ValueError:
        return False
    return True
