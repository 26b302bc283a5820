"""``guide``: the handbook on the terminal."""

from functools import partial
from typing import Annotated

import typer

from kfly.cli.answer import Answer
from kfly.locale import N_, language
from kfly.reports import guide as report
from kfly.services.guide import TOPICS, find_page, read_page


def guide(
    topic: Annotated[
        str | None,
        typer.Argument(metavar=N_("[TOPIC]"), help=N_("A page by its name; all are listed otherwise.")),
    ] = None,
) -> Answer:
    """The pages of the handbook, or one of them."""
    if topic is None:
        pages = [read_page(each, language()) for each in TOPICS]
        return Answer(partial(report.document_list, pages), partial(report.render_list, pages))
    page = find_page(topic, language())
    return Answer(partial(report.document, page), partial(report.render, page))
