"""How people name a kind, a field and a record."""

import pytest

from tests.support.runner import Cli
from tests.support.shelf import Shelf


@pytest.fixture
def twins(kfly: Cli, shelf: Shelf) -> Cli:
    """Two buildings of one name, one of a number, and a project."""

    def prepare() -> None:
        for town in ("澄江街道", "高新区"):
            kfly.ok("add-building", "--name", "创新大厦", "--town", town, "--floor-area", "1000")
        kfly.ok("add-building", "--name", "1958", "--town", "华士镇", "--floor-area", "1000")
        kfly.ok("add-talent-project", "--name", "芯片", "--landed-on", "2022-03-01")

    shelf.lay("twins", kfly.folder, prepare)
    return kfly


@pytest.mark.parametrize(
    "kind", ["talent_project", "talent-project", "Talent-Project", "创新创业人才项目", "Talent projects"]
)
def test_a_kind_by_name_with_hyphen_or_underscore_or_by_label(twins: Cli, kind: str) -> None:
    assert [row["name"] for row in twins.json("list", kind)] == ["芯片"]
    assert twins.json("kinds", kind)["name"] == "talent_project"


@pytest.mark.parametrize("field", ["landed_on", "landed-on", "LANDED_ON", "落地日期", "Landed on"])
def test_a_field_by_name_with_hyphen_or_underscore_or_by_label(twins: Cli, field: str) -> None:
    twins.ok("set", "talent-project", "芯片", f"{field}=2022-04-01")

    assert twins.json("show", "talent-project", "芯片")["landed_on"] == "2022-04-01"


def test_all_of_it_in_chinese(twins: Cli) -> None:
    twins.ok("set", "楼宇", "华士镇/1958", "建筑面积=3万", "备注=老厂房")

    (row,) = twins.json("list", "楼宇", "--where", "所属镇街=华士镇")
    assert (row["floor_area"], row["note"]) == (30000, "老厂房")


@pytest.mark.parametrize(
    ("which", "town"),
    [
        ("1", "澄江街道"),
        ("2", "高新区"),
        ("#2", "高新区"),
        ("澄江街道/创新大厦", "澄江街道"),
        ("高新区/创新大厦", "高新区"),
        ("江阴高新区/创新大厦", "高新区"),
        ("城东街道/创新大厦", "高新区"),
        (" 高新区/创新大厦 ", "高新区"),
        ("1958", "华士镇"),
        ("华士镇/1958", "华士镇"),
        ("3", "华士镇"),
    ],
)
def test_a_record_by_id_name_or_town_and_name(twins: Cli, which: str, town: str) -> None:
    assert twins.json("show", "building", which)["town"] == town


@pytest.mark.parametrize("command", ["show", "set", "remove"])
def test_a_name_of_two_is_refused_and_both_are_listed(twins: Cli, command: str) -> None:
    rest = {"show": [], "set": ["note=x"], "remove": ["--reason", "x"]}[command]
    line = twins.refused("--lang", "en", command, "building", "创新大厦", *rest)

    assert "澄江街道/创新大厦 (#1)" in line
    assert "高新区/创新大厦 (#2)" in line


def test_an_unknown_record_is_refused_with_the_nearest(twins: Cli) -> None:
    assert "“1958”" in twins.refused("--lang", "en", "show", "building", "1985")
    assert "芯片" in twins.refused("set", "talent-project", "芯版", "note=x")


def test_an_unknown_id_is_refused(twins: Cli) -> None:
    assert "99" in twins.refused("show", "building", "99")
    assert "99" in twins.refused("remove", "building", "99", "--reason", "x")


@pytest.mark.parametrize("command", ["list", "show", "set", "remove", "kinds", "import"])
def test_an_unknown_kind_is_refused_with_the_nearest(twins: Cli, command: str) -> None:
    rest = {
        "list": [],
        "show": ["1"],
        "set": ["1", "note=x"],
        "remove": ["1", "--reason", "x"],
        "kinds": [],
        "import": ["sheet.csv"],
    }[command]
    (twins.folder / "sheet.csv").write_text("name\n", encoding="utf-8")

    line = twins.refused("--lang", "en", command, "bilding", *rest)
    assert line == "There is no kind of record “bilding”; did you mean “building”?"


def test_an_unknown_field_is_refused_with_the_nearest(twins: Cli) -> None:
    english = twins.refused("--lang", "en", "set", "building", "1", "flor-area=1")

    assert english == "Buildings: there is no field “flor-area”; did you mean “floor_area”?"
    assert "“建筑面积”" in twins.refused("set", "building", "1", "建筑面=1")


def test_an_unknown_command_to_add_is_refused_with_the_nearest(twins: Cli) -> None:
    line = twins.refused("--lang", "en", "add-bulding", "--name", "x", code=2)

    assert line == "There is no command “add-bulding”; did you mean “add-building”?"


def test_a_reference_takes_what_which_takes(twins: Cli) -> None:
    def host(building: str) -> object:
        return twins.json("set", "talent-project", "芯片", f"building={building}")["building"]

    assert host("高新区/创新大厦") == "高新区/创新大厦"
    assert host("1") == "澄江街道/创新大厦"
    assert host("华士镇/1958") == "1958"


def test_a_reference_to_a_name_of_two_is_refused(twins: Cli) -> None:
    line = twins.refused("set", "talent-project", "芯片", "building=创新大厦")

    assert "澄江街道/创新大厦" in line
    assert "高新区/创新大厦" in line
