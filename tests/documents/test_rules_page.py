"""The worked examples of docs/rules.md, and of docs/zh/rules.md, are what kfly says."""

import json
import re
from fractions import Fraction

from kfly.plan.metrics import LEVEL, RUNNING
from kfly.progress.shortfall import cap_share, measure_lack
from tests.progress.test_levels import VACANCY, figures, reported, stand
from tests.support import ROOT
from tests.support.progress_examples import at_least, more_than
from tests.support.runner import Cli
from tests.support.two_years import OWING, load_second_table, set_up_enclaves, sign_collaborations

ENGLISH = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
CHINESE = (ROOT / "docs" / "zh" / "rules.md").read_text(encoding="utf-8")
DAY = ("--as-of", "2022-11-30")


def says(*sentences: str, chinese: tuple[str, ...] = ()) -> None:
    """Both pages say this, wherever their lines break."""
    for page, told in ((ENGLISH, sentences), (CHINESE, chinese)):
        flat = re.sub(r"\s*\n(> )?\s*", " " if page is ENGLISH else "", page)
        for sentence in told:
            assert sentence in flat, sentence


def test_both_languages_have_the_same_rules() -> None:
    assert ENGLISH.count("\n## ") == CHINESE.count("\n## ")
    assert ENGLISH.count("\n> Example") == CHINESE.count("\n> 例")


def test_the_trajectory_and_the_forecast(filled: Cli) -> None:
    row = filled.target("buildings_renovated", *DAY)
    forecast = row["forecast"]
    assert (row["actual"], row["expected"], row["light"], row["goal"]) == (6, 10, "red", 30)
    assert filled.target("buildings_renovated", "--as-of", "2022-06-15")["expected"] == 4
    assert (forecast["projected"], forecast["reached_on"]) == (19, "2026-07-28")
    assert (round(forecast["pace"], 2), round(forecast["pace_needed"], 2), round(forecast["factor"], 1)) == (
        0.55,
        0.96,
        1.8,
    )
    says(
        "6 buildings in 334 days are 0.55 a month",
        "projected 19",
        "0.96 a month are needed, 1.8 times the pace so far",
        "30 buildings would stand on 2026-07-28",
        chinese=(
            "月均 0.55 栋",
            "预计 19 栋",
            "月均须 0.96 栋，为目前速度的 1.8 倍",
            "2026-07-28 方达 30 栋",
        ),
    )


def test_what_a_record_counts_toward(filled: Cli) -> None:
    told = {}
    for language in ("en", "zh"):
        fund = filled.json("--lang", language, "show", "fund", "霞客股权基金", *DAY)
        assert fund["counts_toward"] == []
        told[language] = fund["not_counted"]["fund_scale"]
    says(f"“{told['en']}”", chinese=(f"“{told['zh']}”",))


def test_what_changed(filled: Cli) -> None:
    found = filled.json("since", "2022-09-01", *DAY)
    rows = {row["key"]: row for row in found["targets"]}
    built = rows["buildings_renovated"]
    assert (built["then"]["actual"], built["now"]["actual"], built["change"]) == (2, 6, 4)
    scale = rows["fund_scale"]
    assert [scale[side][name] for side in ("then", "now") for name in ("actual", "light")] == [
        *(32.5, "yellow"),
        *(32.5, "red"),
    ]
    assert [task["number"] for task in found["tasks"]["done"]] == [12, 16]
    assert sum(row["count"] for row in found["added"]) == 335
    assert found["added"][0]["count"] == 4
    filled.ok("set", "building", "创新大厦", "floor_area=5200", "idle_area=")
    (corrected,) = filled.json("since", "#2")["corrections"]
    assert (corrected["field"], corrected["before"], corrected["after"]) == ("floor_area", 52000, 5200)
    says("go from 2 to 6, +4", "335 records are added", chinese=("由 2 栋增至 6 栋", "新增台账 335 条"))
    for language, words in (
        ("en", "Floor area (m²) 52,000 → 5,200"),
        ("zh", "建筑面积（m²） 52,000 → 5,200"),
    ):
        assert words in filled.ok("--lang", language, "since", "#2")
    says("“Floor area (m²) 52,000 → 5,200, corrected on”", chinese=("“建筑面积（m²） 52,000 → 5,200”",))


