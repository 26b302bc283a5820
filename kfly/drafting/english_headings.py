"""What the headings of an English table of tasks are called; the words are compared without blanks."""

import re

_WHO = (
    r"(?:department|agency|organi[sz]ation|body|service|unit|team|ministry|office|partner|entity|directorate)"
)
_WHOM = (
    rf"(?:{_WHO}|departments|agencies|organi[sz]ations|bodies|services|units|teams|partners|parties|party)"
)
_WORK = r"(?:tasks?|actions?|activit(?:y|ies)|measures?|initiatives?|deliverables?|commitments?|workitems?)"
_END = r"(?:target|due|completion|end|finish|delivery|targetcompletion|planned|plannedcompletion)"


def make_patterns(
    title: str, lead: str, responsible: str, support: str, due: str
) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the patterns of headings, each with the role that it has; persons (lead officer) have none."""
    return (
        (re.compile(rf"(?:key|main|specific|priority|major)?{_WORK}(?:description|name|title)?"), title),
        (re.compile(rf"descriptionof(?:the)?{_WORK}|{_WORK}(?:/|and|&){_WORK}"), title),
        (re.compile(r"what(?:(?:will|is|needs)(?:to)?bedone|wewilldo)?"), title),
        (re.compile(rf"lead(?:ing)?(?:{_WHOM}|by)?|ledby|wholeads"), lead),
        (re.compile(rf"(?:responsible|accountable|owning|implementing)(?:{_WHOM})?"), responsible),
        (re.compile(r"(?:action|task)?owner|responsibility"), responsible),
        (
            re.compile(
                rf"(?:support|supporting|contributing|cooperating|partner)(?:{_WHOM})?|partners|whosupports"
            ),
            support,
        ),
        (re.compile(rf"{_END}(?:date|by)|datedue|due|deadlines?|time(?:scale|line|frame)s?"), due),
        (re.compile(r"(?:to)?be?completeby|completeby|bywhen|dateofcompletion"), due),
    )
