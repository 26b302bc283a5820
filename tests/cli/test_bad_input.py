"""Bad input: one line on stderr that says what to do, exit 1 or 2, nothing on stdout, nothing changed."""

from pathlib import Path

import pytest

from tests.support.processes import environment, process
from tests.support.runner import Cli, content
from tests.support.warm import Warm

# What is typed: the exit code, and what the line says (in English).
WRONG: dict[str, tuple[int, str]] = {
    "status --as-of 2022-02-30": (2, "--as-of: “2022-02-30” is not a day"),
    "status --as-of 2022-13": (2, "--as-of: “2022-13” is not a day"),
    "status --as-of tomorrow": (2, "“tomorrow”"),
    "status --as-of=": (2, "“”"),
    "demo --as-of 2022-13-01": (2, "“2022-13-01”"),
    "done 1 --on 31.01.2022": (2, "--on: “31.01.2022” is not a day"),
    "done 1 --on 2022-01": (2, "--on: “2022-01” is not a day"),
    "done 1 --on yesterday": (2, "--on: “yesterday” is not a day"),
    "task 99": (1, "There is no task 99"),
    "task 0": (1, "There is no task 0"),
    "task eleven": (1, "“eleven” is not a task"),
    "task 2022/": (1, "There is no task 2022/"),
    "task /11": (1, "There is no task /11"),
    "task 11.0": (1, "There is no task 11.0"),
    f"task {'1' * 5000}": (1, "There is no task"),
    f"task 2022/{'1' * 5000}": (1, "There is no task"),
    f"show building {'1' * 5000}": (1, "is called"),
    f"tasks --year {'1' * 5000}": (2, "is not a whole number"),
    "done 99 --on 2022-01-28": (1, "There is no task 99"),
    "reopen 99 --reason x": (1, "There is no task 99"),
    "frobnicate": (2, "There is no command “frobnicate”"),
    "stauts": (2, "did you mean “status”?"),
    "task-s": (2, "did you mean “tasks”?"),
    "status --frob": (2, "There is no option --frob"),
    "status --jsn": (2, "did you mean --json?"),
    "status -x": (2, "There is no option -x"),
    "--frob status": (2, "There is no option --frob"),
    "status --json=yes": (2, "--json takes no value; see “kfly status --help”"),
    "status --as-of": (2, "--as-of wants a value; see “kfly status --help”"),
    "--db": (2, "--db wants a value; see “kfly --help”"),
    "--lang": (2, "--lang wants a value"),
    "status --db x.db": (2, "--db stands before the command: kfly --db … status"),
    "status --lang zh": (2, "--lang stands before the command: kfly --lang … status"),
    "status now": (2, "Unexpected: now; see “kfly status --help”"),
    "task 11 12 13": (2, "Unexpected: 12 13; see"),
    "task": (2, "N is missing; see “kfly task --help”"),
    "done": (2, "N is missing"),
    "show": (2, "KIND is missing; see “kfly show --help”"),
    "show building": (2, "WHICH is missing"),
    "set building 1": (2, "FIELD=VALUE… is missing"),
    "import": (2, "No file is named; see “kfly import --help”"),
    "import building": (2, "No file is named; see “kfly import --help”"),
    "import building --set town=高新区": (2, "No file is named"),
    "import x.csv --set town=高新区": (2, "--set needs the kind of record before the files"),
    "import building x.csv --set": (2, "--set wants a value"),
    "import building x.csv --faults x.txt": (2, "--faults: “x.txt” is neither an .xlsx file nor a folder"),
    "import building x.csv y.csv --faults z.xlsx": (2, "--faults: for several files, name a folder"),
    "import building x.xlsx --faults x.xlsx": (2, "--faults: x.xlsx is a file that is read"),
    "import building x.csv --updat": (2, "did you mean --update?"),
    "template": (2, "KIND is missing"),
    "template building": (2, "--output is missing; see “kfly template --help”"),
    "template building --output x.csv": (2, "--output: “x.csv” is not an .xlsx file"),
    "template bilding --output x.xlsx": (1, "did you mean “building”?"),
    "template building --output nowhere/x.xlsx": (1, "nowhere/x.xlsx cannot be written"),
    "export": (2, "--output is missing; see “kfly export --help”"),
    "export --output x.doc": (2, "--output: “x.doc” is none of .xlsx, .csv, .json, .jsonl"),
    "export --output x": (2, "--output: “x” is none of"),
    "export --output - --format doc": (2, "--format: “doc” is none of xlsx, csv, json, jsonl"),
    "export --output x.csv": (1, "A CSV file holds one kind of record"),
    "export bilding --output x.csv": (1, "did you mean “building”?"),
    "export building --output nowhere/x.csv": (1, "nowhere/x.csv cannot be written"),
    "remove building 1": (2, "--reason is missing"),
    "reopen 1": (2, "--reason is missing"),
    "show bilding 1": (1, "did you mean “building”?"),
    "show building 1": (1, "“1”"),
    "show building #1": (1, "“#1”"),
    "list building --where flor_area=1": (1, "did you mean “floor_area”?"),
    "list building --where name": (2, "“name” is not of the form field=value"),
    "list building --where name>=x": (2, "name cannot be compared with >=, only numbers and dates can"),
    "list building --where stage>open": (2, "stage cannot be compared with >"),
    "list building --where stage=opne": (1, "did you mean “open”?"),
    "list building --where outcome=pass": (1, "there is no field “outcome”"),
    "list building --where floor_area>=": (2, "floor_area>= wants a value"),
    "list building --where floor_area>=viel": (1, "Floor area: “viel” is not an area"),
    "list building --where surveyed_on>=2022-03": (1, "“2022-03” is not a day"),
    "list building --where town=高新区 --where town=华士镇": (2, "town is given two values"),
    "list building --columns name,flor_area": (1, "did you mean “floor_area”?"),
    "list building --sort flor_area": (1, "did you mean “floor_area”?"),
    "list building --sort 计入": (1, "there is no field “计入”"),
    "list building --sum name": (2, "name cannot be added up, only: floor_area"),
    "list building --sum stage": (2, "stage cannot be added up"),
    "list meeting --sum held_on": (2, "there are no numbers here"),
    "list building --limit 0": (2, "--limit: at least 1"),
    "list building --limit many": (2, "--limit: “many” is not a whole number"),
    "set building --where town=高新区": (2, "FIELD=VALUE… is missing"),
    "set building 楼 note=x --where town=高新区": (2, "leave out “楼”, or leave out --where"),
    "set building 楼 note=x --yes": (2, "--yes goes with --where"),
    "set building --where town=高新区 flor_area=1": (1, "did you mean “floor_area”?"),
    "set building --where town=高新区 floor_area=viel": (1, "Floor area: “viel” is not an area"),
    "template building --output x.xlsx --town 火星镇": (2, "--town: “火星镇” is not a town or zone"),
    "template enclave --output x.xlsx --town=": (2, "--town: a name is missing"),
    "template meeting --output x.xlsx --town 高新区": (2, "--town: a record of Meetings names no town"),
    "template building --output x.xlsx --columns flor_area": (1, "did you mean “floor_area”?"),
    "list building --where =": (1, "“”"),
    "kinds nothing": (1, "There is no kind of record “nothing”"),
    "import building nowhere.csv": (1, "nowhere.csv: cannot be read: there is no such file"),
    "import nowhere.csv": (1, "nowhere.csv: cannot be read: there is no such file"),
    "import building kfly.db": (1, "kfly.db: is none of .xlsx, .xls, .ods, .fods, .csv, .tsv, .json, .jsonl"),
    "tasks --light gren": (2, "did you mean “green”?"),
    "tasks --light 绿色的": (2, "is none of red, yellow, blue, green, none"),
    "tasks --state late": (
        2,
        "is none of done, overdue, open, ongoing, suspended, cancelled",
    ),
    "tasks --year twenty": (2, "--year: “twenty” is not a whole number"),
    "tasks --year 2023": (1, "There is no table of 2023; there are: 2022"),
    "tasks --org 火星局": (1, "No organisation is called “火星局”"),
    "overdue --days 3": (2, "--days says what --soon means"),
    "overdue --soon --days -3": (2, "--days: “-3” is not a whole number"),
    "add-building": (2, "--name, --town, --floor-area is missing; see “kfly add-building --help”"),
    "add-building --name 楼": (2, "--town, --floor-area is missing"),
    "add-building --name= --town 高新区 --floor-area 1": (2, "--name is missing"),
    "add-building --name 楼 --town 高新区 --floor-area viel": (1, "Floor area: “viel” is not an area"),
    "add-building --name 楼 --town 火星镇 --floor-area 1": (1, "Town: “火星镇” is not a town or zone"),
    "add-building --nam 楼": (2, "did you mean --name?"),
    "add-building 楼": (2, "Unexpected: 楼"),
    "add-tenant --name x": (2, "There is no command “add-tenant”"),
    "add-": (2, "There is no command “add-”"),
    "init --targets nowhere.yaml": (1, "kfly.db exists already"),
    "--lang fr status": (2, "“fr” is neither zh nor en"),
    "--db=nowhere/x.db status": (1, "There is no database nowhere/x.db"),
}


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KFLY_LANG", "en")


