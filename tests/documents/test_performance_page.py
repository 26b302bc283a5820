"""The pages on performance say what the bench has measured, and promise what it measures."""

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from tests.support import ROOT


@pytest.fixture(autouse=True)
def _bench(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the bench's own modules be found."""
    monkeypatch.syspath_prepend(ROOT / "bench")


@pytest.fixture
def page() -> Any:
    return import_module("page")


@pytest.fixture
def results() -> Any:
    return import_module("results")


STATUS = "status with 1,200 mixed records, against importing its libraries"
SHOW = "memory of show at 1 million"
USUAL, LATER = "1.0 (abcdefg)", "1.0 (hijklmn)"
TODO = "tasks, against todo list of 1,200 to-dos"


@pytest.fixture
def run(results: Any) -> Any:
    """A run in which one budget is missed."""
    measured = [
        results.Measured(STATUS, "x", 1.3, 1.15, 0.13, 0.2, 1.5, "small", "2026-11-28", USUAL),
        results.Measured(SHOW, "MiB", 33.4, 45, None, None, 812.0, "size", "2026-11-29", USUAL),
        results.Measured(TODO, "x", 0.1, None, 0.13, 1.3, None, "peers", "2026-11-29", LATER),
    ]
    machine = {
        "processor": "Any",
        "processors": 2,
        "memory": 23,
        "system": "Linux",
        "python": "3.11",
        "sqlite": "3.40",
    }
    return results.Results(machine, ["hledger"], measured)


def words_with(page: Any, **reasons: dict[str, str]) -> Any:
    return {**page.read_words(), "reasons": reasons}


def test_the_pages_are_those_of_the_figures_that_are_kept(page: Any) -> None:
    for path, text in page.render_pages().items():
        assert path.read_text(encoding="utf-8") == text


def test_a_missed_budget_stands_in_red_with_its_reason(page: Any, run: Any) -> None:
    words = words_with(page, **{STATUS: {"en": "it is slow.", "zh": "它慢。"}})

    english, chinese = (page.render(run, words, language) for language in ("en", "zh"))

    row = "| Status with 1,200 mixed records, against importing its libraries | 130 ms | 1.5 s | 200 ms |"
    assert f"{row} 🔴 **1.30** | ≤ 1.15, **missed** |" in english
    assert "- 🔴 Status with 1,200 mixed records, against importing its libraries: it is slow." in english
    assert "| 🔴 **1.30** | ≤ 1.15, **未达到** |" in chinese
    assert "：它慢。" in chinese
    assert "**1 of 2 budgets are met.**" in english
    assert "**2 项指标中 1 项达到。**" in chinese


def test_a_figure_of_another_commit_than_most_is_named_with_it(page: Any, run: Any) -> None:
    words = words_with(page)

    assert "kfly 1.0 (abcdefg) on 2 × Any" in page.render(run, words, "en")
    assert "\n\nOf kfly 1.0 (hijklmn): Tasks, against todo list of 1,200 to-dos.\n" in page.render(
        run, words, "en"
    )
    assert "以 kfly 1.0 (hijklmn) 测得：" in page.render(run, words, "zh")


def test_a_missed_budget_without_a_reason_says_so(page: Any, run: Any) -> None:
    english, chinese = (page.render(run, words_with(page), language) for language in ("en", "zh"))

    assert "against importing its libraries: no reason is known" in english
    assert "对照加载所用的库：原因尚未查明" in chinese


def test_memory_has_a_table_of_its_own_and_yardsticks_promise_nothing(page: Any, run: Any) -> None:
    words = words_with(page, **{STATUS: {"en": "it is slow.", "zh": "它慢。"}})

    english = page.render(run, words, "en")

    assert "| Memory of show at 1 million | 33 MiB | 812 MiB | ≤ 45 MiB |" in english
    assert "| Tasks, against todo list of 1,200 to-dos | 130 ms | – | 1.3 s | 0.10 | – |" in english


def test_seconds_have_a_table_between_ratios_and_memory(page: Any, run: Any, results: Any) -> None:
    roll_up, draft, memory = (
        "rollup of 200 counties of 2,000 to 10,000 records by one process, each county",
        "draft of a Word document of 50 pages, 600 tasks",
        "memory of rollup of 200 counties by one process",
    )
    measured = [
        results.Measured(memory, "MiB", 31.2, 100, group="counties", day="2026-11-28"),
        results.Measured(roll_up, "CPU s", 0.0291, 0.045, group="counties", day="2026-11-28"),
        results.Measured(draft, "s", 6.1, 5, group="counties", day="2026-11-28"),
    ]

    english = page.render(run._replace(measured=measured), words_with(page), "en")

    part = english.partition("## Many counties")[2].partition("##")[0].strip()
    assert part.startswith(
        "| Seconds | kfly | budget |\n| :--- | ---: | ---: |\n"
        "| Rollup of 200 counties of 2,000 to 10,000 records by one process, each county"
        " | 29 ms | ≤ 45 ms |\n"
        "| Draft of a Word document of 50 pages, 600 tasks | 🔴 **6.1 s** | ≤ 5.0 s, **missed** |\n\n"
        "| Peak memory | kfly | 12ac04b | budget |\n"
    )


def test_all_processes_of_a_command_are_measured() -> None:
    measuring, results = map(import_module, ("measuring", "results"))
    busy = "sum(range(3_000_000))"
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', '{busy}'])"

    used = measuring.run([[sys.executable, "-c", child]])
    alone = measuring.run([[sys.executable, "-c", "pass"]])
    (measured,) = measuring.measure(
        measuring.Limit("x", [sys.executable, "-c", busy], 60, results.PROCESSOR, 4), 1
    )

    assert used.processor > alone.processor * 2
    assert (measured.unit, measured.is_missed) == (results.PROCESSOR, False)


def test_the_pages_say_what_was_not_measured_and_which_yardsticks_were_not_there(page: Any, run: Any) -> None:
    words = words_with(page, **{STATUS: {"en": "it is slow.", "zh": "它慢。"}})

    english, chinese = (page.render(run, words, language) for language in ("en", "zh"))

    assert "## Papers\n\nNot measured yet.\n" in english
    assert "## 会议材料\n\n尚未测量。\n" in chinese
    assert "passed over: hledger." in english
    assert "measured from 2026-11-28 to 2026-11-29" in english
    assert "2 × Any, 23 GiB, Linux, Python 3.11, SQLite 3.40" in english


def test_every_figure_has_a_chinese_name_and_every_name_a_figure(page: Any) -> None:
    runner, workshop = map(import_module, ("run", "workshop"))
    build = workshop.Build(Path("/nowhere"))

    measured = runner.list_names(runner.list_tasks(build, build))

    words = page.read_words()
    maybe = {
        name
        for name in words["names"]
        if any(peer in name for peer in ("sqlite3", "task ", "hledger", "todo"))
    }
    assert set(measured) - words["names"].keys() == set()
    assert words["names"].keys() - set(measured) - maybe == set()
    assert words["reasons"].keys() - set(measured) == set()
    assert len(measured) == len(set(measured))


def test_results_come_back_as_they_were_kept(results: Any, run: Any, tmp_path: Path) -> None:
    results.write_results(run, tmp_path / "results.json")

    assert results.read_results(tmp_path / "results.json") == run
    assert results.read_results(tmp_path / "none.json") is None


def test_a_run_of_some_budgets_replaces_these_and_keeps_the_others(results: Any, run: Any) -> None:
    again = run._replace(measured=[run.measured[1]._replace(value=30.0, program=LATER)])

    merged = results.merge(run, again, [STATUS, SHOW])

    assert [one.program for one in merged.measured] == [USUAL, LATER]
    assert [(one.name, one.value) for one in merged.measured] == [(STATUS, 1.3), (SHOW, 30.0)]


def test_two_runs_agree_within_a_tenth(results: Any, run: Any) -> None:
    status, show, todo = run.measured
    again = run._replace(
        measured=[status._replace(value=1.42), show._replace(value=20.0), todo._replace(name="new")]
    )

    assert list(results.compare(run, again)) == [f"  33.40 ->   20.00 (-40%)  {SHOW}"]


def test_the_bench_measures_what_is_promised(page: Any) -> None:
    """Each line of the promise that a record costs the same at any size, with the amounts promised."""
    runner, workshop = map(import_module, ("run", "workshop"))
    build = workshop.Build(Path("/nowhere"))
    tasks = [task.wanted for task in runner.list_tasks(build, build)]
    allowed = {wanted.name.partition(", against")[0]: wanted.at_most for wanted in tasks}

    for view in ("status", "tasks", "overdue"):
        assert allowed[f"{view} with 1,200 mixed records"] == 1.15
    for view in ("status", "measures", "league", "trend talents", "overdue", "tasks"):
        assert allowed[f"{view} at 1 million"] == 1.2
    for one in (
        *("show", "set", "add and remove", "done and reopen", "progress"),
        *("a refused duplicate", "a did-you-mean"),
    ):
        budget = next(wanted for wanted in tasks if wanted.name.startswith(f"{one} at 1 million"))
        assert (budget.at_most, budget.memory) == (1.15, 45)
    for view in ("list --limit 50", "list talent through the pager", "log through the pager"):
        assert allowed[f"{view} at 1 million"] == 1.3
    assert allowed["list of 10,000 as a table in a pipe"] == 0.3
    assert allowed["memory of list --json of 1 million"] == 60
    imports = {w.name.rpartition("against ")[2]: w.at_most for w in tasks if "rows of CSV, against" in w.name}
    assert imports == {
        "sqlite-utils insert --csv": 0.45,
        "the older build": 0.65,
        "ten imports of 100,000": 1.1,
    }
    assert next(wanted.memory for wanted in tasks if "ten imports" in wanted.name) == 300
    assert allowed["check of 1 million"] == 0.4
    assert allowed["export of 100,000 records to .xlsx"] == 1.15
    assert allowed["completion of a record's name at 1 million"] == 1.3
    assert allowed["show in a log of a million changes"] == 1.2
    assert allowed["rollup of 200 counties of 2,000 to 10,000 records by one process, each county"] == 0.045
    assert allowed["rollup of 200 counties on Dask, in processor time of all its processes"] == 1.5
    assert allowed["memory of rollup of 200 counties by one process"] == 100
    shared = next(wanted for wanted in tasks if "a process for each processor" in wanted.name)
    assert shared.at_most * import_module("counties").count_processors() == 1.25
    assert shared.memory == 100
    assert allowed["draft of a Word document of 50 pages, 600 tasks"] == 5
    assert allowed["tasks of a table of 2,000 with 20,000 notes and extensions"] == 2
