"""How deadlines are written, made plain: narrow figures for wide ones and numerals, Chinese for English."""

import re
from unicodedata import normalize

from kfly.plan.deadlines.english import say_in_chinese

_FIGURES = {figure: str(n) for n, figure in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "○": "0",
    "0": "0",
}
_YEAR_IN_WORDS = re.compile(rf"[{''.join(_FIGURES)}]{{4}}(?=年|[-~—–至到])")
_NUMBER_IN_WORDS = re.compile(
    r"(?<![一二三四五六七八九十])([一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])(?=月|日|号"
    r"|[-~—–至到][一二三四五六七八九十\d]{1,3}[月日号])"
)
_WEEKDAY = re.compile(r"\((?:星期|周|礼拜)[一二三四五六日天]\)")
_ENGLISH = re.compile(r"[a-z]{2}")
_CLOSE = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")
_LABEL = re.compile(r"^[一-鿿]{0,4}(?:时限|时间|期限|节点|日期)(?:要求)?(?::|为|(?=\d))")
_WITHIN = re.compile(r"(?:(?:全面|基本|全部)?(?:完成|办结))?[(【〔\[]([^()【】〔〕\[\]]*)[)】〕\]]")
_POINTED_MONTH = re.compile(r"(?<=\d{4})\.(?=(?:0?[1-9]|1[0-2])(?:月|[底末]))")  # 2023.6底, 2023.6月底
_POINTED_DAY = re.compile(r"(\d{4}([./-])\d{1,2}\2\d{1,2})[日号]")  # 2023.12.31日前
_MONTHS_ALONE = re.compile(r"(?<=\d{4}年)(0?[1-9]|1[0-2])([底末])")
_NEXT_TO = re.compile(
    r"(?<![\d月])(1?\d|[一二三])、(1?\d|[二三四])(?=(?:月份?|季度)(?![\d底末前]))"
)  # 三、四季度
_TURNED = re.compile(r"(?<![\d./])(\d{1,2})[./](\d{1,2})[./](\d{4})(?![\d./])", re.ASCII)
_MONTHS = 12
_BEHIND = re.compile(r"([^()]{2,})\(([^()]{2,})\)")  # 年底前完成（每月报送进展）: two clauses
_INCLUDED = re.compile(r"\(含[^()]{0,4}\)")  # 12月31日（含）前: the day itself counts, as ever
_OPTIONAL = re.compile(r"\(([底末前]{1,2})\)")  # 12月（底）前
# 12月31日24:00前, 6月30日下班前: still that day. What is due before 0:00 is due the day before, and is left.
_HOUR = re.compile(
    r"(?<=[日号])(?:(?:上午|下午|晚|中午)?(?:1\d|2[0-4]|[1-9])(?::[0-5]\d|[时点](?:整|半|[0-5]?\d分)?)|下班|中午)(?=[之以]?前|止|$)"
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
    plain = _TURNED.sub(_turn, _NEXT_TO.sub(_write_range, _LABEL.sub("", plain)))
    plain = _POINTED_MONTH.sub("年", plain)
    plain = _POINTED_DAY.sub(r"\1", plain)
    plain = _MONTHS_ALONE.sub(lambda match: f"{match[1]}月{match[2]}", plain)
    plain = _YEAR_IN_WORDS.sub(lambda match: "".join(_FIGURES[figure] for figure in match[0]), plain)
    plain = _NUMBER_IN_WORDS.sub(lambda match: str(_count(match[1])), plain)
    for left_out in (_WEEKDAY, _INCLUDED, _HOUR):
        plain = left_out.sub("", plain)
    plain = _OPTIONAL.sub(r"\1", plain)
    if (behind := _BEHIND.fullmatch(plain)) and "每" not in behind[1]:
        plain = f"{behind[1]},{behind[2]}"
    return plain.replace("q", "Q").replace("h", "H")


def _write_range(match: re.Match[str]) -> str:
    """Write 三、四季度 as the range that it is; 6、12月, which do not follow each other, stay."""
    first, last = (int(_FIGURES.get(words, words)) for words in match.groups())
    return f"{match[1]}-{match[2]}" if last == first + 1 else match[0]


def _turn(match: re.Match[str]) -> str:
    """Write 31/12/2023 with its year first; 05/06/2023, which can be two days, stays as it is."""
    one, other = int(match[1]), int(match[2])
    if one > _MONTHS or one == other:
        return f"{match[3]}-{other}-{one}"
    return f"{match[3]}-{one}-{other}" if other > _MONTHS else match[0]


def _count(words: str) -> int:
    """Return the number that ``三``, ``十``, ``十二``, ``二十`` or ``三十一`` says."""
    tens, ten, ones = words.rpartition("十")
    if not ten:
        return int(_FIGURES[words])
    return 10 * int(_FIGURES.get(tens, "1")) + int(_FIGURES.get(ones, "0"))
