"""Sheets as towns really send them, each with what is odd or wrong about it and what has to come of it.

``old.xls`` was made once, with xlwt, which is no dependency of the tests. Its sheet 楼宇摸排 has a title
merged over A1:F1; the heading 序号, 所属镇街, 楼宇名称, 建筑面积（㎡）, 联系电话, 摸排时间; 华士镇 merged
over B3:B4; the rows 1, 甲楼, 9.899999999999999, 13812345678 as a number, 2022-03-01 as a native date; and 2,
乙楼, 5.2万, 0510-86860001, 2022年3月2日 as text; and 合计 merged over A5:C5 before a SUM. Its sheet 坏公式
holds 丙楼, 华士镇, 100 and, under 权属单位 in D2, an error cell: ``row.set_cell_error(3, 42)``, #N/A.
"""

import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from tests.support.sheet_makers import Failed, Rich, Rows, Styled, Tab, bordered, generated, ods, text, xlsx

Build = Callable[[Path], Path]
Record = dict[str, Any]
Place = tuple[str | None, int | None, str | None, str | None, str | None]  # sheet, row, column, field, value

OLD = Path(__file__).with_name("old.xls")
HEAD = ["楼宇名称", "所属镇街", "建筑面积"]
TITLE = "江阴市闲置低效楼宇摸排情况表"


class Sound(NamedTuple):
    """A sheet that is to be taken in, and all that is to be in its records."""

    trait: str
    kind: str
    build: Build
    expected: list[Record]
    args: tuple[str, ...] = ()
    before: tuple[tuple[str, ...], ...] = ()  # commands that are run first
    said: str = ""  # on stderr


class Refused(NamedTuple):
    """A sheet that is to be refused, and all that is wrong in it."""

    trait: str
    kind: str
    build: Build
    errors: list[Place]
    says: tuple[str, ...] = ()  # words of the messages, one for each of the first errors
    args: tuple[str, ...] = ()
    before: tuple[tuple[str, ...], ...] = ()


def book(*tabs: Tab, name: str = "华士镇.xlsx") -> Build:
    """A workbook of these sheets."""
    return lambda folder: xlsx(folder / name, *tabs)


def one(rows: Rows, *merged: str, name: str = "华士镇.xlsx") -> Build:
    """A workbook of one sheet, called as Excel calls it."""
    return book(Tab("Sheet1", rows, merged), name=name)


def lines(content: str, name: str = "华士镇.csv", encoding: str = "utf-8") -> Build:
    """A sheet as text."""
    return lambda folder: text(folder / name, content, encoding)


def old(folder: Path) -> Path:
    """The workbook of Excel 97."""
    return Path(shutil.copy(OLD, folder / "华士镇.xls"))


def b(name: str, area: float = 100, town: str = "华士镇", **more: Any) -> Record:
    """A building."""
    return {"name": name, "town": town, "floor_area": area, **more}


ADD_BUILDING = ("add-building", "--name", "甲楼", "--town", "华士镇", "--floor-area", "100")
ADD_OPERATOR = ("add-operator", "--name", "启迪之星", "--introduced-on", "2022-01-01")
SIMPLE_CSV = '楼宇名称,所属镇街,建筑面积,地址\n甲楼,华士镇,"52,000",人民路1号；2号\n乙楼,华士,"1,300.5",\n'
SIMPLE = [b("甲楼", 52000, address="人民路1号；2号"), b("乙楼", 1300.5)]
CONTRACT = {"company": "华西集团", "institute": "江南大学", "signed_on": "2022-03-01"}


def contracts(heading: str, *above: list[Any], amount: float = 1234567.89) -> Build:
    """A sheet with one contract, its amount under this heading."""
    head = ["项目名称", "合作企业", "合作院所", heading, "签约日期"]
    return one([*above, head, ["新材料研发", "华西集团", "江南大学", amount, date(2022, 3, 1)]])


def funds(heading: str, *above: list[Any], size: float | str = 35000) -> Build:
    """A sheet with one fund, its size under this heading."""
    return one(
        [*above, ["基金名称", "基金类型", heading, "注册日期"], ["霞客基金", "创业投资", size, "2022.3.1"]]
    )


def fund(size: float) -> list[Record]:
    """What is to come of it."""
    return [{"name": "霞客基金", "type": "创业投资", "size": size, "registered_on": "2022-03-01"}]


