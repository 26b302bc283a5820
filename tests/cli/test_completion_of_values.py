"""Words behind a command are completed from the database, by the shells' own protocol, and quietly."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.processes import environment
from tests.support.runner import Cli, contents
from tests.support.shelf import Shelf

NASTY = [
    "创新 大厦",
    "创新\\大厦",
    "江'阴",
    '江"阴',
    "`大厦`",
    "$HOME",
    "* a",
    "a:b=c",
    "[red]x",
    "a  b",
    "#1",
    "~x",
]


class Shell:
    """A shell that asks for completion, as its script does."""

    def __init__(self, kfly: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
        self.kfly, self.set = kfly, monkeypatch.setenv

    def bash(self, *words: str) -> list[str]:
        """What bash is offered for the last of these words, split as bash splits them."""
        self.set("_KFLY_COMPLETE", "complete_bash")
        self.set("COMP_WORDS", "\n".join(["kfly", *words]))
        self.set("COMP_CWORD", str(len(words)))
        return list(filter(None, self._answer().splitlines()))

    def line(self, shell: str, line: str) -> str:
        """What zsh or fish is offered at the end of a line."""
        self.set("_KFLY_COMPLETE", f"complete_{shell}")
        self.set("_TYPER_COMPLETE_ARGS", "kfly " + line)
        self.set("_TYPER_COMPLETE_FISH_ACTION", "get-args")
        return self._answer().rstrip("\n")

    def _answer(self) -> str:
        before = contents(self.kfly.folder)
        run = self.kfly()
        assert (run.code, run.err) == (0, "")
        assert contents(self.kfly.folder) == before
        return run.out


@pytest.fixture
def shell(kfly: Cli, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.setenv("KFLY_LANG", "en")
    shelf.lay("records to complete", kfly.folder, lambda: record(kfly))
    return Shell(kfly, monkeypatch)


def record(kfly: Cli) -> None:
    for name, town in (
        ("创新大厦", "澄江街道"),
        ("创业楼", "南闸街道"),
        ("创业楼", "华士镇"),
        ("老厂", "华士镇"),
    ):
        kfly.ok("add-building", "--name", name, "--town", town, "--floor-area", "100")
    kfly.ok("add-carrier", "--name", "众创", "--type", "孵化器", "--recognized-on", "2022-03-01")
    kfly.ok(
        "add-evaluation",
        "--carrier",
        "众创",
        "--year",
        "2022",
        "--score",
        "90",
        "--assessed-on",
        "2022-12-01",
    )


OFFERED = {
    "list b": ["building"],
    "kinds f": ["fund", "figure"],
    "template 楼": ["楼宇"],
    "export building f": ["fund", "figure"],
    "show building 创新": ["创新大厦"],
    "show building 创": ["华士镇/创业楼", "南闸街道/创业楼", "创新大厦"],
    "remove building 华士镇/": ["华士镇/创业楼", "华士镇/老厂"],
    "set 楼宇 老": ["老厂"],
    "show evaluation 众": ["众创"],
    "set building 老厂 floor": ["floor_area="],
    "set building 老厂 floor_area=1 cond": ["condition="],
    "set building 老厂 闲置": ["闲置面积="],
    "set building 老厂 condition = 在": ["在用", "在建"],
    "set building 老厂 condition =": ["闲置", "部分闲置", "在用", "在建", "新建"],
    "set building 老厂 town = 华": ["华士镇"],
    "set building --where town=华士镇 cond": ["condition="],
    "list enclave --where building = 老": ["老厂"],
    "list talent --where cat": ["category="],
    "import building --set town = 华": ["华士镇"],
    "import bui": ["building"],
    "import building x": [],
    "tasks --lead 市科": ["市科技局"],
    "tasks --lead = 市科": ["市科技局"],
    "overdue --org 市委组": ["市委组织部"],
    "progress 1 好 --by 市科": ["市科技局"],
    "tasks --light gr": ["green"],
    "tasks --state o": ["overdue", "open", "ongoing"],
    "status --by t": ["town"],
    "league --by s": ["score", "special_fund"],
    "trend fund": ["fund_scale"],
    "task 2": ["2", "20"],
    "done 1": ["1", *map(str, range(10, 20))],
    "measures 4": ["4"],
    "log t": ["talent_project", "talent", "task"],
    "log task 20": ["20"],
    "log building 老": ["老厂"],
    "add-fund --type 风": ["风险投资"],
    "add-enclave --host 高": ["高新区"],
    "add-enclave --host 华": [],
    "add-enclave --building 老": ["老厂"],
    "add-policy --promise special": ["special-fund"],
    "--lang z": ["zh"],
    "show nothing x": [],
    "set building 老厂 nothing = x": [],
}


@pytest.mark.parametrize(("line", "offered"), OFFERED.items(), ids=OFFERED)
def test_what_can_stand_there_is_offered(shell: Shell, line: str, offered: list[str]) -> None:
    assert shell.bash(*line.split(" ")) == offered


def test_what_an_english_word_begins_is_offered_in_english(shell: Shell) -> None:
    assert shell.bash("tasks", "--lead", "Science") == ["Science\\ and\\ Technology\\ Bureau"]


def test_tasks_of_several_tables_are_offered_with_their_year(shell: Shell) -> None:
    table = shell.kfly.folder / "tasks_2023.yaml"
    table.write_text(
        "year: 2023\ntasks: [{number: 1, title: 续, lead: [市科技局], due: 2023-12}]", encoding="utf-8"
    )
    shell.set("_KFLY_COMPLETE", "")
    shell.kfly.ok("load", "tasks_2023.yaml")

    assert shell.bash("task", "2023") == ["2023/1"]


def test_many_records_are_asked_for_by_how_they_begin(shell: Shell) -> None:
    with closing(sqlite3.connect(shell.kfly.db)) as db, db:
        db.executemany(
            "INSERT INTO talent (name, introduced_on) VALUES (?, '2022-05-01')",
            [(f"人才{n:05}",) for n in range(10_000)],
        )

    assert len(shell.bash("show", "talent", "人")) == 60
    assert shell.bash("show", "talent", "人才0777") == [f"人才0777{n}" for n in range(10)]


@pytest.mark.parametrize(("opening", "name"), [(q, name) for q in ("", "'", '"') for name in NASTY])
def test_a_name_is_handed_to_bash_as_bash_reads_it(
    shell: Shell, tmp_path: Path, opening: str, name: str
) -> None:
    import subprocess

    shell.set("_KFLY_COMPLETE", "")
    shell.kfly.ok("add-building", "--name", name, "--town", "华士镇", "--floor-area", "1")
    offered = shell.bash("show", "building", opening)
    read = subprocess.run(
        ["bash", "-c", "".join(f"printf '%s\\n' {opening}{word}{opening}\n" for word in offered)],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env=environment(LANG="C.UTF-8"),
    )

    assert name in read.stdout.splitlines()


def test_zsh_is_given_no_sign_that_it_would_act_on(shell: Shell) -> None:
    shell.set("_KFLY_COMPLETE", "")
    for name in NASTY:
        shell.kfly.ok("add-building", "--name", name, "--town", "华士镇", "--floor-area", "1")

    printed = shell.line("zsh", "show building ")
    assert printed.startswith("local -a _kfly; _kfly=($'")
    words = printed.partition("(")[2].partition(")")[0].split(" ")
    assert len(words) == len(NASTY) + 4
    for word in words:
        assert word.startswith("$'")
        assert set(word[2:-1]) <= set("\\" + "".join(filter(str.isalnum, word)) + "_@%+=:,./-")


def test_zsh_and_fish_are_given_the_whole_word(shell: Shell) -> None:
    assert "$'condition=闲置'" in shell.line("zsh", "set building 老厂 condition=闲")
    assert " -S ''" in shell.line("zsh", "set building 老厂 cond")
    assert "$'--lead=市科技局'" in shell.line("zsh", "tasks --lead=市科")
    assert shell.line("fish", "tasks --lead=市科").startswith("--lead=市科技局")
    assert shell.line("fish", "show building 老") == "老厂"
    assert shell.line("fish", "list enc") == "enclave\tEnclaves"
    assert shell.line("zsh", "show building nothing") == "_files"


def test_a_blank_within_quotes_begins_no_word(shell: Shell) -> None:
    shell.set("_KFLY_COMPLETE", "")
    shell.kfly.ok("add-building", "--name", "创新 大厦", "--town", "华士镇", "--floor-area", "1")
    for typed in ("创新\\ ", '"创新 ', "'创新 "):
        assert shell.line("fish", "show building " + typed) == "创新 大厦"


@pytest.mark.parametrize("line", ["show building ", "list --where ", "tasks --lead ", "add-enclave --host "])
def test_from_no_database_comes_nothing(empty: Cli, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    assert Shell(empty, monkeypatch).bash(*line.split(" ")) == []


@pytest.mark.parametrize("line", ["show building ", "tasks --lead ", "task ", "log building "])
@pytest.mark.parametrize("damage", ["other", "empty", "newer", "folder"])
def test_from_a_file_that_cannot_be_read_comes_nothing(shell: Shell, line: str, damage: str) -> None:
    path = shell.kfly.db
    if damage == "newer":
        with closing(sqlite3.connect(path)) as db:
            db.execute("PRAGMA user_version = 99")
    else:
        path.unlink()
        if damage == "folder":
            path.mkdir()
        else:
            path.write_bytes(b"mine" if damage == "other" else b"")
    assert shell.bash(*line.split(" ")) == []


def test_a_locked_file_is_not_waited_for(shell: Shell) -> None:
    with closing(sqlite3.connect(shell.kfly.db, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = delete")
        db.execute("BEGIN EXCLUSIVE")
        assert shell.bash("show", "building", "") == []
        assert shell.bash("tasks", "--lead", "") == []


def test_an_old_database_is_asked_as_it_is(shell: Shell) -> None:
    with closing(sqlite3.connect(shell.kfly.db, isolation_level=None)) as db:
        for table in ("quotas", "progress_notes", "mailings", "accepted_findings", "left_out_kinds"):
            db.execute(f"DROP TABLE {table}")
        db.execute("PRAGMA user_version = 2")
    assert shell.bash("show", "building", "老") == ["老厂"]
    assert shell.bash("task", "20") == ["20"]
