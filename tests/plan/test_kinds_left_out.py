"""A plan does without standing kinds: ``building: null``, and nothing that needs them may be left."""

from pathlib import Path

import pytest

from kfly.errors import KflyError
from kfly.plan.files.loading import LoadedPlan, load_plan, revise_files
from tests.support.other_city import SHIPPED_KINDS

PLAN = """\
plan: {name: 就业方案, starts: 2025-01-01, ends: 2025-12-31}
organisations: [{name: 甲局, kind: department}, {name: 东镇, kind: town}]
targets:
  - {key: talents, section: 人才, name: 人才, count: talent, at_least: 10, unit: 人}
"""
HEAD = PLAN.count("\n")


def load(folder: Path, more: str) -> LoadedPlan:
    file = folder / "targets.yaml"
    file.write_text(PLAN + more, encoding="utf-8")
    return load_plan(file, [], SHIPPED_KINDS)


def faults(folder: Path, more: str) -> list[str]:
    with pytest.raises(KflyError) as refused:
        load(folder, more)
    return [line.removeprefix("targets.yaml:") for line in refused.value.lines]


@pytest.mark.parametrize("nothing", ["null", "~", ""])
def test_a_kind_left_out_is_not_there_and_no_field_refers_to_it(tmp_path: Path, nothing: str) -> None:
    loaded = load(tmp_path, f"records:\n  building: {nothing}\n")

    assert "building" not in {kind.name for kind in loaded.kinds}
    assert {field.to for kind in loaded.kinds for field in kind.fields} == {
        *(None, "operator", "investor", "carrier", "expenditure")
    }
    assert loaded.plan.left_out == ("building",)
    enclave = next(kind for kind in loaded.kinds if kind.name == "enclave")
    assert [field.name for field in enclave.fields] == [
        "name",
        "town",
        "host",
        "floor_area",
        "established_on",
    ]


def test_all_kinds_but_the_one_that_is_counted_may_go(tmp_path: Path) -> None:
    names = {kind.name for kind in load(tmp_path, "").kinds} - {"talent"}
    loaded = load(tmp_path, "records: {" + ", ".join(f"{name}: null" for name in sorted(names)) + "}\n")

    assert [kind.name for kind in loaded.kinds] == ["talent"]


TENANT = "tenant: {name: 企业, key: [a], fields: {a: {type: text, label: 甲}, b: {%s}}}"
REFUSED = {
    "a target counts it": (
        "  - {key: b, section: 楼, name: 楼, count: building, unit: 栋}\nrecords: {building: null}",
        "5: targets[1].count: this plan leaves out the kind “building”, under records:",
    ),
    "a required field refers to it": (
        "records:\n  carrier: null",
        "6: records.carrier: cannot be left out alone: evaluation needs it as its carrier",
    ),
    "deliverables are recorded as it": (
        "deliverables: [{key: rules, name: 办法}]\nrecords: {policy: null}",
        "5: deliverables: are recorded as policy, which this plan leaves out; keep it",
    ),
    "the plan changes a field that goes with it": (
        "records:\n  building: null\n  enclave: {fields: {building: {label: 楼}}}",
        "7: records.enclave.fields.building: refers to building, which this plan leaves out",
    ),
    "a kind of the plan's own refers to it": (
        "records:\n  building: null\n  " + TENANT % "type: reference, to: building, label: 乙",
        "7: records.tenant.fields.b: refers to building, which this plan leaves out",
    ),
    "it is none of the standing kinds": (
        "records: {bilding: null}",
        "5: records.bilding: is no standing kind; there is nothing to leave out",
    ),
}


@pytest.mark.parametrize(("more", "fault"), REFUSED.values(), ids=REFUSED)
def test_a_kind_that_is_needed_is_not_left_out(tmp_path: Path, more: str, fault: str) -> None:
    assert faults(tmp_path, more + "\n") == [fault]


def test_what_cannot_go_alone_goes_together(tmp_path: Path) -> None:
    names = {kind.name for kind in load(tmp_path, "records: {carrier: null, evaluation: null}\n").kinds}

    assert names.isdisjoint({"carrier", "evaluation"})


def test_deliverables_may_be_recorded_as_a_kind_of_the_plans_own(tmp_path: Path) -> None:
    own = TENANT % "type: text, names: deliverable, label: 乙"
    load(tmp_path, f"deliverables: [{{key: rules, name: 办法}}]\nrecords:\n  policy: null\n  {own}\n")


def test_a_table_alone_leaves_out_what_the_plan_in_force_does(tmp_path: Path) -> None:
    present = load(tmp_path, "records: {building: null}\n")
    table = tmp_path / "tasks_2025.yaml"
    table.write_text(
        "year: 2025\ntasks: [{number: 1, title: 事, lead: [甲局], due: 2025-12}]", encoding="utf-8"
    )

    revised = revise_files([table], present, SHIPPED_KINDS)
    assert (revised.plan.left_out, revised.kinds) == (("building",), present.kinds)
