"""Roles that stand in brackets behind a name: 市科技局（牵头）, 市财政局（会同市科技局）."""

import re
from typing import NamedTuple

from kfly.drafting.headings import LEAD, RESPONSIBLE, SUPPORT
from kfly.drafting.organisations import WITH, part_clauses

_BEHIND = re.compile(r"(?P<name>.+?)\s*[（(〔【\[](?P<aside>[^（(〔【\[）)〕】\]]+)[）)〕】\]]")
_BODY = "(?:单位|部门|方)?"
_ROLES = (
    (re.compile(rf"(?:总?牵头|主办|主责|为主|第一责任){_BODY}|(?i:lead)"), LEAD),
    (re.compile(rf"(?:配合|协办|协助|协同|参与|参加|支持){_BODY}|(?i:support(?:ing)?)"), SUPPORT),
    (re.compile(rf"(?:责任|承办|落实|实施|负责){_BODY}"), RESPONSIBLE),
)
_HELPS = re.compile(
    rf"{WITH}(?P<who>.+)|(?:配合|协办|协助|参与|参加)(?:单位|部门)?[:：](?P<labelled>.+)"
    r"|(?P<helper>.+?)(?:共同|积极)?(?:配合|协助|协办|参与|参加)"
)


class Aside(NamedTuple):
    """What stands in brackets behind a name.

    Attributes:
        name: without them.
        role: that they give to the name; empty where they give none.
        helpers: a list of organisations that they name as its helpers.
    """

    name: str
    role: str = ""
    helpers: str = ""


def read_aside(text: str) -> Aside:
    """Part a name from the brackets behind it, where these say who leads or helps; else it stays as it is."""
    match = _BEHIND.fullmatch(text)
    if match is None:
        return Aside(text)
    role, helpers = "", []
    for clause in part_clauses(match["aside"]):
        own = next((role for words, role in _ROLES if words.fullmatch(clause)), "")
        help_ = _HELPS.fullmatch(clause)
        if own and not role:
            role = own
        elif help_:
            helpers.append(help_["who"] or help_["labelled"] or help_["helper"])
        else:
            return Aside(text)
    return Aside(match["name"], role, "、".join(helpers))