def test_the_lights(filled: Cli) -> None:
    talents = filled.target("talents", *DAY)
    assert (talents["actual"], talents["expected"], talents["light"]) == (862, 915, "yellow")
    says("862 talents where 915 are expected: above 732", chinese=("实际 862 名，高于 732 名",))
    states = {day: filled.json("task", "10", "--as-of", day) for day in ("2022-11-30", "2022-12-01")}
    assert [state["days_overdue"] for state in states.values()] == [None, 1]


def test_levels_and_reported_figures() -> None:
    vacancy = [stand(VACANCY, figures(("2022-01-31", told)), "2023-07-02") for told in ("24", "24.1")]
    assert [(row.expected, row.light) for row in vacancy] == [
        (Fraction("22.5"), "yellow"),
        (Fraction("22.5"), "red"),
    ]
    assert vacancy[0].progress == Fraction(2, 5)
    running = figures(("2022-03-31", 20), ("2022-12-31", 100), ("2023-03-31", 30))
    assert stand(reported(RUNNING, at_least(300)), running, "2023-04-01").actual == 130
    assert stand(reported(RUNNING, at_least(300), every="year"), running, "2023-04-01").actual == 30
    levels = [
        stand(reported(LEVEL, at_least("6.2")), figures(("2022-01-31", told)), "2022-06-01")
        for told in ("4.96", "4.95")
    ]
    assert [row.light for row in levels] == ["yellow", "red"]
    says(
        "is 4.24 from then on, not 8.44",
        "are 130 on 1 April 2023; for the year 2023 they are 30",
        "yellow from 4.96, red below",
        "22.5 are expected: 24 is yellow, 24.1 red. A vacancy of 24 has come 40 % of the way",
        chinese=(
            "此后即为 4.24，而不是 8.44",
            "合计 130；按 2023 年度计为 30",
            "4.96 起黄灯，不足为红灯",
            "24 为黄灯，24.1 为红灯。降到 24 即完成 40%",
        ),
    )


def test_the_first_days(filled: Cli) -> None:
    rows = {
        day: filled.target("talents", "--as-of", day) for day in ("2022-01-02", "2022-01-30", "2022-01-31")
    }
    assert [row["light"] for row in rows.values()] == ["none", "none", "yellow"]
    assert [(row["actual"], row["expected"]) for row in rows.values()][::2] == [(0, 5), (69, 84)]
    says(
        "on 2022-01-02 no talent stands where 5 are expected: starting",
        "On 2022-01-31 the first days are over: 69 of 84, yellow",
        chinese=(
            "2022-01-02 序时数 5 名、实际 0 名，为起步",
            "2022-01-31 起步期已过，序时数 84 名、实际 69 名，亮黄灯",
        ),
    )


def test_what_must_be_exceeded() -> None:
    assert cap_share(more_than(15), Fraction(15)) == Fraction(99, 100)
    assert measure_lack(more_than(15), Fraction(15), whole=True) == 1
    assert measure_lack(more_than(150), Fraction(150), whole=False) == Fraction(1, 100)
    says(
        "is not met by 15, which are 99 % and lack 1; it is met by 16",
        "is not met by 150, which lack 0.01",
        chinese=("15 家未达标，显示 99%，差 1 家；16 家达标", "150 亿元未达标，差 0.01 亿元"),
    )


def test_the_next_milestone_and_the_day_that_never_comes(filled: Cli) -> None:
    talents, funds = (filled.target(key, *DAY)["forecast"] for key in ("talents", "fund_scale"))
    assert talents["reached_on"] == "2023-01-23"
    assert talents["milestone"] == {"due": "2022-12-31", "amount": 1000, "projected": 942, "short": 58}
    assert (funds["reached_on"], funds["on_course"]) == (None, False)
    says(
        "862 + 862/334 × 31 = 942, short by 58",
        "32.5 of more than 150, would take until 2031",
        chinese=("862 + 862/334 × 31 = 942，预计差 58 名", "照此速度无法达成"),
    )


def test_towns_and_the_season_before(filled: Cli) -> None:
    area = filled.target("enclave_area", *DAY)
    assert (area["actual"], area["goal"]) == (4, 11)
    assert filled.target("recruitment_events", "--as-of", "2023-11-30")["forecast"]["last_year"] == 27


