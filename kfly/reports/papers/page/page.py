"""The page as one file: its parts, its style, its script, and the type where that is asked for."""

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from markupsafe import Markup

from kfly.locale import _, language
from kfly.reports.papers.page.buildings import tell_buildings
from kfly.reports.papers.page.carriers import tell_evaluations
from kfly.reports.papers.page.headline import make_headline
from kfly.reports.papers.page.leads import tell_leads
from kfly.reports.papers.page.money import tell_fund
from kfly.reports.papers.page.parts import Section
from kfly.reports.papers.page.since import tell_since
from kfly.reports.papers.page.targets import list_cards
from kfly.reports.papers.page.tasks import list_tasks
from kfly.reports.papers.page.towns import tell_towns
from kfly.reports.papers.paper import Paper
from kfly.reports.papers.templates import open_templates
from kfly.reports.status import explain_start
from kfly.reports.tasks_by import tally_leads

HERE = Path(__file__).parent


def write_page(paper: Paper, stream: BinaryIO) -> None:
    """Write the page into a stream."""
    stream.write(make_page(paper).encode("utf-8"))


def make_page(paper: Paper) -> str:
    """Make the page; a browser that shows it asks nobody for anything."""
    overview, templates = paper.overview, open_templates(HERE)
    starting = [row.starting for row in overview.standing.targets] + [row.starting for row in overview.tasks]
    body = templates.get_template("body.html").render(
        headline=make_headline(overview),
        cards=list_cards(overview),
        tasks=list_tasks(overview),
        sections=list(_list_sections(paper)),
        starting=explain_start(overview.plan) if any(starting) else "",
        redacted=paper.redacted,
        known=paper.known,
        as_of=overview.day.isoformat(),
        _=_,
    )
    title = overview.plan.name.spoken
    font = _embed_font(body + title) if paper.embeds_fonts else ""
    return make_document(title, body, script=read_own("page.js"), font=font)


def make_document(title: str, body: str, script: Markup, font: str = "") -> str:
    """Make a whole document of a body that its own template has escaped.

    Args:
        title: what its tab is called.
        body: of the document.
        script: what runs in it; nothing else may.
        font: what is embedded, before the style.
    """
    return (
        open_templates(HERE)
        .get_template("page.html")
        .render(
            language={"zh": "zh-CN"}.get(language(), language()),
            title=title,
            policy=_write_policy(script),
            style=read_own("page.css"),
            font=font,
            script=script,
            body=Markup(body),  # noqa: S704  (its own template escapes)
        )
    )


def _list_sections(paper: Paper) -> Iterator[Section]:
    """Yield the parts below the tasks; what a plan does without has none."""
    overview = paper.overview
    if overview.since:
        yield tell_since(overview.since)
    if leads := tally_leads(overview):
        yield tell_leads(leads, overview.plan)
    if overview.league:
        yield tell_towns(overview.league, overview.plan, overview.day)
    if overview.buildings:
        yield tell_buildings(overview.buildings, overview.plan, overview.day)
    if overview.budget:
        yield tell_fund(overview.budget)
    if overview.evaluations:
        yield tell_evaluations(overview.evaluations, overview.plan, overview.day)


def read_own(name: str) -> Markup:
    """Read a file of our own that stands in the page as it is."""
    return Markup((HERE / name).read_text(encoding="utf-8"))  # noqa: S704  (our own)


def _write_policy(script: str) -> str:
    """Write what the page may do: nothing from anywhere, and no script but its own."""
    digest = b64encode(sha256(script.encode()).digest()).decode()
    allowed = {
        "default-src": "'none'",
        "script-src": f"'sha256-{digest}'",
        "style-src": "'unsafe-inline'",
        "font-src": "data:",
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{what} {whence}" for what, whence in allowed.items())


def _embed_font(shown: str) -> Markup:
    """Embed the signs that are shown; this part alone needs more than the base install."""
    from kfly.reports.papers.page.fonts import embed_signs

    return embed_signs(shown)
