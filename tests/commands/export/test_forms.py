"""Forms for phones: pyxform converts them without a warning, and their answers come back as records."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import xlsxwriter
from pyxform.xls2xform import convert

from kfly.registry.kinds import read_standing_kinds
from tests.support.desk import Desk, sheets
from tests.support.plan_office import Office
from tests.support.runner import Cli

KINDS = [kind.name for kind in read_standing_kinds()]
# As the two servers name what they add, around the questions.
ODK = {
    "SubmissionDate": "2022-11-03T02:11:04.000Z",
    "start": "2022-11-03T10:10:00.000+08:00",
    "end": "2022-11-03T10:11:00.000+08:00",
    "meta-instanceID": "uuid:5e0f",
    "location-Latitude": "31.91",
    "location-Longitude": "120.27",
    "location-Altitude": "3",
    "location-Accuracy": "4.1",
    "KEY": "uuid:5e0f",
    "SubmitterName": "张三",
    "ReviewState": "approved",
    "FormVersion": "20221101",
}
KOBO: dict[str, Any] = {
    "start": "2022-11-03T10:10:00.000+08:00",
    "end": "2022-11-03T10:11:00.000+08:00",
    "location": "31.91 120.27 3 4.1",
    "_location_latitude": 31.91,
    "_location_longitude": 120.27,
    "_location_altitude": 3,
    "_location_precision": 4.1,
    "meta/instanceID": "uuid:5e0f",
    "_id": 311,
    "_uuid": "5e0f",
    "_submission_time": "2022-11-03 02:11:04",
    "_validation_status": "",
    "__version__": "vX1",
    "_index": 1,
}


def form(cli: Cli, kind: str, *args: str, lang: str = "zh") -> str:
    """Write a form and convert it as servers do; what phones get."""
    path = cli.folder / f"{kind}.xlsx"
    cli.ok("--lang", lang, "template", kind, "-o", str(path), "--xlsform", "--force", *args)
    warnings: list[str] = []
    made = convert(str(path), warnings=warnings)
    assert warnings == []
    return str(made.xform)


def write_csv(path: Path, rows: Sequence[Mapping[str, Any]]) -> str:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return str(path)


def write_xlsx(path: Path, rows: Sequence[Mapping[str, Any]]) -> str:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("楼宇 · 方案")
        for at, row in enumerate([dict(zip(rows[0], rows[0], strict=True)), *rows]):
            sheet.write_row(at, 0, list(row.values()))
    return str(path)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_form_in_both_languages(filled: Cli, kind: str, lang: str) -> None:
    made = form(filled, kind, lang=lang)
    assert f'id="kfly_{kind}"' in made


def test_a_plans_own_kind_has_one(office: Office) -> None:
    made = form(office.cli, "shop", lang="en")
    assert "<item><name>一号</name><label>一号</label></item>" in made
    assert 'type="date"' in made


def test_references_are_chosen_from_the_registry_and_the_rest_is_checked(filled: Cli) -> None:
    made = form(filled, "building", lang="en")
    operators = filled.json("list", "operator")
    assert operators
    for row in operators:
        assert f"<name>{row['name']}</name>" in made
    assert 'nodeset="/data/floor_area" type="decimal" required="true()" constraint=". &gt;= 0' in made
    assert "or . &lt;=  /data/floor_area" in made
    assert 'nodeset="/data/surveyed_on" type="date"' in made
    assert "Floor area (m²)" in made
    assert 'nodeset="/data/location" type="geopoint"' in made
    assert (
        'nodeset="/data/longitude" type="string" calculate="if( /data/location  = \'\', \'\', round(' in made
    )


def test_names_of_any_signs_are_choices_or_left_out(kfly: Cli) -> None:
    names = ["甲 乙", "<b>&", '"quoted", and', "it's", "=1+1", "[red]x[/red]", "${town}", "楼-1/2"]
    for name in names:
        kfly.ok("add-operator", f"--name={name}", "--introduced-on", "2022-03-01")
    made = form(kfly, "building")
    assert made.count('<instance id="operator">') == 1
    assert "甲 乙" in made
    assert "<name>${town}</name>" not in made


def test_every_cell_is_a_text(filled: Cli) -> None:
    form(filled, "evaluation")
    for rows in sheets(filled.folder / "evaluation.xlsx").values():
        assert {type(cell) for row in rows for cell in row} == {str}


def test_a_form_for_one_town_and_few_questions(kfly: Cli) -> None:
    made = form(kfly, "building", "--town", "高新区", "--columns", "idle_area")
    assert "<town>高新区</town>" in made
    assert "<name>澄江街道</name>" not in made
    assert "land_use" not in made


ANSWER = {
    "name": "一号楼",
    "town": "高新区",
    "floor_area": "5200.5",
    "surveyed_on": "2022-11-03",
    "ownership": "国有",
}
POINT = {"longitude": "120.270001", "latitude": "31.910001"}
KEPT = {
    "name": "一号楼",
    "town": "高新区",
    "floor_area": 5200.5,
    "surveyed_on": "2022-11-03",
    "ownership": "国有",
    "longitude": 120.270001,
    "latitude": 31.910001,
}


def kept(cli: Cli) -> dict[str, Any]:
    (row,) = cli.json("list", "building")
    return {name: row[name] for name in KEPT}


def test_what_odk_central_exports_is_taken_in(kfly: Cli) -> None:
    path = write_csv(kfly.folder / "kfly_building.csv", [{**ODK, **ANSWER, **POINT}])
    told = " ".join(kfly.ok("--lang", "en", "import", "building", path).split())
    assert "technical columns of the form, passed over: SubmissionDate, start, end, meta-instanceID," in told
    assert "1 added" in told
    assert kept(kfly) == KEPT


def test_what_kobo_exports_is_taken_in(kfly: Cli) -> None:
    path = write_xlsx(kfly.folder / "楼宇.xlsx", [{**ANSWER, **POINT, **KOBO}])
    told = kfly.ok("--lang", "en", "import", "building", path)
    assert "_submission_time, _validation_status, __version__, _index." in told
    assert kept(kfly) == KEPT


def test_groups_before_the_names_are_left(kfly: Cli) -> None:
    odk = write_csv(
        kfly.folder / "odk.csv", [{**ODK, **{f"data-site-{k}": v for k, v in {**ANSWER, **POINT}.items()}}]
    )
    kfly.ok("import", "building", odk)
    assert kept(kfly) == KEPT
    kobo = write_xlsx(kfly.folder / "kobo.xlsx", [{**{f"site/{k}": v for k, v in ANSWER.items()}, **KOBO}])
    assert "1 unchanged" in kfly.ok("--lang", "en", "import", "building", kobo, "--update")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("group", ["", "site/", "摸排情况/", "Survey 1/现场/"])
def test_labels_instead_of_names_are_read_as_in_any_sheet(kfly: Cli, lang: str, group: str) -> None:
    form(kfly, "building", lang=lang)
    survey = sheets(kfly.folder / "building.xlsx")["survey"]
    answer: dict[str, Any] = {}
    for kind, name, label, *_rest in survey[1:]:
        if kind == "geopoint":
            answer[f"{group}{label}"] = "31.91 120.27 3 4.1"
            parts = {"latitude": 31.91, "longitude": 120.27, "altitude": 3, "precision": 4.1}
            answer |= {f"{group}_{label}_{part}": value for part, value in parts.items()}
        else:
            answer[f"{group}{label or name}"] = {**ANSWER, **POINT}.get(name, "")
    told = kfly.ok("--lang", "en", "import", "building", write_xlsx(kfly.folder / "k.xlsx", [answer | KOBO]))
    assert "_precision" in told
    assert kept(kfly) == KEPT


def test_a_word_behind_a_stroke_is_no_field_where_it_is_no_whole_label(kfly: Cli) -> None:
    path = write_xlsx(kfly.folder / "k.xlsx", [{**ANSWER, **KOBO, "绿化/面积": "5", "评语/其他/备忘": "x"}])
    told = kfly("--lang", "en", "import", "building", path).err
    assert "“绿化/面积” is no field of Buildings" in told
    assert "“评语/其他/备忘” is no field of Buildings" in told


def test_an_archive_is_to_be_unpacked(kfly: Cli) -> None:
    path = kfly.folder / "kfly_building.csv.zip"
    with ZipFile(path, "w") as archive:
        archive.writestr("kfly_building.csv", "name\n")
    line = kfly.refused("--lang", "en", "import", "building", str(path))
    assert line == f"{path.name}: is an archive; unpack it, and import the tables that are in it"


def test_a_sheet_that_is_no_forms_keeps_its_faults(kfly: Cli) -> None:
    path = write_csv(kfly.folder / "a.csv", [{**ANSWER, "end": "x", "site/idle_area": "5"}])
    told = kfly("--lang", "en", "import", "building", path).err
    assert "“end” is no field of Buildings" in told
    assert "“site/idle_area” is no field of Buildings" in told
    assert kfly.json("list", "building") == []


def test_an_unknown_question_of_a_form_is_still_a_fault(kfly: Cli) -> None:
    path = write_csv(kfly.folder / "a.csv", [{**ODK, **ANSWER, "colour": "red"}])
    run = kfly("--lang", "en", "import", "building", path)
    assert run.code == 1
    assert "colour" in run.err
    assert "KEY" not in run.err


def test_a_forms_file_is_a_workbook(kfly: Cli) -> None:
    assert "is not an .xlsx file" in kfly.refused(
        "--lang", "en", "template", "building", "-o", "a.csv", "--xlsform", code=2
    )


def test_references_come_back_by_the_names_that_were_chosen(kfly: Desk) -> None:
    kfly.add("operator", "--name=运营 一家", "--introduced-on", "2022-03-01")
    form(kfly, "building")
    choices = sheets(kfly.folder / "building.xlsx")["choices"]
    assert ["operator", "运营 一家", "运营 一家"] in choices
    path = write_csv(kfly.folder / "a.csv", [{**ODK, **ANSWER, "operator": "运营 一家"}])
    kfly.ok("import", "building", path)
    assert kfly.json("list", "building")[0]["operator"] == "运营 一家"
