"""A letter as plain text, for the screens that show no pages."""

from collections.abc import Iterator

from kfly.console.screen import make_printable
from kfly.locale import _
from kfly.reports import words
from kfly.reports.letters.letter import Letter
from kfly.reports.supervision import Reported

INDENT = "    "


def write_plain(letter: Letter) -> str:
    """Write the text; lines are as long as their sentences, which every mail program wraps itself."""
    return "\n".join(map(make_printable, _lines(letter))) + "\n"


def _lines(letter: Letter) -> Iterator[str]:
    yield letter.subject
    yield ""
    yield letter.opening
    if letter.news:
        yield letter.news
    for section in letter.shown:
        yield ""
        yield section.heading
        for entry in section.entries:
            yield ""
            yield from _entry(entry, letter.mark(section, entry))
    if letter.rest:
        yield ""
        yield letter.rest
    if letter.unsent:
        yield ""
        yield _("Returns that are missing ({n})", n=len(letter.unsent))
        yield from (f"- {line}" for line in letter.unsent)
    yield ""
    yield "-- "  # what mail programs know as the end of the letter
    yield letter.closing


def _entry(entry: Reported, mark: str) -> Iterator[str]:
    yield _("[{mark}] ", mark=mark) * bool(mark) + entry.called
    for label, value in list_facts(entry):
        first, *more = value.split("\n")
        yield INDENT + _("{label}: {value}", label=label, value=first)
        yield from (f"{INDENT * 2}{line}" for line in more)


def list_facts(entry: Reported) -> Iterator[tuple[str, str]]:
    """Yield what is told of a task or target below its title, with the labels; what is empty is left out."""
    yield _("Lead"), entry.lead
    if entry.responsible != "—":
        yield _("Responsible"), entry.responsible
    if entry.figures:
        yield from _list_figures(entry)
        return
    due = words.due(entry.due)
    yield _("Due"), _("{due} ({days})", due=due, days=entry.days) if entry.days else due
    if entry.missing:
        yield _("Missing"), "\n".join(entry.missing)
    if entry.note:
        yield _("Last feedback"), entry.note


def _list_figures(entry: Reported) -> Iterator[tuple[str, str]]:
    """Yield how a target stands, where it should, and where its pace leads."""
    yield _("Actual / goal"), entry.figures
    if entry.expected:
        yield _("Expected"), entry.expected
    yield _("Forecast"), "\n".join(entry.missing)
    yield _("Due"), words.due(entry.due)