@pytest.mark.parametrize("typed", WRONG, ids=lambda typed: typed[:60])
def test_it_is_refused_in_one_line(kfly: Cli, typed: str) -> None:
    code, told = WRONG[typed]

    assert told in kfly.refused(*typed.split(), code=code)


@pytest.mark.parametrize("typed", WRONG, ids=lambda typed: typed[:60])
def test_it_is_refused_in_chinese_too(kfly: Cli, monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    monkeypatch.setenv("KFLY_LANG", "zh")

    line = kfly.refused(*typed.split(), code=WRONG[typed][0])
    assert any("\u4e00" <= sign <= "\u9fff" for sign in line)


NOT_UTF8 = b"\xff\xfe"
NOT_UTF8_ARGUMENTS: dict[str, list[bytes]] = {
    "a command": [NOT_UTF8],
    "an add command": [b"add-" + NOT_UTF8],
    "a word too many": [b"status", NOT_UTF8],
    "an option": [b"status", b"--" + NOT_UTF8],
    "a day": [b"status", b"--as-of", NOT_UTF8],
    "the language": [b"--lang", NOT_UTF8, b"status"],
    "the database": [b"--db", NOT_UTF8, b"status"],
    "a task": [b"task", NOT_UTF8],
    "an organisation": [b"tasks", b"--org", NOT_UTF8],
    "a light": [b"tasks", b"--light", NOT_UTF8],
    "a year": [b"tasks", b"--year", NOT_UTF8],
    "days": [b"overdue", b"--soon", b"--days", NOT_UTF8],
    "a remark": [b"done", b"1", b"--on", b"2022-01-28", b"--note", NOT_UTF8],
    "evidence": [b"done", b"1", b"--on", b"2022-01-28", b"--evidence", NOT_UTF8],
    "a reason to reopen": [b"reopen", b"1", b"--reason", NOT_UTF8],
    "a reason to remove": [b"remove", b"building", b"1", b"--reason", NOT_UTF8],
    "a kind": [b"list", NOT_UTF8],
    "a record": [b"show", b"building", NOT_UTF8],
    "a field": [b"list", b"building", b"--where", NOT_UTF8 + b"=1"],
    "a value": [b"add-policy", b"--name", NOT_UTF8],
    "a condition": [b"list", b"building", b"--where", b"name=" + NOT_UTF8],
    "a sheet": [b"import", b"building", NOT_UTF8 + b".csv"],
    "a sheet of no known format": [b"import", b"building", NOT_UTF8],
    "a kind to import": [b"import", NOT_UTF8, b"x.csv"],
    "a marked copy": [b"import", b"building", b"x.csv", b"--faults", NOT_UTF8],
    "a kind of template": [b"template", NOT_UTF8, b"--output", b"x.xlsx"],
    "a template": [b"template", b"building", b"--output", NOT_UTF8],
    "a kind to export": [b"export", NOT_UTF8, b"--output", b"x.csv"],
    "an export": [b"export", b"--output", NOT_UTF8],
    "a format": [b"export", b"--output", b"x.csv", b"--format", NOT_UTF8],
    "a plan": [b"--db", b"new.db", b"init", b"--targets", NOT_UTF8],
    "a table": [b"--db", b"new.db", b"init", b"--tasks", NOT_UTF8],
}


@pytest.mark.slow
@pytest.mark.parametrize("what", NOT_UTF8_ARGUMENTS)
def test_what_is_not_utf8_is_refused_in_one_line(kfly: Cli, warm: Warm, what: str) -> None:
    before = content(kfly.db)
    run = warm.run(kfly.folder, *NOT_UTF8_ARGUMENTS[what], env=environment(LANG="C"))

    assert (run.returncode in (1, 2), run.stdout) == (True, b"")
    assert run.stderr.count(b"\n") == 1, run.stderr.decode()
    assert b"Traceback" not in run.stderr
    assert run.stderr.decode()  # the line itself is UTF-8
    assert content(kfly.db) == before
    assert not (kfly.folder / "new.db").exists()


@pytest.mark.slow
def test_a_file_whose_name_is_not_utf8_can_be_evidence(kfly: Cli) -> None:
    Path(kfly.folder, "证据\udcff.pdf").write_bytes(b"")
    run = process(kfly.folder, "done", "1", "--on", "2022-01-28", "--evidence", "证据".encode() + b"\xff.pdf")

    assert run.returncode == 0, run.stderr
    assert kfly.json("task", "1")["history"][0]["evidence"] == ["证据\\xff.pdf"]


@pytest.mark.slow
def test_as_a_process_it_is_the_same(kfly: Cli) -> None:
    for typed in ("status --as-of 2022-02-30", "task 99", "frobnicate", "show", "tasks --light gren"):
        run = process(kfly.folder, "--lang", "en", *typed.split())
        assert (run.returncode, run.stdout) == (WRONG[typed][0], b"")
        assert run.stderr.decode().rstrip("\n") == kfly.refused(*typed.split(), code=WRONG[typed][0])
