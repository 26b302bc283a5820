"""English deadlines said in Chinese, so that one grammar reads both: ``end of June`` is ``6月底``."""

import re
from collections.abc import Callable

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENDINGS = "uary|ruary|ch|il|e|y|ust|t|tember|ober|ember"
_MONTH = rf"(?P<m>{'|'.join(_MONTHS)})(?:{_ENDINGS})?\.?"
_OF_YEAR = r"(?:(?:(?:,| of|) (?:the year )?|[-/])(?P<y>\d{4})(?!\d))?"
_ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "last": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
}
_ORDINAL = rf"(?:the )?(?P<n>{'|'.join(_ORDINALS)})"

Write = Callable[[re.Match[str]], str]


def _year(match: re.Match[str]) -> str:
    year = match.groupdict().get("y")
    return f"{year}年" if year else ""


def _day(match: re.Match[str]) -> str:
    return f"{_month(match)}{int(match['d'])}日"


def _month(match: re.Match[str]) -> str:
    return f"{_year(match)}{_MONTHS.index(match['m']) + 1}月"


def _quarter(match: re.Match[str]) -> str:
    return f"{_year(match)}第{_ORDINALS.get(match['n']) or match['n']}季度"


def _half(match: re.Match[str]) -> str:
    return f"{_year(match)}{'上下'[(_ORDINALS.get(match['n']) or int(match['n'])) - 1]}半年"


_BEGINS = "(?:start(?:s|ing)?|begin(?:s|ning)?|launch(?:ed)?|from|since)"
_CJK = r"(?P<x>\d{4}(?![\d年])|[\d年月日第季度上下半]*[年月日度])"
# In this order: what is found is said in Chinese, and what follows sees that.
_SAID: tuple[tuple[str, str | Write], ...] = (
    (r"\b([12])h ?(?=\d{4}\b|\W|$)", r"h\1 "),
    (r"\beoy\b", "year-end"),
    (r"\bon-going\b", "ongoing"),
    (r"\b(?:close of (?:business|play)|cob)(?: on)?\b", ""),
    (r"\b(?:throughout|all of|all through) (?P<y>\d{4})\b", lambda match: f"{match['y']}年全年"),
    (r"(?<=ly) (?:reports?|reporting|reviews?|updates?)\b", ""),
    (r"\bfy ?(?=\d{4}\b)", ""),
    (rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of |[ -]){_MONTH}\b{_OF_YEAR}", _day),
    (rf"\b{_MONTH} (?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?!\d){_OF_YEAR}", _day),
    (rf"\b{_MONTH}(?![a-z]){_OF_YEAR}", _month),
    (rf"\b{_ORDINAL} quarter(?: of (?:the|this) year)?{_OF_YEAR}", _quarter),
    (rf"\b{_ORDINAL} half(?: of (?:the|this) year)?{_OF_YEAR}", _half),
    (rf"\bq(?P<n>[1-4])\b{_OF_YEAR}", _quarter),
    (rf"\bh(?P<n>[12])\b{_OF_YEAR}", _half),
    (r"\b(?:the )?year[- ]end (?P<y>\d{4})\b", lambda match: f"{match['y']}年底"),
    (r"\b(?:the )?end[- ](?:of )?(?:the |this )?year\b|\b(?:the )?year(?:'s)?[- ]end\b", "年底"),
    (rf"\b(?:the )?end(?: of|-| )\s*(?:the )?{_CJK}", lambda match: f"{match['x']}底"),
    (r"\b(?:every|each) month\b|\bmonthly\b", "每月"),
    (r"\b(?:every|each) quarter\b|\bquarterly\b", "每季度"),
    (r"\b(?:every|each) half[- ]year\b|\bevery six months\b|\bhalf[- ]yearly\b|\bsemi-?annually\b", "每半年"),
    (r"\b(?:every|each) year\b|\byearly\b|\bannual(?:ly)?\b", "每年"),
    (r"\b(?:throughout|all|whole|all through) (?:the |this )?year\b|\b(?:the )?whole year\b", "全年"),
    (r"\b(?:rolling|year[- ]round)\b", "长期"),
    (r"\b(?:ongoing|continu(?:ous(?:ly)?|ing|ed)|permanent(?:ly)?|long[- ]term|open[- ]ended)\b", "长期"),
    (r"\b(?:with)?in (?:the|this) year\b|\bduring (?:the|this) year\b|\bthis year\b", "年内"),
    (r"\b(?:from|between) (.+?) (?:to|until|till|through|and) (.+)", r"\1至\2"),
    (r"(?<=[年月日度\d]) (?:to|until|till|through) (?=\d|第|上|下)", "至"),
    (
        rf"\b{_BEGINS}\b(?: (?:in|on|by|from|at))? ([^,;]+)",
        r"从\1起",
    ),
    (r"\b(?:to be )?(?:completed?|finish(?:ed)?|done|delivered|deadline|due)\b:?", ""),
    (r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b,?", ""),
    (r"\bon or before\b", ""),
    (r"\bbefore (?:the )?([^,;]+)", r"\1前"),
    (r",? (?:at the )?latest\b", ""),
    (r"(?<!长期 )\b(?:until|till)\b(?: the)?(?= |$)", ""),
    (r"\b(?:by|in|within|during|on|at|(?:no|not) later than)\b(?: the)?(?= |$)", ""),
)


def say_in_chinese(text: str) -> str:
    """Return what an English wording says in Chinese; what is not understood stays as it is.

    Args:
        text: in small letters.
    """
    for pattern, said in _SAID:
        text = re.sub(pattern, said, text, flags=re.ASCII)
    return text
