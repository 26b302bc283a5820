"""A total is told by its usual names; what merely begins like one is the name of a record."""

import pytest

from kfly.registry.markers import is_marked, is_total

TOTALS = [
    *(
        "合计",
        "小计",
        "总计：",
        "合 计",
        "合\n计",
        "合计（15栋）",
        "合计：12栋，5.2万平方米",
        "本页小计",
        "合計",
    ),
    *(
        "汇总",
        "汇 总",
        "全镇汇总",
        "华士镇汇总",
        "华士镇 汇总",
        "国有 平均值",
        "平均",
        "平均值",
        "均值",
        "平均每栋",
    ),
    *(
        "全镇",
        "全 镇",
        "全镇合计",
        "全镇楼宇合计",
        "全镇总面积",
        "全镇共12栋",
        "全市",
        "全街道",
        "全镇街",
        "各镇合计",
    ),
    *(
        "总数",
        "总量",
        "总额",
        "总面积",
        "总建筑面积",
        "累计",
        "总和",
        "共12栋",
        "共 12 栋",
        "共计12栋",
        "共十二栋",
    ),
    *("总共12栋", "其中", "其中：", "其中：5万平方米以上", "其中5万平方米以上3栋", "承前页"),
    *("Total", "Totals", "total 12", "Sub-total", "Subtotals", "Sub Total", "Grand Total:", "Overall"),
    *("Average", "AVERAGE:", "Mean", "Median", "Sum"),
]
NAMES = [
    *(
        "全镇招商大会",
        "全市招商引资大会",
        "全市重点楼宇",
        "全国总部基地",
        "全镇大厦",
        "全部科技",
        "全民健身中心",
    ),
    *(
        "平均地权条例",
        "平均面积大厦",
        "汇总大厦",
        "惠企政策汇总",
        "总部大楼",
        "总工会大楼",
        "总量大厦",
        "总额科技",
    ),
    *(
        "合计划科技",
        "合计楼",
        "总计划",
        "累计科技",
        "总和国际大厦",
        "均值科技",
        "和平总部",
        "共和大厦",
        "共青团大楼",
    ),
    *("共12号科技", "共享3号楼", "Totality", "Total Energies", "Meanwhile", "Average Joe", "Overalls Ltd"),
    *("Summit Tower", "Countess", "2022年一季度改造补助合计", "霞客湾科创载体改造工程款总计", "镇", "园区"),
]


@pytest.mark.parametrize("text", TOTALS)
def test_a_total_is_told_by_its_name(text: str) -> None:
    assert is_total(text)
    assert is_marked(text)  # no record may be called so


@pytest.mark.parametrize("text", NAMES)
def test_what_begins_or_ends_like_a_total_is_a_name(text: str) -> None:
    assert not is_total(text)
    assert not is_marked(text)
