"""The addresses of organisations in ``targets.yaml``: one, several, copies; and what is wrong with them."""

from pathlib import Path

import pytest

from kfly.errors import KflyError
from kfly.plan.files.loading import LoadedPlan, load_plan, revise_files
from kfly.store.file.database import reading
from kfly.store.plan import reading as plan_rows
from tests.support.other_city import SHIPPED_KINDS

PLAN = """\
plan: {name: 甲方案, starts: 2022-01-01, ends: 2024-12-31REPLY}
organisations:
  - name: 甲局
    kind: department
    email: EMAIL
"""


def loaded(folder: Path, email: str, reply: str = "") -> LoadedPlan:
    file = folder / "targets.yaml"
    file.write_text(PLAN.replace("EMAIL", email).replace("REPLY", reply), encoding="utf-8")
    return load_plan(file, [], SHIPPED_KINDS)


def faults(folder: Path, email: str, reply: str = "") -> list[str]:
    with pytest.raises(KflyError) as refused:
        loaded(folder, email, reply)
    return [line.removeprefix("targets.yaml:") for line in refused.value.lines]


@pytest.mark.parametrize(
    ("written", "to", "cc"),
    [
        ("", (), ()),
        ("a@b.cn", ("a@b.cn",), ()),
        ("王科长 <a@b.cn>", ("王科长 <a@b.cn>",), ()),
        ("[a@b.cn, 李 <c@b.cn>]", ("a@b.cn", "李 <c@b.cn>"), ()),
        ("{to: a@b.cn, cc: c@b.cn}", ("a@b.cn",), ("c@b.cn",)),
        ("{to: [a@b.cn, b@b.cn], cc: [c@b.cn, d@b.cn]}", ("a@b.cn", "b@b.cn"), ("c@b.cn", "d@b.cn")),
        ("'\"王, 科长\" <a@b.cn>'", ('"王, 科长" <a@b.cn>',), ()),
    ],
)
def test_they_are_read_and_written_down_again(
    tmp_path: Path, written: str, to: tuple[str, ...], cc: tuple[str, ...]
) -> None:
    found = loaded(tmp_path, written, ", reply_to: 督查室 <d@b.cn>")
    assert (found.plan.organisations[0].email, found.plan.organisations[0].cc) == (to, cc)
    assert found.plan.reply_to == "督查室 <d@b.cn>"
    assert revise_files([], found, SHIPPED_KINDS) == found


DOMAIN = "is no e-mail address: the domain, such as @example.cn, is missing."


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("zhang", f"5: organisations[0].email: “zhang” {DOMAIN}"),
        ("[a@b.cn, zhang]", f"5: organisations[0].email[1]: “zhang” {DOMAIN}"),
        ("{to: a@b.cn, cc: zhang}", f"5: organisations[0].email.cc: “zhang” {DOMAIN}"),
        (
            "a@b.cn, c@d.cn",
            (
                "5: organisations[0].email: “a@b.cn, c@d.cn” is no e-mail address:"
                " more than one stands there; give each by itself."
            ),
        ),
        ("[a@b.cn, A@B.cn]", "5: organisations[0].email[1]: A@b.cn is given twice"),
        ("{to: a@b.cn, cc: [c@b.cn, a@b.cn]}", "5: organisations[0].email.cc[1]: a@b.cn is given twice"),
        ("5", "5: organisations[0].email: an address, a list of addresses, or to: and cc: are expected"),
        ("[5]", "5: organisations[0].email[0]: an e-mail address such as office@example.cn is expected"),
        ("[]", "5: organisations[0].email: must not be empty"),
        ("{cc: a@b.cn}", "5: organisations[0].email.to: is missing"),
        (
            "{to: a@b.cn, bcc: c@b.cn}",
            "5: organisations[0].email.bcc: is not a key that is known here; it takes: to, cc",
        ),
    ],
)
def test_what_mail_would_refuse_is_refused_with_its_line(tmp_path: Path, written: str, fault: str) -> None:
    assert faults(tmp_path, written) == [fault]


def test_who_gets_the_answers_must_be_an_address_too(tmp_path: Path) -> None:
    assert faults(tmp_path, "a@b.cn", ", reply_to: 督查室") == [f"1: plan.reply_to: “督查室” {DOMAIN}"]


def test_a_hostile_address_is_told_on_one_line(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, '"a@b.cn\\nBcc: spy@b.cn"')
    assert "it holds the character U+000A" in fault
    assert "\n" not in fault


def test_they_come_back_from_their_tables(tmp_path: Path) -> None:
    from kfly.services.init import create

    wanted = loaded(tmp_path, "{to: [a@b.cn, 李 <c@b.cn>], cc: d@b.cn}", ", reply_to: d@b.cn")
    create(tmp_path / "kfly.db", tmp_path / "targets.yaml", [], command=("init",))
    with reading(tmp_path / "kfly.db") as db:
        assert plan_rows.read(db) == wanted.plan
        assert plan_rows.read_reply_to(db) == "d@b.cn"
