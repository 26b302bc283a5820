"""``guide``: what pages the handbook has, and one of them on the screen."""

import re
from collections.abc import Iterable
from typing import Any

from kfly.console.markdown import render_markdown
from kfly.console.screen import show, text
from kfly.console.tables import Column, make_table
from kfly.locale import N_, _, language

Page = tuple[str, str, str]  # its topic, its title, its text

_MEANINGS = {
    "readme": N_("What kfly does, how to start, and all commands in one table."),
    "rules": N_("How every figure comes about, with worked examples."),
    "plan-files": N_("How a plan is written: targets, yearly tables, kinds of record."),
    "drafts": N_("From the office's own document to a yearly table."),
    "sheets": N_("Templates for the towns, import and export."),
    "papers": N_("What a meeting needs, on a page of its own."),
    "cron": N_("The report that mails itself each morning."),
    "mail": N_("The mail server, the sender and the recipients."),
    "safety": N_("The log, taking changes back, revising the plan, backups."),
    "cluster": N_("The databases of many counties as one, on one machine or many."),
    "commands": N_("The help page of every command."),
    "schema": N_("The tables of the database, for other programs."),
    "neighbours": N_("How notebooks, Datasette, Excel and maps read the database."),
    "architecture": N_("How kfly is built, and where a change goes."),
    "performance": N_("How long everything takes, against budgets and other programs."),
}
_PAGE_LINK = re.compile(r"(?:\.\./)?(?:docs/)?(?:zh/)?([\w-]+)\.md(?:#.*)?")


def document_list(pages: Iterable[Page]) -> list[dict[str, Any]]:
    """Return the JSON of ``guide`` without a topic."""
    return [{"topic": topic, "title": title, "about": _(_MEANINGS[topic])} for topic, title, _text in pages]


def document(page: Page) -> dict[str, Any]:
    """Return the JSON of a page: its text as it is written, in Markdown."""
    topic, title, source = page
    return {"topic": topic, "title": title, "language": language(), "text": source}


def render_list(pages: Iterable[Page]) -> None:
    """Print the pages, a line each."""
    columns = [Column(_("Topic")), Column(_("About"), narrowest=20)]
    rows = [(text(topic, "bold cyan"), _(_MEANINGS[topic])) for topic, _title, _text in pages]
    show(
        text(_("The handbook"), "bold"),
        "",
        make_table(columns, rows),
        "",
        _("“kfly guide TOPIC” shows a page."),
    )


def render(page: Page) -> None:
    """Print a page."""
    show(render_markdown(page[2], _name_link))


def _name_link(words: str, target: str) -> str:
    """Say where a link leads: to another page by its command, elsewhere by its address."""
    if target.startswith(("https:", "http:")):
        return words if words == target else _("{label} ({unit})", label=words, unit=target)
    page = _PAGE_LINK.fullmatch(target)
    if page and page[1] in _MEANINGS:
        if words.endswith(".md"):
            return f"“kfly guide {page[1]}”"
        return _("{words} (see “kfly guide {topic}”)", words=words, topic=page[1])
    return words
