"""Letters on their way: to whom they go, and one that no message can carry."""

from datetime import date
from pathlib import Path

from kfly.mail.addresses import Mailbox
from kfly.mail.message import Content, Heading
from kfly.mail.post import Post
from kfly.reports.letters.posts import PlanOnDay, ReportedClasses, write_to_coordinators
from kfly.services.mailing import address_posts
from kfly.services.session import Session

SENDER = Mailbox("", "kfly@b.cn")


def post(subject: str, organisation: str | None, *to: str) -> Post:
    boxes = tuple(Mailbox("", address) for address in to)
    return Post(Content(subject, "text", "<p>", None, "x.xlsx", "en"), organisation, None, (), boxes, boxes)


def test_a_letter_that_no_message_can_carry_is_a_fault_and_the_others_go_out() -> None:
    faults = ["one that was there"]
    posts = [post("s\nBcc: spy@b.cn", "甲局", "a@b.cn"), post("s", None, "b@b.cn", "c@b.cn")]

    sheets = list(address_posts(posts, Heading(SENDER, ()), faults))

    assert [sheet.delivery.recipient for sheet in sheets] == ["b@b.cn", "c@b.cn"]
    assert faults[0] == "one that was there"
    assert len(faults) == 2
    assert faults[1].startswith("甲局: no message can be made of it: ")


def test_recipients_keep_their_order_and_their_first_spelling(bundled_database: Path) -> None:
    day = date(2022, 12, 5)
    with Session(bundled_database).reading() as desk:
        office = PlanOnDay(desk.plan, desk.stand(desk.plan.tasks_in_view(day), day), day)
    boxes = [Mailbox("甲", "A@b.cn"), Mailbox("乙", "c@b.cn"), Mailbox("丙", "a@b.cn")]
    (made,) = write_to_coordinators(office, ReportedClasses(behind=False, within=None), boxes, always=False)
    assert made.recipients == tuple(boxes[:2])
