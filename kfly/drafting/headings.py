"""What the headings of a breakdown table are called, and which of a task's parts each of them means."""

import re
from collections.abc import Sequence

from kfly.drafting.english_headings import make_patterns
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
    **dict.fromkeys(
        (
            *(
                "序号",
                "编号",
                "任务编号",
                "任务序号",
                "序",
                "号",
                "项次",
                "项号",
                "任务号",
                "台账编号",
                "序列",
            ),
            *(
                "no",
                "no.",
                "#",
                "number",
                "ref",
                "ref.",
                "reference",
                "refno",
                "actionref",
                "taskref",
                "actionno",
                "taskno",
                "refno.",
                "s/n",
                "sn",
                "id",
                "item",
            ),
        ),
        NUMBER,
    ),
    **dict.fromkeys(_TITLES, TITLE),
    **dict.fromkeys(("牵头", "主办", "主责"), LEAD),
    **dict.fromkeys(
        ("责任", "落实", "承办", "责任分工", "职责分工", "任务分工", "工作分工", "分工"), RESPONSIBLE
    ),
    **dict.fromkeys(("配合", "协办", "会办", "协同", "协助"), SUPPORT),
    **dict.fromkeys(("时间", "时限", "期限"), DUE),
    **dict.fromkeys(("leader", "分管领导"), LEADER),
    **dict.fromkeys(("赋分", "计分", "分数", "标准分", "基准分", "weight", "weighting", "points"), WEIGHT),
}
_BODY = r"(?:单位|部门|科室|处室|股室|机构|主体|委办局|科\(室\)|处\(室\)|镇街|乡镇|镇|方)"
_PERSON = r"(?:[及和与、/](?:责任|负责)人)?"  # 责任单位及责任人
_LEADING, _OWNING = (
    r"(?:牵头|主办|主责|首责|主要责任|第一责任|首要责任|组织)",
    r"(?:责任|落实|承办|承接|实施|完成|承担|负责|执行|主管|(?<!督)办理|属地)",
)
_HELPING = r"(?:配合|协办|协同|协助|参与|参加|支持|协作|联动|会办|联办|会同)"
_BOTH = re.compile(rf"{_LEADING}{_BODY}?[、/及和与,()（]+(?:{_OWNING}|{_HELPING}){_BODY}?\)?")
# They mean the task only where no other heading does: 问题 of 存在问题、整改措施 does not.
_WEAK_TITLE = re.compile(
    r"(?!.*(?:单位|部门|人员|文件)名称).{0,6}(?:内容|问题|名称|标准|目标|要点|指标|清单|要求|描述|案由|项目)"
)
_BARE = frozenset(("单位", "部门", "科室", "处室"))  # 单位 may be what things are counted in
_PATTERNS = (
    (re.compile(r".*(?:开始|启动|起始|开工|实际|原定|填报|督办单位|督查单位|监督).*"), ""),
    (re.compile(r".*领导(?:姓名)?"), LEADER),
    (re.compile(r".*(?:分管|包联|包保|包案|挂联|联系)(?:副?[省市县区旗镇乡]长|书记|主任)"), LEADER),
    (_BOTH, RESPONSIBLE),
    (re.compile(rf".*{_HELPING}(?:责任|实施)?{_BODY}+"), SUPPORT),
    (re.compile(rf".*{_LEADING}(?:责任|领导|负责)?{_BODY}+{_PERSON}"), LEAD),
    (re.compile(rf"(?:.*{_OWNING})?{_BODY}+|.*{_OWNING}{_BODY}+(?:或部门)?{_PERSON}"), RESPONSIBLE),
    (
        re.compile(r".{0,8}(?:时限|期限|时效|截止日期?|时间节点|时间表|起止时间|起止年限|起止日期)(?:要求)?"),
        DUE,
    ),
    (
        re.compile(
            r"(?:.*(?:完成|完工|竣工|建成|结束|截止|办结|推进|整改|落实|达成|计划|工作|实施|目标|要求|销号))?"
            r"(?:节点|时间要求|时间|日期|年限|时间安排|时间进度|进度安排|进度要求|时间进度要求)"
        ),
        DUE,
    ),
    (re.compile(r".*(?:分值|权重)"), WEIGHT),
    (re.compile(r".*(?:任务|事项|举措|措施|工作内容|任务内容|工作要点)"), TITLE),
    (_WEAK_TITLE, TITLE),
    *make_patterns(TITLE, LEAD, RESPONSIBLE, SUPPORT, DUE),
)
_ASIDE = re.compile(r"\([^()]*\)")
_NOISE = re.compile(r"[\s:：*＊]+")
_LONGEST, _LONGEST_LATIN = 20, 40  # signs of a heading

# 列第一位的责任单位为牵头单位, in the cover note, a heading or below the table.
FIRST_LEADS = re.compile(
    r"[^。；;（()）\n]{0,12}(?:(?:单位|部门|名单|排[名序列在]*|列)[^。；;（()）\n不非]{0,6}(?:第一|首位)"
    r"|(?:第一位?个?|首个|首位)(?:的?责任)?的?(?:单位|部门|科室))"
    r"[^。；;（()）\n不非]{0,12}(?:牵头|汇总)[^。；;（()）\n]{0,12}"
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
    longest = _LONGEST_LATIN if plain.isascii() else _LONGEST
    if not plain or len(plain) > longest or plain.isdigit():
        return ""
    if plain in _KNOWN:
        return _KNOWN[plain]
    if _BOTH.fullmatch(whole):
        return RESPONSIBLE
    return next((role for pattern, role in _PATTERNS if pattern.fullmatch(plain)), "")


def rank_title(text: str) -> int:
    """Return how likely a heading is that of the title: the least is the likeliest."""
    plain = fold_heading(text)
    if plain in _TITLES:
        return _TITLES.index(plain)
    return len(_TITLES) + (find_role(text) != TITLE or is_weak(text))


def is_weak(text: str) -> bool:
    """Tell whether a heading means what its role says only where no other heading does."""
    plain = fold_heading(text)
    return plain in _BARE or (plain not in _TITLES and _WEAK_TITLE.fullmatch(plain) is not None)


def is_heading_row(texts: Sequence[str]) -> bool:
    """Tell whether texts are the headings of a breakdown table: what is to be done, and by whom or when.

    One text alone is asked about whether it can be a heading at all. Where the heading of what is to be done
    is not sure, or not known, that of who does it must be: 指标, 单位, 目标值 are no tasks.
    """
    if len(texts) == 1:
        return bool(find_role(texts[0]))
    sure = {find_role(text) for text in texts if not is_weak(text)} - {""}
    roles = sure | {find_role(text) for text in texts} - {""}
    if TITLE in sure:
        return len(roles) >= _LEAST_KNOWN and bool({*PARTIES, DUE}.intersection(roles))
    if TITLE in roles:
        return bool(sure.intersection(PARTIES))
    unknown = [text for text in texts if text and not find_role(text)]
    return bool(unknown) and DUE in sure and bool(sure.intersection(PARTIES))