def test_the_rate_of_a_lead(filled: Cli) -> None:
    rows = filled.json("tasks", "--by", "lead", "--as-of", "2022-12-05")
    (row,) = (row for row in rows if row["organisation"] == "市科技局")
    parts = ("total", "on_time", "late", "unsigned", "overdue", "open")
    assert ([row[key] for key in parts], row["on_time_rate"]) == ([11, 3, 1, 1, 1, 5], 0.6)
    says("3 of 5 are 60 %", chinese=("5 项中 3 项按期，为 60%",))


def test_what_is_done_and_unsigned(filled: Cli) -> None:
    tally = filled.json("status", *DAY)["tasks"]
    assert (tally["done"], tally["unsigned"]) == (11, 3)
    says("done 11, of which 3 await sign-off", chinese=("已完成 11 项，其中待销号 3 项",))


def test_one_record_counts_for_one_table(kfly: Cli) -> None:
    load_second_table(kfly)
    sign_collaborations(kfly, 90, "2022-06-01")
    sign_collaborations(kfly, 100, "2023-03-15")
    earlier, later = (kfly.json("task", name, "--as-of", "2023-03-15") for name in ("2022/16", "2023/1"))
    assert [task["needs"][0]["actual"] for task in (earlier, later)] == [100, 90]
    assert (earlier["completed_on"], earlier["late"], later["state"]) == ("2023-03-15", True, "open")
    says("10 make up 2022", "count for 2023: 90/100", chinese=("10 项补足 2022 年", "计入 2023 年（90/100）"))


def test_an_enclave_is_of_its_own_year(kfly: Cli) -> None:
    set_up_enclaves(kfly, "2022-10-10", *OWING[2:])
    set_up_enclaves(kfly, "2022-12-20", OWING[1])
    set_up_enclaves(kfly, "2023-01-20", OWING[0])
    (need,) = kfly.json("task", "10", "--as-of", "2023-06-30")["needs"]
    assert [town["organisation"] for town in need["each"] if not town["met"]] == [OWING[0]]


def test_a_sign_off_rests_on_the_figures_of_its_day(kfly: Cli) -> None:
    for n in range(5):
        kfly.ok("add-platform", "--name", f"平台{n}", "--established-on", "2022-02-01")
    kfly.ok("done", "17", "--on", "2022-06-01")
    kfly.ok("set", "platform", "1", "established_on=2022-06-02")
    task = kfly.json("task", "17", *DAY)
    assert (task["state"], task["unfounded"], task["needs"][0]["actual"]) == ("done", True, 5)
    found = json.loads(kfly("--lang", "en", "check", "--json").out)[0]
    assert (found["code"], " 4/5 " in found["message"]) == ("needs_unmet", True)
    says("only 4 were there that day", chinese=("则当日只有 4 个",))


def test_deliverables_and_the_fund(filled: Cli) -> None:
    fifth = filled.json("measures", "5", *DAY)["deliverables"]
    assert (len(fifth), sum(each["done"] for each in fifth)) == (8, 4)
    assert [each["policy"]["issued_on"] for each in fifth if each["policy"]] == ["2022-06-20"]
    fund = filled.json("budget", *DAY)
    assert (fund["spent"], int(fund["share"] * 100), int(fund["time_share"] * 100)) == (1916.5, 19, 30)


def test_the_league(filled: Cli) -> None:
    places = {place["organisation"]: place for place in filled.json("league", *DAY)}
    assert (places["新桥镇"]["rank"], places["新桥镇"]["score"]) == (5, 0.72)
    assert [place["rank"] for place in places.values()].count(1) == 4
    january = {place["organisation"]: place for place in filled.json("league", "--as-of", "2023-01-10")}
    assert (january["新桥镇"]["score"], january["新桥镇"]["goals"][0]["year"]) == (0.72, 2022)
    says(
        "As of 2023-01-10 the same score still stands, that of 2022",
        chinese=("截至 2023-01-10 仍为 2022 年的这一得分",),
    )


def test_the_buildings(filled: Cli) -> None:
    found = filled.json("buildings", *DAY)
    assert [found["number"], *(stage["number"] for stage in found["stages"])] == [12, 1, 2, 1, 2, 4, 2]
    says(
        "of 12 buildings 1 is not surveyed yet, 2 are surveyed, 1 planned, 2 renovating, 4 renovated, 2 open",
        chinese=(
            "12 栋楼宇中，未摸排 1 栋、已摸排 2 栋、已定方案 1 栋、改造中 2 栋、已改造 4 栋、已启用 2 栋",
        ),
    )
