"""The words by which sheets mark a row that is no record: a total, the example, a remark below the table.

No record can be named by one, or an export would not come back whole.
"""

import re


def _spaced(*words: str) -> str:
    """Return a pattern of these words, with blanks allowed inside: people write 合 计."""
    return "|".join(r"\s*".join(map(re.escape, word)) for word in words)


_TOTAL = re.compile(
    rf"\s*(?:\S{{0,5}}?(?:{_spaced('合计', '小计', '总计')})|{_spaced('共计', '累计', '总和')}"
    r"|grand\s*total|sub-?total|total|sum)\s*(?:[(（].*[)）])?\s*[:：]?\s*(?:\d[\d,.]*\s*\S{0,3})?\s*",
    re.IGNORECASE | re.DOTALL,
)
_EXAMPLE = re.compile(r"\s*[(（\[【〔]?\s*(?:示\s*例|样\s*例|example)\s*[)）\]】〕:：]", re.IGNORECASE)
_REMARK = re.compile(
    r"\s*(?:备?\s*注|说\s*明|填表说明|(?:填报|填表|制表|审核|经办|联系|(?:主要|单位)?负责)人|(?:填报|填表)单位|分管领导"
    r"|联系电话|(?:填报|填表|制表)?(?:日期|时间)|制表|审核|(?:单位)?盖章|\S{0,6}签[字名章]|notes?"
    r"|prepared by|checked by)"
    r"\s*(?:[(（][^)）]*[)）])?\s*[:：]",
    re.IGNORECASE,
)
# Every such word has one of these somewhere: one look rules out nearly every name.
_MAY_BE = re.compile(r"[计和:：)）\]】〕]|total|sum", re.IGNORECASE)
_CONTINUED = re.compile(r"\s*[(（]?[\d一二三四五六七八九十]{1,2}\s*[.．、)）]")
_ORDINAL = re.compile(r"\s*(?:序\s*号?|顺序号|行号|项次|no\.?|nr\.?|[#№])\s*", re.IGNORECASE)


def is_marked(text: str) -> bool:
    """Tell whether a text is any of what no record may be called."""
    return _MAY_BE.search(text) is not None and (is_total(text) or is_example(text) or is_remark(text))


def is_total(text: str) -> bool:
    """Tell whether a cell heads a total: 合计, 小 计, 总计：, 华士镇小计, 合计（15栋）."""
    return _TOTAL.fullmatch(text) is not None


def is_example(text: str) -> bool:
    """Tell whether a cell begins the example row of a template: 示例：…."""
    return _EXAMPLE.match(text) is not None


def is_remark(text: str) -> bool:
    """Tell whether a cell begins a line below the table: 注：…, 填表人：…."""
    return _REMARK.match(text) is not None


def is_continued(text: str) -> bool:
    """Tell whether a cell goes on with the notes below the table: 2. …."""
    return _CONTINUED.match(text) is not None


def is_ordinal(heading: str) -> bool:
    """Tell whether a column only numbers the rows: 序号."""
    return _ORDINAL.fullmatch(heading) is not None
