"""What the headings of a breakdown table are called, and which of a task's parts each of them means."""

import re
from collections.abc import Sequence

from kfly.plan.signs import normalise

NUMBER, TITLE, LEAD, RESPONSIBLE, SUPPORT = "number", "title", "lead", "responsible", "support"
DUE, LEADER, WEIGHT = "due", "leader", "weight"
PARTIES = (LEAD, RESPONSIBLE, SUPPORT)  # the roles of organisations

# Of several columns that could be the title, the earlier word wins.
_TITLES = (
    *("内容", "任务内容", "工作任务", "任务名称", "重点任务", "重点工作", "工作内容", "任务", "具体任务"),
    *(
        "主要任务",
        "工作事项",
        "重点工作任务",
        "重点工作内容",
        "目标任务",
        "年度任务",
        "年度工作任务",
        "年度重点任务",
    ),
    *("事项", "重点事项", "工作名称", "事项名称", "工作项目", "具体内容", "主要内容", "重点内容", "主要工作"),
    *(
        "具体工作",
        "具体举措",
        "工作举措",
        "主要举措",
        "重点举措",
        "工作措施",
        "主要措施",
        "具体措施",
        "整改措施",
    ),
    *(
        "任务分解",
        "任务清单",
        "改革任务",
        "工作要点",
        "工作要求",
        "任务要求",
        "项目名称",
        "项目",
        "task",
        "title",
    ),
    *("content", "work"),
)
_KNOWN = {
    **dict.fromkeys(("序号", "编号", "任务编号", "任务序号", "序", "号", "no", "no.", "#", "number"), NUMBER),
    **dict.fromkeys(_TITLES, TITLE),
    **dict.fromkeys(("牵头", "主办", "主责", "lead", "leadorganisation"), LEAD),
    **dict.fromkeys(("责任", "落实", "承办", "responsible"), RESPONSIBLE),
    **dict.fromkeys(("配合", "协办", "support", "supporting"), SUPPORT),
    **dict.fromkeys(("时间", "时限", "期限", "due", "deadline", "dueby"), DUE),
    **dict.fromkeys(("leader", "分管领导"), LEADER),
    **dict.fromkeys(("分值", "权重", "分数", "标准分", "考核分值", "基准分", "weight", "points"), WEIGHT),
}
_BODY = r"(?:单位|部门|科室|处室|机构|主体|科\(室\)|处\(室\)|镇街|乡镇|方)"
_LEADING, _OWNING = (
    r"(?:牵头|主办|主责|主要责任|第一责任|首要责任|组织)",
    r"(?:责任|落实|承办|实施|完成|承担|负责|执行|主管)",
)
_HELPING = r"(?:配合|协办|协同|协助|参与|参加|支持|协作|联动)"
_BOTH = re.compile(rf"{_LEADING}{_BODY}?[、/及和与,()（]+(?:{_OWNING}|{_HELPING}){_BODY}?\)?")
_PATTERNS = (
    (re.compile(r".*(?:开始|启动|起始|开工).*"), ""),
    (re.compile(r".*领导(?:姓名)?"), LEADER),
    (_BOTH, RESPONSIBLE),
    (re.compile(rf".*{_HELPING}(?:责任|实施)?{_BODY}+"), SUPPORT),
    (re.compile(rf".*{_LEADING}(?:责任)?{_BODY}+"), LEAD),
    (re.compile(rf"(?:.*{_OWNING})?{_BODY}+|.*{_OWNING}{_BODY}+"), RESPONSIBLE),
    (
        re.compile(
            r"(?:.*(?:完成|时间|截止|办结|推进|整改|落实|达成|计划|工作))?(?:时限|时间节点|期限|节点|时间要求|时限要求|完成时间|截止时间|截止日期|完成日期|时间安排|时间进度|进度安排|进度要求|时间进度要求|时间)"
        ),
        DUE,
    ),
    (re.compile(r".*(?:分值|权重)"), WEIGHT),
    (re.compile(r".*(?:任务|事项|举措|措施|工作内容|任务内容|工作要点)"), TITLE),
)
_ASIDE = re.compile(r"\([^()]*\)")
_NOISE = re.compile(r"[\s:：*＊]+")
_LONGEST = 20  # signs of a heading

# 列第一位的责任单位为牵头单位, in the cover note, a heading or below the table.
FIRST_LEADS = re.compile(
    r"[^。；;\n]{0,12}(?:第一位|首位|第一个|排名?第一|列第一)[^。；;\n]{0,12}(?:牵头|汇总)[^。；;\n]{0,12}"
)
_LEAST_KNOWN = 2


def fold_heading(text: str) -> str:
    """Return a heading as it is compared: narrow, without blanks, colons and what stands in brackets."""
    plain = _NOISE.sub("", normalise(text)).lower()
    return _ASIDE.sub("", plain) or plain


def find_role(text: str) -> str:
    """Find which part of a task a heading means; the empty text where it is none that is known."""
    whole = _NOISE.sub("", normalise(text)).lower()
    plain = fold_heading(text)
    if not plain or len(plain) > _LONGEST or plain.isdigit():
        return ""
    if plain in _KNOWN:
        return _KNOWN[plain]
    if _BOTH.fullmatch(whole):
        return RESPONSIBLE
    return next((role for pattern, role in _PATTERNS if pattern.fullmatch(plain)), "")


def rank_title(text: str) -> int:
    """Return how likely a heading is that of the title: the least is the likeliest."""
    plain = fold_heading(text)
    return _TITLES.index(plain) if plain in _TITLES else len(_TITLES)


def is_heading_row(texts: Sequence[str]) -> bool:
    """Tell whether texts are the headings of a breakdown table: what is to be done, and by whom or when.

    One text alone is asked about whether it can be a heading at all.
    """
    roles = [find_role(text) for text in texts]
    if len(texts) == 1:
        return bool(roles[0])
    return (
        TITLE in roles
        and len(set(roles) - {""}) >= _LEAST_KNOWN
        and bool({*PARTIES, DUE}.intersection(roles))
    )
