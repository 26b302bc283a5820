"""The usual names of a row that sums up others: 合计, 全镇平均, 汇总, 其中：…, 共12栋, Sub-total."""

import re

# Where one ends so, it is a total whatever stands before it, if that is short: 华士镇合计, 本页小计.
SUMS = ("合计", "小计", "总计", "合計", "小計", "總計")
LONGEST_PREFIX = 5
# Behind a blank these too, as in the rows that Excel puts between groups: 国有 汇总.
FIGURES = (
    *("汇总", "平均", "平均值", "平均数", "均值", "求和", "计数", "数值计数", "最大值", "最小值", "中位数"),
    *("标准差", "标准偏差", "方差", "加权平均", "算术平均", "匯總", "彙總"),
)
# These only alone, or behind what they are the total of: 全镇总面积.
WHOLES = (
    *(
        "共计",
        "累计",
        "总和",
        "总数",
        "总量",
        "总额",
        "总值",
        "总共",
        "合共",
        "一共",
        "合计数",
        "总计数",
        "总合计",
    ),
    *(f"总{what}" for what in ("面积", "建筑面积", "闲置面积", "用地面积", "占地面积", "改造面积", "金额")),
    *(
        f"总{what}"
        for what in ("支出", "投资", "汇总", "栋数", "幢数", "户数", "人数", "件数", "个数", "家数", "项数")
    ),
    *(
        f"平均{what}"
        for what in ("面积", "单价", "租金", "水平", "每栋", "每幢", "每家", "每户", "每人", "每镇")
    ),
    *("共計", "累計", "總和", "總數", "總額", "總面積"),
)
CARRIED = ("承前页", "过次页", "转次页", "转下页", "接上页")  # in the books: from and to another page
ENGLISH = (
    *("total", "overall", "average", "mean", "median", "sum", "subsum", "count", "overallaverage"),
    *(f"{what}total" for what in ("grand", "sub", "page", "town", "overall", "running", "section", "group")),
    *(f"{what}total" for what in ("yearly", "annual", "monthly", "quarterly", "cumulative")),
)
NAMES = frozenset((*SUMS, *FIGURES, *WHOLES, *CARRIED, *ENGLISH, "其中"))

_PLACES = (
    *(
        "镇",
        "街道",
        "镇街",
        "街镇",
        "镇街园区",
        "园区",
        "开发区",
        "高新区",
        "乡",
        "村",
        "社区",
        "市",
        "区",
        "县",
    ),
    *("省", "国", "域"),
)
_TIMES = ("年", "年度", "月", "月度", "季度", "期", "批", "上半年", "下半年")
SCOPES = frozenset(
    (
        *(f"{which}{place}" for which in ("全", "各", "本", "按", "") for place in _PLACES),
        *(f"{which}{time}" for which in ("全", "各", "本", "当", "") for time in _TIMES),
        *(
            f"{which}{part}"
            for which in ("本", "上", "下", "分", "各", "")
            for part in ("页", "表", "类", "项")
        ),
        *(
            "全部",
            "全集团",
            "全公司",
            "全局",
            "数据",
            "项目",
            "楼宇",
            "面积",
            "金额",
            "总体",
            "整体",
            "分类",
            "截至目前",
        ),
    )
)
# Alone, the whole of something is a total too: 全镇.
ALONE = frozenset(
    scope for scope in SCOPES if scope.startswith("全") and scope not in ("全期", "全批", "全域")
)
_NAMED_PLACE = re.compile(r".{1,6}(?:镇|街道|园区|开发区|高新区|乡|村)")

_NUMBER = r"[\d零〇一二三四五六七八九十百千万两][\d,.百千万亿十一二三四五六七八九零两]*"
_MEASURE = r"(?:平方米|平米|㎡|m²|m2|亩|公顷|[万亿]?元|[栋幢个家人名项处座套间户条笔宗批层件份所块镇])"
_COUNTS = rf"{_NUMBER}{_MEASURE}(?:[,，、;；].{{0,5}}?{_NUMBER}{_MEASURE})*[.。]?"
_ALTOGETHER = re.compile(rf"(?P<scope>.*?)[总合一]?共[有计]?(?:{_COUNTS}|\d+)")  # 共12栋
# What may follow a name: 合计（15栋）：, 合计12, 合计：12栋，5.2万平方米.
_REMARK = re.compile(rf"(?:[(（].*[)）])?[:：]?(?:\d[\d,.]*\D{{0,3}}|{_COUNTS})?", re.DOTALL)
_FIRST_OF_REMARK = re.compile(r"[(（:：\d]")


def is_name_of_total(text: str) -> bool:
    """Tell whether a text is a usual name of a total, and not one that merely begins like one: 汇总大厦."""
    words = text.casefold().split()
    solid = "".join(words)
    if solid.startswith("其中"):
        return len(solid) == len("其中") or solid[2] in ":：" or solid[2].isdigit()
    if match := _ALTOGETHER.fullmatch(solid):
        return not match["scope"] or _is_scope(match["scope"])
    begin = _FIRST_OF_REMARK.search(solid)
    if begin and not _REMARK.fullmatch(solid, begin.start()):
        return False
    name = (solid[: begin.start()] if begin else solid).replace("-", "")
    return _is_plain_name(name) or (len(words) > 1 and words[-1] in FIGURES)


def _is_plain_name(name: str) -> bool:
    if name in NAMES or name in ALONE or name.removesuffix("s") in ENGLISH:
        return True
    if name.endswith(SUMS):
        return len(name) <= LONGEST_PREFIX + 2 or _is_scope(name[:-2])
    ends = [end for end in (*FIGURES, *WHOLES) if name.endswith(end)]
    return any(_is_scope(name.removesuffix(end)) for end in ends)


def _is_scope(text: str) -> bool:
    """Tell whether a text says of what something is the total: 全镇, 本页, 华士镇, 全镇楼宇."""
    return text in SCOPES or text.removesuffix("楼宇") in SCOPES or bool(_NAMED_PLACE.fullmatch(text))
