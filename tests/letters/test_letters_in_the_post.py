"""Letters on their way: one that no message can carry keeps nobody from the others."""

from kfly.cli.mailing import ready
from kfly.mail.addresses import Mailbox
from kfly.mail.message import Content
from kfly.reports.letters.posts import Post

SENDER = Mailbox("", "kfly@b.cn")


def post(subject: str, organisation: str | None, *to: str) -> Post:
    boxes = tuple(Mailbox("", address) for address in to)
    return Post(Content(subject, "text", "<p>", None, "x.xlsx", "en"), organisation, None, (), boxes, boxes)


def test_a_letter_that_no_message_can_carry_is_a_fault_and_the_others_go_out() -> None:
    faults = ["one that was there"]
    posts = [post("s\nBcc: spy@b.cn", "甲局", "a@b.cn"), post("s", None, "b@b.cn", "c@b.cn")]

    sheets = list(ready(posts, SENDER, faults))

    assert [sheet.delivery.recipient for sheet in sheets] == ["b@b.cn", "c@b.cn"]
    assert faults[0] == "one that was there"
    assert len(faults) == 2
    assert faults[1].startswith("甲局: no message can be made of it: ")