SOUND = [
    Sound(
        "title rows above the heading, in merged cells",
        "building",
        one(
            [
                [TITLE],
                ["填报单位：华士镇（盖章）", "", "", "填报日期：2022年3月1日"],
                [],
                [*HEAD, "备注"],
                ["甲楼", "华士镇", 100, "临街"],
            ],
            "A1:D1",
            "A2:C2",
        ),
        [b("甲楼", note="临街")],
    ),
    Sound(
        "a title that is itself the name of a field",
        "building",
        one([["楼宇"], HEAD, ["甲楼", "华士镇", 100]], "A1:C1"),
        [b("甲楼")],
    ),
    Sound(
        "data cells merged downwards",
        "building",
        one(
            [
                ["所属镇街", "楼宇名称", "建筑面积", "权属单位", "摸排日期"],
                ["华士镇", "甲楼", 100, "华西集团", date(2022, 3, 1)],
                ["", "乙楼", 200],
                ["", "丙楼", 300, "镇政府"],
                ["周庄镇", "丁楼", 400],
            ],
            "A2:A4",
            "D2:D3",
            "E2:E5",
        ),
        [
            b("甲楼", 100, owner="华西集团", surveyed_on="2022-03-01"),
            b("乙楼", 200, owner="华西集团", surveyed_on="2022-03-01"),
            b("丙楼", 300, owner="镇政府", surveyed_on="2022-03-01"),
            b("丁楼", 400, "周庄镇", surveyed_on="2022-03-01"),
        ],
    ),
    Sound(
        "blank rows and columns, around and within the table",
        "building",
        one(
            [
                [],
                [],
                ["", "", "楼宇名称", "", "所属镇街", "建筑面积", "", ""],
                [],
                ["", "", "甲楼", "", "华士镇", 100, "", " "],
                [" ", "", "　"],
                ["", "", "乙楼", "", "华士镇", 200],
            ]
        ),
        [b("甲楼"), b("乙楼", 200)],
    ),
    Sound(
        "rows of totals, one of them with a failed formula",
        "building",
        one(
            [
                ["序号", *HEAD],
                [1, "甲楼", "华士镇", 100],
                ["小计", "", "", 100],
                [2, "乙楼", "周庄镇", 200],
                ["", "小计：", "", 200],
                ["", "", "总计", 300],
                ["合 计", "", "", Failed("#REF!")],
                ["", "合计（2栋）", "", 300],
            ],
            "A7:C7",
        ),
        [b("甲楼"), b("乙楼", 200, "周庄镇")],
    ),
    Sound(
        "a total among the names that says of which town, the town merged beside it",
        "building",
        one(
            [
                ["所属镇街", "楼宇名称", "建筑面积"],
                ["华士镇", "甲楼", 100],
                ["", "乙楼", 200],
                ["", "华士镇小计", 300],
            ],
            "A2:A4",
        ),
        [b("甲楼"), b("乙楼", 200)],
    ),
    Sound(
        "a total among the towns that says of what",
        "building",
        one(
            [
                ["所属镇街", *HEAD[::2]],
                ["华士镇", "甲楼", 100],
                ["华士镇小计", "", 100],
                ["全市合计", "", 100],
            ]
        ),
        [b("甲楼")],
    ),
    Sound(
        "a total that counts what it is of, where --set gives the town",
        "building",
        one([["名称", "面积"], ["甲楼", 100], ["乙楼", 200], ["合计2栋", 300]]),
        [b("甲楼"), b("乙楼", 200)],
        ("--set", "town=华士镇"),
    ),
    Sound(
        "a column of row numbers, the others in another order, their headings in either language",
        "building",
        one(
            [["序号", "建筑面积", "owner", "Town", "备注", "名称"], [1, 100, "镇政府", "华士", "好", "甲楼"]]
        ),
        [b("甲楼", owner="镇政府", note="好")],
    ),
    Sound(
        "headings with brackets, units, line breaks, blanks and red asterisks",
        "building",
        one(
            [
                [
                    Rich("*楼宇名称"),
                    "所属\n镇街（必填）",
                    "建筑面积\n（㎡，以产证为准）",
                    "闲置面积 (平方米)",
                    "占地　面积/平方米",
                    "联 系 电 话：",
                    "摸排日期（年/月/日）",
                    "权属性质(国有/集体/企业)",
                ],
                ["甲楼", "华士镇", 100, 50, 30, "86860001", "2022/3/1", "集体"],
            ]
        ),
        [
            b(
                "甲楼",
                idle_area=50,
                land_area=30,
                phone="86860001",
                surveyed_on="2022-03-01",
                ownership="集体",
            )
        ],
    ),
    Sound(
        "headings with square brackets",
        "building",
        one(
            [
                ["楼宇名称", "所属镇街", "建筑面积[㎡]", "权属性质【国有/集体】"],
                ["甲楼", "华士镇", 100, "集体"],
            ]
        ),
        [b("甲楼", ownership="集体")],
    ),
    Sound(
        "a unit in the heading, money and area, for the columns that the line above does not suit",
        "collaboration",
        contracts("合同金额（元）", ["单位：万元"]),
        [{"name": "新材料研发", "amount": 123.456789, **CONTRACT}],
    ),
    Sound(
        "headings by the aliases of the kind",
        "building",
        one(
            [
                ["房屋名称", "镇（街道）", "面积", "空置面积", "手机"],
                ["甲楼", "华士镇", 100, 10, "13800000000"],
            ]
        ),
        [b("甲楼", idle_area=10, phone="13800000000")],
    ),
    Sound("CSV in UTF-8", "building", lines(SIMPLE_CSV), SIMPLE),
    Sound("CSV in UTF-8 with a byte order mark", "building", lines(SIMPLE_CSV, encoding="utf-8-sig"), SIMPLE),
    Sound("CSV in GB18030", "building", lines(SIMPLE_CSV, encoding="gb18030"), SIMPLE),
    Sound("CSV with Windows line ends", "building", lines(SIMPLE_CSV.replace("\n", "\r\n")), SIMPLE),
    Sound(
        "CSV with semicolons, numbers with commas and a title above",
        "building",
        lines("摸排表;;\n\n楼宇名称;所属镇街;建筑面积\n甲楼;华士镇;52,000\n乙楼;华士镇;1,300.5\n"),
        [b("甲楼", 52000), b("乙楼", 1300.5)],
    ),
    Sound(
        "text with tabs, called .tsv",
        "building",
        lines("楼宇名称\t所属镇街\t建筑面积\n甲楼\t华士镇\t52,000\n", "华士镇.tsv"),
        [b("甲楼", 52000)],
    ),
    Sound(
        "text with tabs in UTF-16, as Excel's “Unicode text”, called .csv",
        "building",
        lines("楼宇名称\t所属镇街\t建筑面积\r\n甲楼\t华士镇\t52,000\r\n", encoding="utf-16"),
        [b("甲楼", 52000)],
    ),
    Sound(
        "CSV whose headings and cells are broken into lines",
        "building",
        lines('"楼宇\n名称",所属镇街,"建筑面积\n（㎡）",地址\n甲楼,华士镇,100,"人民路1号\n2号"\n'),
        [b("甲楼", address="人民路1号\n2号")],
    ),
    Sound(
        "the suffix in capitals",
        "building",
        one([HEAD, ["甲楼", "华士镇", 100]], name="华士镇.XLSX"),
        [b("甲楼")],
    ),
    Sound(
        "native dates, with a time of day too, and native numbers in text columns",
        "building",
        one(
            [
                [*HEAD, "摸排日期", "方案日期", "不动产证号", "联系电话", "东经"],
                [
                    "甲楼",
                    "华士镇",
                    52000.5,
                    date(2022, 3, 1),
                    datetime(2022, 3, 2, 9, 30),
                    320281001,
                    13812345678.0,
                    120.28513796,
                ],
            ]
        ),
        [
            b(
                "甲楼",
                52000.5,
                surveyed_on="2022-03-01",
                planned_on="2022-03-02",
                certificate_number="320281001",
                phone="13812345678",
                longitude=120.28513796,
            )
        ],
    ),
    Sound(
        "dates in the formats of a Chinese Excel",
        "building",
        one(
            [
                [*HEAD, "摸排日期", "方案日期", "计划完成日期", "开工日期"],
                [
                    "甲楼",
                    "华士镇",
                    100,
                    Styled(date(2022, 3, 1), 31),
                    Styled(date(2022, 3, 2), 57),
                    Styled(date(2022, 3, 3), '[DBNum1][$-804]yyyy"年"m"月"d"日"'),
                    Styled(date(2022, 3, 4), 'yyyy"年"m"月"d"日";@'),
                ],
            ]
        ),
        [
            b(
                "甲楼",
                surveyed_on="2022-03-01",
                planned_on="2022-03-02",
                due_on="2022-03-03",
                started_on="2022-03-04",
            )
        ],
    ),
    Sound(
        "amounts and days as people type them",
        "building",
        lines(
            "楼宇名称,所属镇街,建筑面积,土地面积,摸排日期\n"
            "甲楼,华士镇,5.2万,30亩,2022年3月1日\n"
            '乙楼,华士镇,"52,000㎡",1.5公顷,2022/3/1\n'
            "丙楼,华士镇,0.52万平方米,１２０亩,2022.3.1\n"
            "丁楼,华士镇,５２０００,5 平方米,２０２２－０３－０１\n"
            "戊楼,华士镇,52000平米,1,20220301\n"
            "己楼,华士镇,52000 m2,1,2022-3-1 0:00:00\n"
        ),
        [
            b("甲楼", 52000, land_area=20000, surveyed_on="2022-03-01"),
            b("乙楼", 52000, land_area=15000, surveyed_on="2022-03-01"),
            b("丙楼", 5200, land_area=80000, surveyed_on="2022-03-01"),
            b("丁楼", 52000, land_area=5, surveyed_on="2022-03-01"),
            b("戊楼", 52000, land_area=1, surveyed_on="2022-03-01"),
            b("己楼", 52000, land_area=1, surveyed_on="2022-03-01"),
        ],
    ),
    Sound("money as people type it", "fund", funds("基金规模", size="３.５亿元"), fund(3.5)),
    Sound(
        "stray spaces of every sort",
        "building",
        one(
            [
                ["\u3000楼宇名称 ", "\xa0所属镇街", "建筑面积\u200b", "权属性质"],
                ["\xa0甲楼\u3000", " 华 士 镇\t", "\u3000100 ", "国\u3000有"],
                ["\u200b乙 楼\n", "华士镇\xa0", "1\u2009".strip(), "\xa0"],
            ]
        ),
        [b("甲楼", ownership="国有"), b("乙 楼", 1)],
    ),
    Sound(
        "references by name, one of them with an older name of its town",
        "carrier",
        one(
            [
                ["载体名称", "类型", "认定时间", "所在楼宇", "运营单位"],
                ["创客空间", "众创空间", date(2022, 3, 1), "甲楼", "启迪之星"],
                ["加速器", "加速器", date(2022, 3, 2), "城东街道/乙楼", " 启迪之星 "],
            ]
        ),
        [
            {
                "name": "创客空间",
                "type": "众创空间",
                "building": "甲楼",
                "operator": "启迪之星",
                "recognized_on": "2022-03-01",
            },
            {
                "name": "加速器",
                "type": "加速器",
                "building": "乙楼",
                "operator": "启迪之星",
                "recognized_on": "2022-03-02",
            },
        ],
        before=(
            ADD_OPERATOR,
            ADD_BUILDING,
            ("add-building", "--name", "乙楼", "--town", "高新区", "--floor-area", "1"),
        ),
    ),
    Sound(
        "a heading of two rows, the upper one merged over columns and the others downwards",
        "building",
        one(
            [
                [TITLE],
                ["楼宇名称", "所属镇街", "建筑面积（㎡）", "土地", "", "联系人"],
                ["", "", "", "面积（亩）", "性质"],
                ["甲楼", "华士镇", 100, 30, "国有出让", "张三"],
            ],
            "A1:F1",
            "D2:E2",
            "A2:A3",
            "B2:B3",
            "C2:C3",
            "F2:F3",
        ),
        [b("甲楼", land_area=20000, land_tenure="国有出让", contact="张三")],
    ),
    Sound(
        "a heading of two rows whose upper one only names a group",
        "building",
        one(
            [
                ["序号", "基本情况", "", "", "负责人", ""],
                ["", "名称", "镇街", "建筑面积", "联系人", "联系电话"],
                [1, "甲楼", "华士镇", 100, "张三", "86860001"],
            ],
            "A1:A2",
            "B1:D1",
            "E1:F1",
        ),
        [b("甲楼", contact="张三", phone="86860001")],
    ),
    Sound(
        "yuan in the heading of a field in ten thousands",
        "collaboration",
        contracts("合同金额（元）"),
        [{"name": "新材料研发", "amount": 123.456789, **CONTRACT}],
    ),
    Sound(
        "mu in the heading of a field in square metres, beside cells with a unit of their own",
        "building",
        one([["名称", "镇街", "面积（亩）"], ["甲楼", "华士镇", 30], ["乙楼", "华士镇", "52,000㎡"]]),
        [b("甲楼", 20000), b("乙楼", 52000)],
    ),
    Sound(
        "ten thousands in the heading of a field in hundred millions",
        "fund",
        funds("基金规模（万元）"),
        fund(3.5),
    ),
    Sound(
        "a remark in brackets that begins like a multiplier and is no unit",
        "evaluation",
        one([["载体名称", "年度", "得分（百分制）", "评估日期"], ["创客空间", 2022, 82.5, "2022-12-20"]]),
        [{"carrier": "创客空间", "year": 2022, "score": 82.5, "assessed_on": "2022-12-20"}],
        before=(
            ("add-carrier", "--name", "创客空间", "--type", "众创空间", "--recognized-on", "2022-01-01"),
        ),
    ),
    Sound(
        "the unit in a line above the heading",
        "fund",
        funds("基金规模", ["基金情况表"], ["", "", "", "单位：万元"]),
        fund(3.5),
    ),
    Sound(
        "two units in brackets above the heading",
        "collaboration",
        contracts("合同金额", ["（单位：元、亩）"]),
        [{"name": "新材料研发", "amount": 123.456789, **CONTRACT}],
    ),
    Sound(
        "the office that fills the sheet in, called by the word for unit, before the unit",
        "fund",
        funds("基金规模", ["单位：华士镇人民政府", "", "", "单位：万元"]),
        fund(3.5),
    ),
    Sound(
        "the unit at the end of the title",
        "fund",
        funds("基金规模", ["2022年江阴市基金情况表（单位：万元）"]),
        fund(3.5),
    ),
    Sound(
        "the unit in one cell with the office and the day",
        "fund",
        funds("基金规模", ["填报单位：华士镇　　　填报日期：2022年3月1日　　　单位：万元"]),
        fund(3.5),
    ),
    Sound(
        "the heading again in the middle of the data, as printed pages have it",
        "building",
        one(
            [
                ["序号", *HEAD],
                [1, "甲楼", "华士镇", 100],
                ["序号", "楼宇名称 ", "所属镇街", "建筑面积"],
                [2, "乙楼", "华士镇", 200],
            ]
        ),
        [b("甲楼"), b("乙楼", 200)],
    ),
    Sound(
        "a heading of two rows again in the middle of the data",
        "building",
        one(
            [
                ["楼宇名称", "所属镇街", "建筑面积", "土地", ""],
                ["", "", "", "面积", "性质"],
                ["甲楼", "华士镇", 100, 30, "国有出让"],
                ["楼宇名称", "所属镇街", "建筑面积", "土地", ""],
                ["", "", "", "面积", "性质"],
                ["乙楼", "华士镇", 200],
            ],
            *("A1:A2", "B1:B2", "C1:C2", "D1:E1"),
            *("A4:A5", "B4:B5", "C4:C5", "D4:E4"),
        ),
        [b("甲楼", land_area=30, land_tenure="国有出让"), b("乙楼", 200)],
    ),
    Sound(
        "who filled the sheet in, and a remark, below the table",
        "building",
        one(
            [
                HEAD,
                ["甲楼", "华士镇", 100],
                [],
                ["填表人：张三", "", "审核人：李四"],
                ["", "填报日期：2022年3月1日"],
                ["注：建筑面积以不动产权证为准。"],
            ],
            "A6:C6",
        ),
        [b("甲楼")],
    ),
    Sound(
        "who filled the sheet in, further right than the table goes",
        "building",
        one([HEAD, ["甲楼", "华士镇", 100], ["填表人：张三", "", "", "", "联系电话：0510-86860001"]]),
        [b("甲楼")],
    ),
    Sound(
        "the seal and a signature below the table",
        "building",
        one(
            [
                HEAD,
                ["甲楼", "华士镇", 100],
                ["填报单位（盖章）：华士镇人民政府"],
                ["", "", "主要负责人（签字）："],
            ]
        ),
        [b("甲楼")],
    ),
    Sound(
        "a remark of several lines below the table",
        "building",
        one(
            [
                HEAD,
                ["甲楼", "华士镇", 100],
                [],
                ["注：1．建筑面积以不动产权证为准；"],
                ["    2．闲置面积按实际填写。"],
            ]
        ),
        [b("甲楼")],
    ),
    Sound(
        "lines below a table of which only the name is required",
        "policy",
        one(
            [
                ["名称", "类型", "印发日期"],
                ["楼宇改造管理办法", "管理办法", date(2022, 3, 1)],
                ["填表人：张三"],
                ["注：机制填写成立日期。"],
            ]
        ),
        [{"name": "楼宇改造管理办法", "type": "管理办法", "issued_on": "2022-03-01"}],
    ),
    Sound(
        "rows with nothing but their number, printed beforehand, and the town merged over them",
        "building",
        one(
            [["序号", "所属镇街", "楼宇名称", "建筑面积"], [1, "华士镇", "甲楼", 100], [2], [3], [4]], "B2:B5"
        ),
        [b("甲楼")],
    ),
    Sound(
        "rows with nothing but their number, where --set gives the rest",
        "policy",
        one([["序号", "名称"], [1, "楼宇改造管理办法"], [2], [3]]),
        [{"name": "楼宇改造管理办法", "type": "管理办法"}],
        ("--set", "type=管理办法"),
    ),
    Sound(
        "borders drawn far below and beside the table",
        "building",
        lambda folder: bordered(folder / "华士镇.xlsx", [HEAD, ["甲楼", "华士镇", 100]], 3000, 30),
        [b("甲楼")],
    ),
    Sound(
        "numbers that were computed, with the dust of it",
        "building",
        one(
            [
                ["名称", "镇街", "面积（㎡）", "土地面积（亩）"],
                ["甲楼", "华士镇", 9.899999999999999, 0.1 + 0.2],
                ["乙楼", "华士镇", 1234567.8900000001, 3.3 * 3],
            ]
        ),
        [b("甲楼", 9.9, land_area=200), b("乙楼", 1234567.89, land_area=6600)],
    ),
    Sound(
        "several sheets, empty ones among them, of which only one fits",
        "building",
        book(
            Tab("填表说明", [["一、楼宇是指……"], ["二、请于3月底前上报。"]]),
            Tab("Sheet2", []),
            Tab("华士", [HEAD, ["甲楼", "华士镇", 100]]),
            Tab("Sheet3", []),
        ),
        [b("甲楼")],
    ),
    Sound(
        "a summary by town before the sheet of buildings, which alone has their names",
        "building",
        book(
            Tab("汇总", [["镇街", "栋数", "建筑面积"], ["华士镇", 1, 100]]),
            Tab("明细", [HEAD, ["甲楼", "华士镇", 100]]),
        ),
        [b("甲楼")],
    ),
    Sound(
        "a sheet called by the kind, among others that would fit",
        "building",
        book(
            Tab("2021年", [HEAD, ["旧楼", "华士镇", 1]]),
            Tab("楼宇", [HEAD, ["甲楼", "华士镇", 100]]),
            Tab("底稿", [HEAD, ["草楼", "华士镇", 2]]),
        ),
        [b("甲楼")],
        said="华士镇.xlsx: sheets with the same headings, not read: 2021年, 底稿; see --sheet.\n",
    ),
    Sound(
        "a hidden sheet, which nobody has seen for years",
        "building",
        book(
            Tab("楼宇", [HEAD, ["旧楼", "华士镇", 1]], hidden=True),
            Tab("Sheet1", [HEAD, ["甲楼", "华士镇", 100]]),
        ),
        [b("甲楼")],
    ),
    Sound(
        "a hidden sheet that --sheet names",
        "building",
        book(
            Tab("Sheet1", [HEAD, ["甲楼", "华士镇", 100]]),
            Tab("旧", [HEAD, ["旧楼", "华士镇", 1]], hidden=True),
        ),
        [b("旧楼", 1)],
        ("--sheet", "旧"),
    ),
    Sound(
        "OpenDocument: a title, cells merged downwards, dates, computed numbers, a hidden sheet",
        "building",
        lambda folder: ods(
            folder / "华士镇.ods",
            Tab("旧", [HEAD, ["旧楼", "华士镇", 1]], hidden=True),
            Tab(
                "Sheet1",
                [
                    [TITLE, "", "", "", ""],
                    [],
                    ["序号", "所属镇街", "楼宇名称", "建筑面积（㎡）", "摸排日期", "联系电话"],
                    [1, "华士镇", "甲楼", 9.899999999999999, date(2022, 3, 1), 13812345678],
                    [2, "", "乙楼", "5.2万", "2022年3月2日", "0510-86860001"],
                    ["合计", "", "", 52009.9],
                ],
                ("A1:E1", "B4:B5", "A6:C6"),
            ),
        ),
        [
            b("甲楼", 9.9, surveyed_on="2022-03-01", phone="13812345678"),
            b("乙楼", 52000, surveyed_on="2022-03-02", phone="0510-86860001"),
        ],
    ),
    Sound(
        "Excel 97: a title, cells merged downwards, dates, computed numbers",
        "building",
        old,
        [
            b("甲楼", 9.9, surveyed_on="2022-03-01", phone="13812345678"),
            b("乙楼", 52000, surveyed_on="2022-03-02", phone="0510-86860001"),
        ],
        ("--sheet", "楼宇摸排"),
    ),
    Sound(
        "no column for the town, which --set gives",
        "building",
        one([["名称", "面积"], ["甲楼", 100]]),
        [b("甲楼")],
        ("--set", "town=华士镇"),
    ),
    Sound(
        "columns nobody knows, passed over with --ignore-unknown",
        "building",
        one([[*HEAD, "楼层数", ""], ["甲楼", "华士镇", 100, 12, "见附件"]]),
        [b("甲楼")],
        ("--ignore-unknown",),
    ),
]

