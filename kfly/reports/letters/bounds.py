"""The upper bound of a letter: mail programs cut long ones off, and nobody reads them on a phone."""

from collections.abc import Iterable

from kfly.reports.supervision import Reported, Section

MOST_TASKS = 50
MOST_SIGNS = 30_000  # of their texts; with its tags, a page of so many stays below the 100 KB that are shown


def keep_the_worst(sections: Iterable[Section]) -> list[Section]:
    """Keep the first tasks and targets, which are the worst, until the letter is full; one at least.

    A heading goes on telling how many tasks there are of its class.
    """
    kept: list[Section] = []
    tasks = signs = 0
    for section in sections:
        entries = []
        for entry in section.entries:
            tasks, signs = tasks + 1, signs + _count_signs(entry)
            if tasks > 1 and (tasks > MOST_TASKS or signs > MOST_SIGNS):
                break
            entries.append(entry)
        if entries:
            left_out = len(section.entries) - len(entries)
            kept.append(section._replace(entries=tuple(entries), left_out=left_out))
    return kept


def _count_signs(entry: Reported) -> int:
    told = (entry.title, entry.lead, entry.responsible, entry.figures, *entry.missing, entry.note)
    return sum(map(len, told))
