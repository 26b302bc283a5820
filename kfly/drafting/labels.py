"""Labels of parties without a colon behind them, and roles that nothing parts from the names behind."""

import re

from kfly.drafting.headings import PARTIES, find_role

_ROLE = "总?牵头|主办|主责|第一责任|责任|配合|协办|承办|落实|实施"
# 牵头单位（市科技局），责任单位（市财政局）: a bracket in place of a colon.
_BRACKETED = re.compile(
    r"(?:^|(?<=[，,；;。\s、]))([\u4e00-\u9fff]{2,8}(?:单位|部门))[（(]([^（()）]{3,})[）)](?!\s*[:：])"
)
# 牵头单位为市科技局，配合单位为市财政局: a verb in place of it.
_BEING = re.compile(rf"(?:^|(?<=[，,；;。\s、]))((?:{_ROLE})(?:单位|部门))[为是](?=[\u4e00-\u9fff])")
# 牵头单位 市科技局 配合单位 市财政局: a blank or a dash, where the text begins with one.
_SPACED_OFF = re.compile(
    rf"(?:^|(?<=[，,；;。\s、]))((?:{_ROLE})(?:单位|部门))"
    r"(?:[ \t\u3000]+|[ \t\u3000]*[—－-]{1,2}[ \t\u3000]*)(?=[\u4e00-\u9fff])"
)
_NAMED = re.compile(rf"(.+?)(?:均|都|作)?[为是]((?:{_ROLE})(?:单位|部门))")
# 牵 头 单 位：市科技局, spaced out to be as wide as others.
_SPACED = re.compile(
    r"(?:(?:牵头|责任|配合|主办|协办|承办)\s+(?:单位|部门)"
    r"|(?<![\u4e00-\u9fff])[\u4e00-\u9fff](?:[ \t\u3000]+[\u4e00-\u9fff]){2,7})(?=\s*[:：])"
)
# 市科技局牵头 市财政局配合, 市科技局（牵头）市财政局
_BEHIND = r"(?![及和与、，]|以及|会同|单位|部门)(?=[\u4e00-\u9fff])"
_ROLE_ENDS = re.compile(
    rf"(?<=[\u4e00-\u9fff])(牵头|负责|配合|主办|协办)[ \t\u3000]+{_BEHIND}"
    rf"|([（(〔](?:牵头|主办|配合|协办|责任)(?:单位|部门)?[）)〕])\s*{_BEHIND}"
)


def close_up_labels(text: str) -> str:
    """Take the blanks out of labels that are spaced out: 牵 头 单 位：."""
    return _SPACED.sub(lambda match: "".join(match[0].split()), text)


def set_apart(text: str) -> str:
    """Write a colon for a bracket or a verb behind a label, and part names from the roles before them."""
    if _SPACED_OFF.match(text):
        text = _SPACED_OFF.sub(_write_colon, text)
    return _ROLE_ENDS.sub(_end_role, _BEING.sub(_write_colon, _BRACKETED.sub(_write_colon, text)))


def read_being(clause: str) -> tuple[str, str]:
    """Return the role and the name that 市科技局为牵头单位 gives; empty texts for another clause."""
    match = _NAMED.fullmatch(clause)
    return (find_role(match[2]), match[1]) if match else ("", "")


def _write_colon(match: re.Match[str]) -> str:
    """Write a colon for the bracket or the verb behind a label; that behind other words stays."""
    inside = match[2] if match.re is _BRACKETED else ""
    return f"{match[1]}：{inside}" if find_role(match[1]) in PARTIES else match[0]


def _end_role(match: re.Match[str]) -> str:
    """Part what follows a word of role: as a clause, or behind a role in brackets as a name."""
    return f"{match[1]}，" if match[1] else f"{match[2]}、"