REFUSED = [
    Refused(
        "headings nobody knows",
        "building",
        one([[*HEAD, "占地面基", "层数"], ["甲楼", "华士镇", 100, 1, 2]]),
        [("Sheet1", 1, "D", None, "占地面基"), ("Sheet1", 1, "E", None, "层数")],
        ("占地面积", "kfly kinds building"),
    ),
    Refused(
        "a unit in the heading that does not fit",
        "building",
        one([["楼宇名称", "所属镇街", "建筑面积（万元）"], ["甲楼", "华士镇", 100]]),
        [("Sheet1", 1, "C", "floor_area", "建筑面积（万元）")],
        ("万元",),
    ),
    Refused(
        "two columns for one field",
        "building",
        one([[*HEAD, "面积"], ["甲楼", "华士镇", 100, 200]]),
        [("Sheet1", 1, "D", "floor_area", "面积")],
        ("建筑面积",),
    ),
    Refused(
        "a group in the heading whose area could be any",
        "building",
        one(
            [
                ["名称", "镇街", "房屋情况", "", "宗地情况", ""],
                ["", "", "建筑面积", "房屋状态", "面积", "土地性质"],
                ["甲楼", "华士镇", 100, "闲置", 30, "国有出让"],
            ],
            *("A1:A2", "B1:B2", "C1:D1", "E1:F1"),
        ),
        [("Sheet1", 2, "E", "floor_area", "面积")],
        ("建筑面积",),
    ),
    Refused(
        "required columns that are not there",
        "building",
        one([["摸排表"], ["楼宇名称", "地址"], ["甲楼", "人民路"]]),
        [("Sheet1", 2, None, "town", None), ("Sheet1", 2, None, "floor_area", None)],
        ("--set town=", "--set floor_area="),
    ),
    Refused(
        "every fault of the whole file at once",
        "building",
        one(
            [
                ["摸排表"],
                ["序号", *HEAD, "权属性质", "摸排日期", "改造完成日期"],
                [1, "甲楼", "火星镇", "很大", "私人", "2022-02-30", ""],
                [],
                [2, "", "华士镇", -5, "国有", date(2022, 3, 1), date(2022, 2, 1)],
                [3, "丙楼", "华士", 5.123, "国有", 44621, ""],
                [4, "丁楼", "华士", "5,20", "国有", "2022年3月", "", "多余"],
            ],
            "A1:G1",
        ),
        [
            ("Sheet1", 3, "C", "town", "火星镇"),
            ("Sheet1", 3, "D", "floor_area", "很大"),
            ("Sheet1", 3, "E", "ownership", "私人"),
            ("Sheet1", 3, "F", "surveyed_on", "2022-02-30"),
            ("Sheet1", 5, "D", "floor_area", "-5"),
            ("Sheet1", 5, "B", "name", None),
            ("Sheet1", 5, "G", "renovated_on", "2022-02-01"),
            ("Sheet1", 6, "D", "floor_area", "5.123"),
            ("Sheet1", 6, "F", "surveyed_on", "44621"),
            ("Sheet1", 7, "D", "floor_area", "5,20"),
            ("Sheet1", 7, "F", "surveyed_on", "2022年3月"),
            ("Sheet1", 7, "H", None, "多余"),
        ],
    ),
    Refused(
        "a formula that has failed, where a text and where a number is expected",
        "building",
        one([[*HEAD, "权属单位"], ["甲楼", "华士镇", Failed("#DIV/0!"), Failed("#N/A")]]),
        [("Sheet1", 2, "C", "floor_area", "#DIV/0!"), ("Sheet1", 2, "D", "owner", "#N/A")],
        ("formula", "formula"),
    ),
    Refused(
        "a formula that has failed, in OpenDocument",
        "building",
        lambda folder: ods(
            folder / "华士镇.ods",
            Tab("Sheet1", [[], [*HEAD, "权属单位"], ["甲楼", "华士镇", 100, Failed("#N/A")]]),
        ),
        [("Sheet1", 3, "D", "owner", "#N/A")],
        ("formula",),
    ),
    Refused(
        "a formula that has failed, in a workbook that another program than Excel wrote",
        "building",
        lambda folder: generated(
            folder / "华士镇.xlsx",
            Tab("Sheet1", [[*HEAD, "权属单位"], ["甲楼", "华士镇", 100, Failed("#N/A")]]),
        ),
        [("Sheet1", 2, "D", "owner", "#N/A")],
        ("formula",),
    ),
    Refused(
        "a formula that has failed, in Excel 97",
        "building",
        old,
        [("坏公式", 2, "D", "owner", "#N/A")],
        ("formula",),
        ("--sheet", "坏公式"),
    ),
    Refused(
        "a formula that has failed, below blank rows and beside blank columns",
        "building",
        one([[], [], ["", "", *HEAD], ["", "", "甲楼", "华士镇", Failed("#N/A")]]),
        [("Sheet1", 4, "E", "floor_area", "#N/A")],
    ),
    Refused(
        "the same building twice, once with an older name of its town",
        "building",
        one([["表"], HEAD, ["甲楼", "高新区", 100], ["乙楼", "高新区", 1], ["甲楼　", "城东街道", 200]]),
        [("Sheet1", 5, "A", "name", "甲楼")],
        ("row 3",),
    ),
    Refused(
        "a building that is in the registry already",
        "building",
        one([HEAD, ["乙楼", "华士镇", 1], ["甲楼", "华士", 200]]),
        [("Sheet1", 3, "A", "name", "甲楼")],
        ("#1",),
        before=(ADD_BUILDING,),
    ),
    Refused(
        "references to what nobody has recorded",
        "carrier",
        one(
            [
                ["载体名称", "类型", "认定时间", "楼宇", "运营单位"],
                ["创客空间", "众创空间", date(2022, 3, 1), "甲大楼", "启迪之星"],
                ["孵化园", "孵化器", date(2022, 3, 1), "甲楼", "启迪之心"],
            ]
        ),
        [("Sheet1", 2, "D", "building", "甲大楼"), ("Sheet1", 3, "E", "operator", "启迪之心")],
        ("甲楼", "启迪之星"),
        before=(ADD_BUILDING, ADD_OPERATOR),
    ),
    Refused(
        "a value under no heading",
        "building",
        one([[*HEAD, "", "备注"], ["甲楼", "华士镇", 100, "见附件", "好"]]),
        [("Sheet1", 2, "D", None, "见附件")],
    ),
    Refused(
        "a sheet that is not there",
        "building",
        book(Tab("华士", [HEAD]), Tab("周庄", [HEAD]), Tab("旧", [HEAD], hidden=True)),
        [(None, None, None, None, None)],
        ("华士, 周庄",),
        ("--sheet", "华仕"),
    ),
    Refused(
        "several sheets that fit",
        "building",
        book(Tab("一季度", [HEAD, ["甲楼", "华士镇", 1]]), Tab("二季度", [HEAD, ["乙楼", "华士镇", 1]])),
        [(None, None, None, None, None)],
        ("一季度, 二季度; say which with --sheet",),
    ),
    Refused(
        "data without any heading",
        "building",
        one([["甲楼", "华士镇", 100]]),
        [
            ("Sheet1", None, None, None, None),
            ("Sheet1", 1, "A", None, "甲楼"),
            ("Sheet1", 1, "B", None, "华士镇"),
            ("Sheet1", 1, "C", None, "100"),
        ],
        ("kfly template building",),
    ),
    Refused(
        "a workbook with nothing in it",
        "building",
        book(Tab("Sheet1", []), Tab("Sheet2", [])),
        [(None, None, None, None, None)],
        ("kfly template building",),
    ),
    Refused(
        "rows of CSV counted as a spreadsheet counts them, over cells of several lines",
        "building",
        lines('楼宇名称,所属镇街,"建筑面积\n㎡",地址\n甲楼,华士镇,1,"一\n二\n三"\n\n乙楼,火星镇,1,\n'),
        [(None, 4, "B", "town", "火星镇")],
    ),
    Refused(
        "a merged value that is wrong, in each of its rows",
        "building",
        one([["镇街", "名称", "面积"], ["火星镇", "甲楼", 1], ["", "乙楼", 2]], "A2:A3"),
        [("Sheet1", 2, "A", "town", "火星镇"), ("Sheet1", 3, "A", "town", "火星镇")],
    ),
]
