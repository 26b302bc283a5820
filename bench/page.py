"""The pages on performance, in both languages, written from what a run of the bench has measured.

The words around the figures stand in ``performance.en.md`` and ``performance.zh.md``, what figures are called
in Chinese, and why a budget is missed, in ``words.toml``: they change without measuring again.
"""

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from string import Template
from typing import Any

from results import MEMORY, PROCESSOR, RATIO, SECONDS, Measured, Results, read_results

FOLDER = Path(__file__).parent
DOCS = FOLDER.parent / "docs"
PAGES = {"en": DOCS / "performance.md", "zh": DOCS / "zh" / "performance.md"}
GROUPS = ("small", "size", "sheets", "papers", "yearly", "counties", "peers")
# The tables of a part: which figures, and the words over their columns.
TABLES = (((RATIO,), "of_time"), ((SECONDS, PROCESSOR), "of_seconds"), ((MEMORY,), "of_memory"))
MILLISECOND = 1e-3
NOTHING = "–"

Words = Mapping[str, Any]


def write_pages() -> None:
    """Write both pages."""
    for path, text in render_pages().items():
        path.write_text(text, encoding="utf-8")


def render_pages() -> dict[Path, str]:
    """Write what both pages say, by where they lie; nothing where nothing was measured.

    Raises:
        LookupError: a figure has no Chinese name.
    """
    results = read_results()
    if results is None:
        return {}
    return {path: render(results, read_words(), language) for language, path in PAGES.items()}


def read_words() -> Words:
    """Read what figures are called, and why budgets are missed."""
    return tomllib.loads((FOLDER / "words.toml").read_text(encoding="utf-8"))


def render(results: Results, words: Words, language: str) -> str:
    """Write the page in one language.

    Args:
        results: a run.
        words: names, reasons and short words.
        language: of the page.
    """
    own = words[language]
    template = Template((FOLDER / f"performance.{language}.md").read_text(encoding="utf-8"))
    budgets = [one for one in results.measured if one.at_most is not None]
    missed = [one for one in budgets if one.is_missed]
    parts = {}
    for group in GROUPS:
        its = [one for one in results.measured if one.group == group]
        parts[group] = "\n".join(_write_table(its, words, language))
    names = own["comma"].join(results.absent)
    return template.substitute(
        parts,
        facts=_write_facts(results, words, language),
        verdict=own["verdict"].format(met=len(budgets) - len(missed), all=len(budgets)),
        missed="\n".join(_write_reasons(missed, words, language)) or own["none_missed"],
        absent=own["absent"].format(names=names) if names else own["all_there"],
    )


def _write_facts(results: Results, words: Words, language: str) -> str:
    """Write what was measured, where and when; what was measured of another commit by itself."""
    own = words[language]
    (usual, _count), *others = Counter(one.program for one in results.measured).most_common()
    facts = own["facts"].format(program=usual, days=_write_days(results, own), **results.machine)
    for program, _count in others:
        its = [name_figure(one, words, language) for one in results.measured if one.program == program]
        facts += own["of_another"].format(program=program, figures=own["comma"].join(its))
    return facts


def _write_days(results: Results, own: Words) -> str:
    days = sorted({one.day for one in results.measured})
    return days[0] if days[0] == days[-1] else own["from_to"].format(first=days[0], last=days[-1])


def _write_table(measured: Sequence[Measured], words: Words, language: str) -> Iterator[str]:
    """Write the figures of a part: ratios, seconds, memory, a table for each."""
    own = words[language]
    if not measured:
        yield own["not_measured"]
        return
    parts = [([one for one in measured if one.unit in units], own[heads]) for units, heads in TABLES]
    for number, (rows, heads) in enumerate(part for part in parts if part[0]):
        yield from ([""] if number else [])
        yield _write_row(heads)
        yield _write_row([":---", *["---:"] * (len(heads) - 1)])
        for one in rows:
            yield _write_row([name_figure(one, words, language), *_list_cells(one), _write_budget(one, own)])


def _list_cells(one: Measured) -> list[str]:
    if one.unit == RATIO:
        return _list_times(one)
    return (
        _list_sizes(one) if one.unit == MEMORY else [_mark(_write_seconds(one.value), missed=one.is_missed)]
    )


def _list_times(one: Measured) -> list[str]:
    times = [_write_seconds(seconds) for seconds in (one.ours, one.yesterday, one.theirs)]
    return [*times, _mark(f"{one.value:.2f}", missed=one.is_missed)]


def _list_sizes(one: Measured) -> list[str]:
    yesterday = NOTHING if one.yesterday is None else f"{one.yesterday:.0f} MiB"
    return [_mark(f"{one.value:.0f} MiB", missed=one.is_missed), yesterday]


def _write_seconds(seconds: float | None) -> str:
    if seconds is None:
        return NOTHING
    return f"{seconds / MILLISECOND:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"


def _mark(figure: str, *, missed: bool) -> str:
    """Let a missed budget stand out: red where there are colours, bold where there are none."""
    return f"🔴 **{figure}**" if missed else figure


def _write_budget(one: Measured, own: Words) -> str:
    if one.at_most is None:
        return NOTHING
    amount = f"{one.at_most:g}" if one.unit == RATIO else f"{one.at_most:g} MiB"
    if one.unit in (SECONDS, PROCESSOR):
        amount = _write_seconds(one.at_most)
    return f"≤ {amount}, {own['missed']}" if one.is_missed else f"≤ {amount}"


def _write_row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _write_reasons(missed: Sequence[Measured], words: Words, language: str) -> Iterator[str]:
    for one in missed:
        own = words[language]
        reason = words["reasons"].get(one.name, {}).get(language, own["no_reason"])
        yield f"- 🔴 {name_figure(one, words, language)}{own['colon']}{reason}"


def name_figure(one: Measured, words: Words, language: str) -> str:
    """Return what a figure is called; its own name is English, and begins with a capital on the page.

    Raises:
        LookupError: it has no Chinese name.
    """
    if language == "en":
        return one.name[0].upper() + one.name[1:]
    return str(words["names"][one.name])
