"""How deadlines are written, made plain: narrow figures for wide ones and numerals, Chinese for English."""

import re
from unicodedata import normalize

from kfly.plan.deadlines.english import say_in_chinese

_FIGURES = {figure: str(n) for n, figure in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}
_YEAR_IN_WORDS = re.compile(rf"[{''.join(_FIGURES)}]{{4}}(?=年|[-~—–至到])")
_NUMBER_IN_WORDS = re.compile(
    r"(?<![一二三四五六七八九十])([一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])(?=月|日|号"
    r"|[-~—–至到][一二三四五六七八九十\d]{1,3}[月日号])"
)
_WEEKDAY = re.compile(r"\((?:星期|周|礼拜)[一二三四五六日天]\)")
_ENGLISH = re.compile(r"[a-z]{2}")
_CLOSE = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")
_LABEL = re.compile(r"^[一-鿿]{0,4}(?:时限|时间|期限|节点|日期):")
_WITHIN = re.compile(r"\((.*)\)")
_INCLUDED = re.compile(r"\(含[^()]{0,4}\)")  # 12月31日（含）前: the day itself counts, as ever
_OPTIONAL = re.compile(r"\(([底末前]{1,2})\)")  # 12月（底）前
# 12月31日24:00前, 6月30日下班前: still that day. What is due before 0:00 is due the day before, and is left.
_HOUR = re.compile(
    r"(?<=[日号])(?:(?:上午|下午|晚)?(?:1\d|2[0-4]|[1-9])(?::[0-5]\d|[时点](?:整|半|[0-5]?\d分)?)|下班|中午)(?=[之以]?前|止)"
)


def make_plain(text: str) -> str:
    """Return a wording in narrow figures, small letters and Chinese words, without what says nothing."""
    plain = normalize("NFKC", text).strip().rstrip("。.;").strip()
    if whole := _WITHIN.fullmatch(plain):
        plain = whole[1].strip()
    if plain.isascii() or not re.search(r"[一-鿿]", plain):
        plain = re.sub(r"\s+", " ", plain.casefold())
        if _ENGLISH.search(plain) or re.search(r"\b(?:[qh][1-4]|[12]h)", plain):
            plain = say_in_chinese(plain).strip(" ,")
    plain = _CLOSE.sub("", plain)
    plain = _LABEL.sub("", plain)
    plain = _YEAR_IN_WORDS.sub(lambda match: "".join(_FIGURES[figure] for figure in match[0]), plain)
    plain = _NUMBER_IN_WORDS.sub(lambda match: str(_count(match[1])), plain)
    for left_out in (_WEEKDAY, _INCLUDED, _HOUR):
        plain = left_out.sub("", plain)
    plain = _OPTIONAL.sub(r"\1", plain)
    return plain.replace("q", "Q").replace("h", "H")


def _count(words: str) -> int:
    """Return the number that ``三``, ``十``, ``十二``, ``二十`` or ``三十一`` says."""
    tens, ten, ones = words.rpartition("十")
    if not ten:
        return int(_FIGURES[words])
    return 10 * int(_FIGURES.get(tens, "1")) + int(_FIGURES.get(ones, "0"))
