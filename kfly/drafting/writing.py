"""A draft as a plan file: every doubt a comment where it stands, and nothing invented in its place."""

import re
from collections.abc import Iterator, Sequence

from kfly.drafting.doubts import name_place
from kfly.drafting.drafting import Draft
from kfly.drafting.figures import Figure
from kfly.drafting.tasks import Number, Task
from kfly.locale import _

_PLAIN = re.compile(
    r"[\u4e00-\u9fff《“〔（【][^\n#:{}\[\],&*!|>'\"%@`\\]*[^\s#:{}\[\],&*!|>'\"%@`\\]|[\u4e00-\u9fff]"
)
_PLAIN_DUE = re.compile(r"[\d年月日底末前上下半第一二三四季度内Q-]+", re.ASCII)
_ESCAPED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
WIDEST = 100  # characters of a list on one line


def write_yaml(draft: Draft) -> str:
    """Return the text of a yearly table; it loads as it is when nothing in the draft was doubtful."""
    lines = [*_write_head(draft), f"year: {draft.year}", "tasks:" if draft.tasks else "tasks: []"]
    chapter = ""
    for task in draft.tasks:
        if task.chapter != chapter:
            lines += ["", *_comment(task.chapter or "—", "  ")]
            chapter = task.chapter
        lines += [*_write_task(task), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _write_head(draft: Draft) -> Iterator[str]:
    yield from _comment(_("Drafted by kfly from {file}: look it over before you load it.", file=draft.file))
    counts = _("Rows seen: {seen}, written: {written}, passed over: {passed}.")
    yield from _comment(counts.format(seen=draft.seen, written=len(draft.tasks), passed=len(draft.passed)))
    if draft.unknown:
        yield "#"
        yield from _comment(
            _("The plan does not know these organisations; correct them here, or add them to it:")
        )
        for unknown in draft.unknown:
            tasks = _(", ").join(map(str, unknown.tasks))
            where = _("{name} (tasks {tasks})", name=unknown.name, tasks=tasks)
            near = _("; did you mean “{near}”?", near=unknown.near) if unknown.near else ""
            yield from _comment(f"- {where}{near}")
    for title, lines in _sections(draft):
        if lines:
            yield "#"
            yield from _comment(title)
            for line in lines:
                yield from _comment(f"- {line}")
    yield ""


def _sections(draft: Draft) -> Iterator[tuple[str, Sequence[str]]]:
    yield _("To be settled:"), draft.doubts
    if draft.gaps:
        yield _("Numbers that are missing: {numbers}", numbers=_(", ").join(map(str, draft.gaps))), ("",)
    if draft.columns:
        names = _(", ").join(draft.columns)
        yield _("Columns without a place in a plan file, kept as comments: {names}", names=names), ("",)
    yield _("Of the reading:"), draft.remarks


def _comment(text: str, indent: str = "") -> list[str]:
    """Return a text as lines of comment; one that is empty has none."""
    return [f"{indent}# {line}".rstrip() for line in text.split("\n") if line.strip(" -")]


def _write_task(task: Task) -> Iterator[str]:
    yield f"  - number: {write_number(task.number)}"
    if task.doubts:
        yield from _comment(name_place(task), "    ")
    for doubt in task.doubts:
        yield from _comment(f"? {doubt}", "    ")
    yield f"    title: {quote(task.title)}" if task.title else "    # title:"
    yield from _write_names("lead", task.parties.lead, is_owed=True)
    yield from _write_names("responsible", task.parties.responsible, is_owed=True)
    yield from _write_names("support", task.parties.support)
    if task.leader:
        yield f"    leader: {quote(task.leader)}"
    yield from _write_when(task)
    if task.weight:
        yield f"    weight: {task.weight}"
    for label, text in task.comments:
        yield from _comment(_("{label}: {message}", label=label, message=text), "    ")
    yield from _propose_needs(task.figures)


def _write_names(key: str, names: Sequence[str], *, is_owed: bool = False) -> Iterator[str]:
    if not names:
        if is_owed:
            yield f"    {key}: []" if key != "lead" else "    # lead:"
        return
    quoted = [quote(name) for name in names]
    line = f"    {key}: [{', '.join(quoted)}]"
    if len(line) <= WIDEST:
        yield line
        return
    yield f"    {key}:"
    yield from (f"      - {name}" for name in quoted)


def _write_when(task: Task) -> Iterator[str]:
    when = task.when
    if when.due:
        yield f"    due: {when.due if _PLAIN_DUE.fullmatch(when.due) else quote(when.due)}"
    if when.ongoing:
        yield "    ongoing: true"
    if when.report_every:
        yield f"    report_every: {when.report_every}"
    if not when.due and not when.ongoing:
        yield "    # due:"
    if when.stages:
        yield "    # stages:"
    for stage in when.stages:
        yield f"    #   - {{title: {quote(stage.title)}, due: {quote(stage.due, always=True)}}}"


def _propose_needs(figures: Sequence[Figure]) -> Iterator[str]:
    if not figures:
        return
    known = [figure for figure in figures if figure.target]
    if known:
        yield "    # needs:"
        for figure in known:
            asked = f"{{target: {figure.target}, {figure.comparison}: {figure.amount}}}"
            yield f"    #   - {asked}  # {figure.words}"
    others = [figure.words for figure in figures if not figure.target]
    if others:
        yield from _comment(_("figures that no target counts: {words}", words=_(", ").join(others)), "    ")


def write_number(number: Number) -> str:
    """Write a number; a text stands in quotes, so that 1.10 stays what it is."""
    return str(number) if isinstance(number, int) else quote(number, always=True)


def quote(text: str, *, always: bool = False) -> str:
    """Write a text as YAML, in quotes where it would be read as anything else without them."""
    if not always and _PLAIN.fullmatch(text):
        return text
    return '"' + "".join(_ESCAPED.get(sign, sign) for sign in text) + '"'
