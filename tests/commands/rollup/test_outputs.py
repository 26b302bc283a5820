"""``rollup -o``: the page, in a real browser, and the workbook."""

from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from tests.commands.rollup.test_rollup import MANIFEST, ONE, rolled_up, talents
from tests.support.browser import CHROMIUM, look
from tests.support.many_counties import make_county
from tests.support.runner import Cli

ROWS = '[...page.querySelectorAll("#county-table tbody tr")]'


@pytest.fixture
def province(empty: Cli, demo_database: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Two counties of two cities, and one that is missing."""
    monkeypatch.setenv("KFLY_LANG", "en")
    folder = empty.folder / "counties"
    folder.mkdir()
    for number, name in enumerate(["甲县", "乙县"]):
        make_county(demo_database, folder / f"{name}.db", number)
    (empty.folder / "counties.yaml").write_text(MANIFEST, encoding="utf-8")
    return empty


def written(kfly: Cli, name: str) -> Path:
    run = kfly("rollup", *ONE, "-o", name)
    assert run.code == 1  # one is missing
    assert run.lines == ["2 of 3 counties · as of 2022-11-30", f"Wrote {name}."]
    assert run.err == "丁: counties/丁县.db: there is no such file.\n"
    return kfly.folder / name


def sheet(path: Path, name: str) -> list[list[Any]]:
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_name(name).to_python()


def test_the_workbook_holds_the_whole_the_groups_each_county_and_who_is_missing(province: Cli) -> None:
    path = written(province, "r.xlsx")
    row = talents(rolled_up(province, code=1))
    (whole,) = (cells for cells in sheet(path, "All counties") if cells[0] == row["name"])
    assert whole[1:8] == [row["sum"], "≥", row["goal"], row["unit"], 2, 2, row["met"]]
    shares = {cells[1]: cells[5] for cells in sheet(path, "Ranking") if isinstance(cells[0], float)}
    places = rolled_up(province, code=1)["ranking"]
    assert shares == {place["name"]: int(place["share"] * 100) / 100 for place in places}  # not rounded up
    groups = {cells[0] for cells in sheet(path, "Groups")}
    assert {"江苏省", "江苏省 / 无锡市", "江苏省 / 苏州市"} <= groups
    assert len([cells for cells in sheet(path, "Each county") if cells[3] == row["name"]]) == 2
    assert ["丁", "江苏省 / 苏州市", "counties/丁县.db: there is no such file."] in sheet(path, "Not added")


def test_a_file_is_replaced_only_when_that_is_asked_for(province: Cli) -> None:
    written(province, "r.html")
    assert "exists already" in province.refused("rollup", *ONE, "-o", "r.html")
    assert province("rollup", *ONE, "-o", "r.html", "--force").code == 1


def test_the_page_shows_every_county_without_any_script(province: Cli) -> None:
    page = written(province, "r.html").read_text(encoding="utf-8")
    assert page.count('<th scope="row"') == 2
    assert ">Red</th>" in page  # by which they are ranked
    assert "丁" in page


@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason="no browser")
def test_one_very_long_name_does_not_push_the_lights_out_of_sight(province: Cli, tmp_path: Path) -> None:
    page = written(province, "r.html").read_text(encoding="utf-8").replace("甲", "名字非常长" * 20)
    script = f"""
    const cells = {ROWS}[0].cells;
    return [cells[2].getBoundingClientRect().right, cells[1].getBoundingClientRect().width];
    """
    right, width = look(page, script, tmp_path, width=1200).answer
    assert right < 700
    assert width < 300


@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason="no browser")
def test_in_a_browser_the_counties_are_sorted_by_any_target_and_nothing_is_fetched(
    province: Cli, tmp_path: Path
) -> None:
    page = written(province, "r.html").read_text(encoding="utf-8")
    script = f"""
    const names = () => {ROWS}.map((row) => row.cells[1].textContent);
    const found = [names()];
    const heading = page.querySelectorAll("#county-table th button")[1];
    heading.click(); found.push(names());
    heading.click(); found.push(names());
    found.push(heading.closest("th").getAttribute("aria-sort"));
    found.push(page.documentElement.scrollWidth <= view.innerWidth);
    return found;
    """
    seen = look(page, script, tmp_path, width=500)
    first, up, down, sort, fits = seen.answer
    assert sorted(first) == sorted(up) == sorted(down)
    assert up == down[::-1]
    assert (sort, fits) == ("descending", True)
    assert (seen.requests, seen.console) == (["/frame.html", "/page.html"], [])
