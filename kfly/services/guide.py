"""The handbook: the pages of the package, or of the checkout, in each language."""

from pathlib import Path
from typing import NamedTuple

from kfly.errors import KflyError, WrongUsageError, explain_os_error, find_nearest
from kfly.locale import LANGUAGES, _

PACKAGED = Path(__file__).parent.parent / "handbook"
CHECKOUT = Path(__file__).parent.parent.parent

README = "readme"
# In the order in which somebody new would read them.
TOPICS = (
    README,
    "rules",
    "plan-files",
    "drafts",
    "sheets",
    "papers",
    "cron",
    "mail",
    "safety",
    "cluster",
    "commands",
    "schema",
    "neighbours",
    "architecture",
    "performance",
)


class GuidePage(NamedTuple):
    """A page of the handbook.

    Attributes:
        topic: its name.
        title: its heading.
        source: the page, in Markdown.
    """

    topic: str
    title: str
    source: str


def find_page_path(topic: str, language: str) -> Path:
    """Return where a page lies: inside an installed package, or in the documents of a checkout."""
    if PACKAGED.is_dir():
        return PACKAGED / language / f"{topic}.md"
    if topic == README:
        return CHECKOUT / ("README.zh.md" if language == "zh" else "README.md")
    docs = CHECKOUT / "docs"
    return (docs / "zh" if language == "zh" else docs) / f"{topic}.md"


def read_page(topic: str, language: str) -> GuidePage:
    """Read a page.

    Raises:
        KflyError: the installation has lost it.
    """
    path = find_page_path(topic, language)
    try:
        source = path.read_text(encoding="utf-8")
    except OSError as error:
        why = explain_os_error(error)
        raise KflyError(_("{path} cannot be read: {why}.", path=path, why=why)) from None
    return GuidePage(topic, source.partition("\n")[0].lstrip("# "), source)


def find_page(asked: str, language: str) -> GuidePage:
    """Find the page that is meant: by its name, or by its heading in either language.

    Raises:
        WrongUsageError: there is none; the nearest is named.
    """
    wanted = asked.strip().casefold().removesuffix(".md")
    names = {topic: topic for topic in TOPICS}
    if wanted not in names:
        headings = {read_page(t, spoken).title.casefold(): t for spoken in LANGUAGES for t in TOPICS}
        names = headings | names
    if wanted in names:
        return read_page(names[wanted], language)
    near = find_nearest(wanted, names)
    raise WrongUsageError(
        _("The handbook has no page “{topic}”; did you mean “{near}”?", topic=asked, near=names[near])
        if near
        else _("The handbook has no page “{topic}”; “kfly guide” lists them.", topic=asked)
    )
