"""``--dry-run``: the messages as they would be sent, for people and for programs."""

from collections.abc import Iterator, Sequence
from typing import Any

from rich.text import Text

from kfly.console.screen import show, text
from kfly.locale import _
from kfly.mail.message import Heading
from kfly.mail.post import Post
from kfly.plan.mailings import split_told


def document(posts: Sequence[Post], heading: Heading) -> list[dict[str, Any]]:
    """Return the messages for programs, with their pages; letters that everybody has had are left out."""
    return [_document(post, heading) for post in posts if post.pending]


def render(posts: Sequence[Post], heading: Heading, *, reported: bool) -> None:
    """Print what would go out; letters that everybody has had are left out.

    Args:
        posts: the letters.
        heading: from whom they come, and who gets the answers.
        reported: whether there is anything to report, to whomever.
    """
    going = [post for post in posts if post.pending]
    parts = [part for post in going for part in _lines(post, heading)]
    if going:
        show(*parts, _("This is what would be sent; nothing was sent."))
    elif posts:
        show(_("Everybody has had this already; “--again” sends it once more."))
    elif not reported:
        show(_("Nothing to report: no mail."))


def _document(post: Post, heading: Heading) -> dict[str, Any]:
    content, (tasks, targets) = post.content, split_told(post.tasks)
    return {
        "from": str(heading.sender),
        "to": [str(box) for box in post.recipients],
        "cc": [str(box) for box in post.cc],
        "reply_to": str(heading.reply_to) if heading.reply_to else None,
        "pending": [box.address for box in post.pending],
        "organisation": post.organisation,
        "scope": post.scope,
        "subject": content.subject,
        "tasks": [{"task": task, "class": found} for task, found in tasks],
        "targets": [{"target": target, "class": found} for target, found in targets],
        "text": content.text,
        "html": content.html,
        "attachments": [{"name": file.name, "size": len(file.content)} for file in content.attachments],
    }


def _lines(post: Post, heading: Heading) -> Iterator[Text]:
    content = post.content
    yield text(_("From: {who}", who=heading.sender), "bold")
    yield text(_("To: {who}", who=_(", ").join(map(str, post.recipients))), "bold")
    if post.cc:
        yield text(_("Copies: {who}", who=_(", ").join(map(str, post.cc))), "bold")
    if heading.reply_to:
        yield text(_("Answers to: {who}", who=heading.reply_to), "bold")
    yield text(_("Subject: {subject}", subject=content.subject), "bold")
    had = [box.address for box in (*post.recipients, *post.cc) if box not in post.pending]
    if had:
        yield text(_("Not again to: {who}", who=_(", ").join(had)), "yellow")
    yield Text()
    yield text(content.text.rstrip())
    yield Text()
    if content.workbook:
        size = f"{len(content.workbook):,}"
        yield text(
            _("[also as a page; attached: {name}, {size} bytes]", name=content.workbook_name, size=size),
            "dim",
        )
    for paper in content.papers:
        size = f"{len(paper.content):,}"
        yield text(_("[attached: {name}, {size} bytes]", name=paper.name, size=size), "dim")
    yield Text()
