"""The words by which sheets mark a row that is no record: a total, the example, a remark below the table.

No record can be named by one, or an export would not come back whole.
"""

import re
from collections.abc import Sequence

_EXAMPLE = re.compile(r"\s*[(（\[【〔]?\s*(?:示\s*例|样\s*例|example)\s*[)）\]】〕:：]", re.IGNORECASE)
_REMARK = re.compile(
    r"\s*(?:备?\s*注|说\s*明|填表说明|(?:填报|填表|制表|审核|经办|联系|(?:主要|单位)?负责)人|(?:填报|填表)单位|分管领导"
    r"|联系电话|(?:填报|填表|制表)?(?:日期|时间)|制表|审核|(?:单位)?盖章|\S{0,6}签[字名章]|notes?"
    r"|prepared by|checked by)"
    r"\s*(?:[(（][^)）]*[)）])?\s*[:：]",
    re.IGNORECASE,
)
# Every such word has one of these somewhere: one look rules out nearly every name.
TELLING = frozenset("计計和总總汇均值数數差额額量页全其共面:：)）]】〕OoUuMmVv")
_CONTINUED = re.compile(r"\s*[(（]?[\d一二三四五六七八九十]{1,2}\s*[.．、)）]")
_ORDINAL = re.compile(r"\s*(?:序\s*号?|顺序号|行号|项次|no\.?|nr\.?|[#№])\s*", re.IGNORECASE)


def is_marked(text: str) -> bool:
    """Tell whether a text is any of what no record may be called."""
    return not TELLING.isdisjoint(text) and (is_total(text) or is_example(text) or is_remark(text))


def is_any_marked(names: Sequence[object]) -> bool:
    """Tell whether any of many texts is what no record may be called."""
    texts = [name for name in names if isinstance(name, str)]
    return not TELLING.isdisjoint("".join(texts)) and any(map(is_marked, texts))


def is_total(text: str) -> bool:
    """Tell whether a cell heads a total: 合计, 小 计, 汇总：, 全镇平均, 合计（15栋）, 其中：…."""
    if TELLING.isdisjoint(text):
        return False
    from kfly.registry.totals import is_name_of_total  # whose lists most names do not need

    return is_name_of_total(text)


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
