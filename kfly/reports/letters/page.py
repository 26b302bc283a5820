"""A letter as a page: one column that a phone shows without zooming, no picture, nothing from the network."""

from importlib.resources import files

from jinja2 import Environment, StrictUndefined

from kfly.console.screen import make_printable
from kfly.locale import _, language
from kfly.reports.letters.letter import Letter
from kfly.reports.letters.plain import list_facts

# Of the lights: for a bar or a badge, and a paler one to write on.
COLOURS = {
    "red": ("#b3261e", "#fce8e6"),
    "yellow": ("#8a6100", "#fdf3d8"),
    "blue": ("#1a5fb4", "#e6f0fb"),
    "green": ("#1e7b34", "#e6f4ea"),
    "none": ("#5f6368", "#f1f3f4"),
}


def make_page(letter: Letter) -> str:
    """Make the HTML page; all styles stand in the tags, as mail programs drop those of the head."""
    made = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = made.from_string(files(__package__).joinpath("page.html").read_text(encoding="utf-8"))
    return template.render(
        language={"zh": "zh-CN"}.get(language(), language()),
        letter=letter,
        colours=COLOURS,
        facts=list_facts,
        shown=make_printable,
        supervision=_("Supervision report"),
        as_of=_("As of {day}", day=letter.day.isoformat()),
        unsent=_("Returns that are missing ({n})", n=len(letter.unsent)),
        badges=[(count.told, count.light if count.number else "none") for count in letter.all_counts],
    )
