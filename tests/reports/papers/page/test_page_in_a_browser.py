"""The page in a real browser: it complains of nothing, sorts, filters, presents, fits a phone."""

from pathlib import Path

import pytest

from kfly.plan.model import Name
from kfly.progress.overview import Overview
from kfly.reports.papers.page import make_page
from kfly.reports.papers.paper import Paper
from tests.support.browser import CHROMIUM, look

pytestmark = [pytest.mark.slow, pytest.mark.skipif(CHROMIUM is None, reason="no browser")]

SHOWN = '[...page.querySelectorAll("#task-table tbody tr")].filter((row) => !row.hidden)'
NUMBERS = f"{SHOWN}.map((row) => row.cells[0].textContent)"
CHOOSE = """
const choose = (name, value) => {
  const choice = page.querySelector(`select[name=${name}]`);
  choice.value = value;
  choice.dispatchEvent(new view.Event("change", {bubbles: true}));
};
"""


def test_it_asks_for_nothing_and_complains_of_nothing(page: str, tmp_path: Path) -> None:
    seen = look(page, "return page.querySelectorAll('svg').length", tmp_path)
    assert seen == (16, ["/frame.html", "/page.html"], [])


def test_filters_leave_what_matches_all_of_them(page: str, tmp_path: Path) -> None:
    script = f"""{CHOOSE}
    const found = [];
    choose("light", "yellow");
    found.push({NUMBERS});
    choose("light", "");
    choose("states", "unsigned");
    found.push({NUMBERS}, page.querySelector("#shown").textContent);
    const finance = [...page.querySelectorAll("select[name=concerned] option")]
      .find((option) => option.textContent === "市财政局").value;
    choose("states", "overdue");
    choose("concerned", finance);
    found.push({NUMBERS});
    choose("light", "green");
    found.push({NUMBERS}, page.querySelector("#none-shown").hidden);
    page.querySelector("#filters button[type=reset]").click();
    await rest();
    found.push({SHOWN}.length);
    return found;
    """
    yellow, unsigned, told, overdue, none, hidden, all_ = look(page, script, tmp_path).answer
    assert yellow == ["10", "11"]
    assert unsigned == ["12", "16", "18"]
    assert told == "显示 3 项，共 20 项"
    assert overdue == ["9"]
    assert (none, hidden) == ([], False)
    assert all_ == 20


def test_headings_sort_up_and_down(page: str, tmp_path: Path) -> None:
    script = f"""
    const press = (key) => page.querySelector(`th[data-sort=${{key}}] button`).click();
    const sorts = () => [...page.querySelectorAll("th[aria-sort]")].map((th) => th.getAttribute("aria-sort"));
    const found = [];
    press("light");
    found.push({NUMBERS}.slice(0, 3), sorts());
    press("number");
    press("number");
    found.push({NUMBERS}.slice(0, 3), sorts());
    press("due");
    found.push({NUMBERS}[0]);
    return found;
    """
    by_light, up, by_number, down, first_due = look(page, script, tmp_path).answer
    assert (by_light, up) == (["9", "10", "11"], ["ascending"])
    assert (by_number, down) == (["20", "19", "18"], ["descending"])
    assert first_due == "1"


@pytest.mark.parametrize("width", [360, 820, 1280, 1920])
def test_it_fits_without_scrolling_sideways(page: str, width: int, tmp_path: Path) -> None:
    script = "return [page.documentElement.scrollWidth, view.innerWidth]"
    needed, there = look(page, script, tmp_path, width=width).answer
    assert needed <= there == width


def test_long_names_fit_a_phone_too(overview: Overview, tmp_path: Path) -> None:
    long = Name("长" * 90, "x" * 300)
    first = overview.tasks[0]
    row = overview.standing.targets[0]
    standing = overview.standing._replace(
        plan=overview.plan._replace(name=long),
        targets=(row._replace(target=row.target._replace(name=long, unit=Name("个" * 40, "y" * 80))),),
    )
    tasks = (first._replace(task=first.task._replace(title=long)),)
    made = make_page(Paper(overview._replace(standing=standing, tasks=tasks)))
    script = "return [page.documentElement.scrollWidth, view.innerWidth]"
    needed, there = look(made, script, tmp_path, width=360).answer
    assert needed <= there


def test_slides_show_one_target_a_screen(page: str, tmp_path: Path) -> None:
    script = """
    const shown = () => [...page.querySelectorAll("h1, h4, section > h2")]
      .filter((each) => each.checkVisibility()).map((each) => each.textContent);
    const key = (key) => page.body.dispatchEvent(new view.KeyboardEvent("keydown", {key, bubbles: true}));
    const found = [shown()];
    key("ArrowRight");
    found.push(shown());
    key("Home");
    found.push(shown(), page.querySelector("#slide-number").textContent);
    key("Escape");
    found.push(shown().length, page.querySelector("#remote").hidden);
    key("s");
    found.push(shown().length);
    return found;
    """
    second, third, first, number, all_, hidden, again = look(page, script, tmp_path, query="?slide=2").answer
    assert (second, third) == (["改造楼宇"], ["5万平方米以上楼宇"])
    assert (first, number) == (["江阴市科技赋能楼宇三年行动实施方案"], "1 / 13")
    assert all_ == 1 + 12 + 7
    assert hidden is True
    assert again == 1


def test_without_its_script_it_tells_all(page: str, tmp_path: Path) -> None:
    still = page[: page.index("<script>")] + "</body></html>"
    script = """
    const rows = page.querySelectorAll("#task-table tbody tr").length;
    const idle = [...page.querySelectorAll("#filters, #present, #remote, th button")];
    return [rows, idle.filter((each) => each.checkVisibility()).length];
    """
    assert look(still, script, tmp_path).answer == [20, 0]
