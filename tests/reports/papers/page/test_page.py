"""The page: all of the plan in one file that asks nobody for anything."""

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from kfly.locale import speak
from kfly.plan.model import Name, ProgressNote
from kfly.progress.overview import Overview
from kfly.reports.papers.page import make_page
from kfly.reports.papers.page.parts import MOST_ROWS, Column, Table, cut_table
from kfly.reports.papers.paper import Paper
from kfly.reports.status import write_figures
from tests.reports.papers.page.conftest import DAY

HOSTILE = "=1+1 <script>alert(1)</script> & \"'`\x1b[31m\u202e\u2028</style>{{ 7*7 }}"
SHOWN = "=1+1 <script>alert(1)</script> & \"'`\\x1b[31m\\u202e\\u2028</style>{{ 7*7 }}"


class Read(HTMLParser):
    """What a page says, and what its tags ask for."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.told: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.silent = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))
        if tag in ("script", "style"):
            self.silent = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self.silent:
            self.silent = ""

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.told.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.told).split())


def test_it_is_whole_and_small(page: str) -> None:
    assert page.startswith("<!DOCTYPE html>")
    assert page.endswith("</html>")
    assert len(page.encode()) < 200_000


def test_it_names_no_address_but_those_within(page: str) -> None:
    assert set(re.findall(r"\w+://[^\s\"')]+", page)) == {"http://www.w3.org/2000/svg"}
    asking = [
        (tag, attributes[name])
        for tag, attributes in Read(page).tags
        for name in ("src", "href", "srcset", "action", "data", "poster")
        if name in attributes and not str(attributes[name]).startswith("#")
    ]
    assert asking == [("link", "data:,")]
    assert not re.search(r"@import|url\(", page)


def test_its_policy_lets_nothing_in_and_no_script_run_but_its_own(page: str) -> None:
    (policy,) = [
        attributes["content"] or ""
        for tag, attributes in Read(page).tags
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digest = b64encode(sha256(script.encode()).digest()).decode()
    assert policy.startswith("default-src 'none'; ")
    assert f"script-src 'sha256-{digest}';" in policy
    assert not [tag for tag, attributes in Read(page).tags for name in attributes if name.startswith("on")]


def test_each_target_is_told_with_figures_light_and_burn_up(page: str, overview: Overview) -> None:
    speak("zh")
    told = Read(page).text
    assert (
        page.count("<article")
        == page.count("burn-up") - page.count(".burn-up")
        == len(overview.standing.targets)
    )
    for row in overview.standing.targets:
        assert row.target.name.spoken in told
        assert write_figures(row) in told


def test_lights_are_words_and_shapes_beside_their_colours(page: str) -> None:
    lights = re.findall(r'<span class="light (\w+)"><span aria-hidden="true">(.)</span> (.*?)</span>', page)
    assert {(code, sign, word) for code, sign, word in lights} >= {
        ("red", "■", "红灯"),
        ("yellow", "▲", "黄灯"),
        ("green", "●", "绿灯"),
        ("none", "—", "不亮灯"),
    }
    assert len(lights) == page.count('class="light ')


def test_each_task_carries_what_it_is_filtered_by(page: str) -> None:
    rows = re.findall(
        r'<tr role="row" data-concerned="([\d ]*)" data-light="(\w+)" data-states="([\w ]+)">', page
    )
    assert len(rows) == 20
    assert {light for _c, light, _s in rows} == {"red", "yellow", "green", "none"}
    assert sum("unsigned" in states for _c, _l, states in rows) == 3


def test_all_parts_are_there_and_each_is_led_to(page: str) -> None:
    ids = re.findall(r'<section id="(\w+)"', page)
    assert ids == ["targets", "tasks", "leads", "towns", "buildings", "money", "evaluations"]
    for each in ids:
        assert f'href="#{each}"' in page


def test_charts_are_pictures_with_words(page: str) -> None:
    charts = re.findall(r"<svg .*?</svg>", page, re.DOTALL)
    assert len(charts) == 12 + 4
    for chart in charts:
        assert 'role="img"' in chart
        assert re.search(r"<title>.+</title>\s*<desc>.+</desc>", chart, re.DOTALL)


def test_hostile_names_only_show_themselves(overview: Overview) -> None:
    name = Name(HOSTILE, HOSTILE)
    first, target = overview.tasks[0], overview.standing.targets[0]
    task = first._replace(
        task=first.task._replace(title=name), note=ProgressNote(2022, 1, DAY, HOSTILE, organisation=HOSTILE)
    )
    row = target._replace(target=target.target._replace(name=name, unit=name, section=name))
    plan = overview.plan._replace(name=name)
    standing = overview.standing._replace(plan=plan, targets=(row,))
    assert overview.buildings
    assert overview.budget
    assert overview.evaluations
    site = overview.buildings.sites[0]._replace(name=HOSTILE)
    late = overview.buildings.pipeline.overdue[0]._replace(name=HOSTILE)
    paid = overview.budget.largest[0]._replace(title=HOSTILE, category=HOSTILE)
    made = make_page(
        Paper(
            overview._replace(
                standing=standing,
                tasks=(task,),
                buildings=overview.buildings._replace(
                    sites=(site,), pipeline=overview.buildings.pipeline._replace(overdue=(late,))
                ),
                budget=overview.budget._replace(largest=(paid,)),
                evaluations=overview.evaluations._replace(
                    titles=dict.fromkeys(overview.evaluations.titles.keys() or range(99), HOSTILE)
                ),
            )
        )
    )
    read = Read(made)
    assert [tag for tag, _attributes in read.tags if tag == "script"] == ["script"]
    assert not re.search("[\x1b\u202e\u2028]", made)
    assert read.text.count(SHOWN) >= 10
    assert "49" not in read.text


def test_an_organisations_part_leaves_out_what_is_not_its_own(overview: Overview) -> None:
    scope = next(one for one in overview.plan.organisations if one.name == "市财政局")
    part = overview._replace(
        scope=scope, league=None, buildings=None, budget=None, evaluations=None, measures=()
    )
    made = make_page(Paper(part))
    assert re.findall(r'<section id="(\w+)"', made) == ["targets", "tasks", "leads"]
    assert f"· {scope.en}" in made


def test_nothing_to_tell_is_a_page_too(overview: Overview) -> None:
    standing = overview.standing._replace(targets=())
    made = make_page(Paper(overview._replace(standing=standing, tasks=(), league=None, buildings=None)))
    assert made.count("<article") == 0
    assert '<p id="none-shown">' in made


def test_it_speaks_english_too(overview: Overview) -> None:
    made = make_page(Paper(overview))
    assert '<html lang="en">' in made
    assert "■</span> red" in made
    told = Read(made).text
    assert "Skip to the tasks" in told
    assert "目标" not in told


def test_a_masked_page_says_so(overview: Overview) -> None:
    assert "are masked" in make_page(Paper(overview, redacted=True))
    assert "are masked" not in make_page(Paper(overview))


def test_a_list_that_grows_with_the_registry_is_cut_and_says_so() -> None:
    rows = [[str(number)] for number in range(MOST_ROWS + 7)]
    cut = cut_table(Table("", [Column("")], rows), "kfly buildings")
    assert len(cut.rows) == MOST_ROWS
    assert cut.below == "7 more: “kfly buildings” shows all."


def test_type_is_embedded_for_every_sign_that_is_shown(overview: Overview) -> None:
    pytest.importorskip("pylopdf_fonts_zh_cn")
    from base64 import b64decode
    from io import BytesIO

    from fontTools.ttLib import TTFont

    speak("zh")
    made = make_page(Paper(overview, embeds_fonts=True))
    (data,) = re.findall(r'@font-face\{font-family:"kfly Sans";src:url\(data:font/woff;base64,(\S+?)\)', made)
    signs = set(TTFont(BytesIO(b64decode(data))).getBestCmap())
    assert {sign for sign in Read(made).text if "\u4e00" <= sign <= "\u9fff"} <= set(map(chr, signs))
    assert len(signs) < 2000
    assert len(made.encode()) < 2_000_000
