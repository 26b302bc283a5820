"""``rollup``: many counties as one: who answered, what it adds up to, who stands where."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

from rich.text import Text

from kfly.console.screen import show, text
from kfly.console.tables import Column, make_table
from kfly.locale import _, format_number, format_share, to_json_number
from kfly.plan.counties import County, CountyRow, Missing
from kfly.plan.metrics import Goal
from kfly.progress.lights import LIGHTS, NONE, RED
from kfly.progress.rollup import CountyPlace, GroupLines, Line, Rollup, count_reds
from kfly.progress.rollup_trend import RollupWay
from kfly.reports import words
from kfly.reports.digits import Digits, find_digits

WITHIN = " / "
PLAN = "plan"  # the period of what does not begin anew


def document(found: Rollup) -> dict[str, Any]:
    """Return the JSON that other programs rely on."""
    return {
        "as_of": found.as_of.isoformat(),
        **({} if found.known is None else {"as_known": found.known.isoformat().replace("+00:00", "Z")}),
        "counties": {
            "read": len(found.counties),
            "missing": [_missing_document(one) for one in found.missing],
        },
        "targets": [line_document(line) for line in found.lines],
        "groups": [
            {
                "name": WITHIN.join(group.group),
                "read": group.read,
                "missing": group.missing,
                "targets": [line_document(line) for line in group.lines],
            }
            for group in found.groups
        ],
        "ranking": [
            {
                "place": place.place,
                "name": place.county.name,
                "group": WITHIN.join(place.county.group),
                "score": to_json_number(place.county.score),
                "reds": count_reds(place.county),
                "share": to_json_number(place.share),
            }
            for place in found.ranking
        ],
    }


def _missing_document(one: Missing) -> dict[str, Any]:
    last = one.last and {
        "as_of": one.last.as_of.isoformat(),
        "targets": [
            {
                "key": row.key,
                "name": row.name,
                "unit": row.unit,
                "period": row.period,
                "actual": to_json_number(row.actual),
                "goal": to_json_number(row.goal),
                "light": row.light,
            }
            for row in one.last.rows
        ],
    }
    return {"name": one.name, "group": WITHIN.join(one.group), "reason": one.reason, "last": last}


def line_document(line: Line) -> dict[str, Any]:
    """Return the JSON of one target of several counties."""
    return {
        "key": line.key,
        "name": line.name,
        "unit": line.unit,
        "comparison": line.comparison,
        "period": line.period,
        "sum": to_json_number(line.total),
        "goal": to_json_number(line.goal),
        "counties": line.counties,
        "reporting": line.reporting,
        "met": line.met,
        "lights": line.lights,
    }


def render(found: Rollup) -> None:
    """Print the roll-up for people."""
    show(text(write_heading(found), "bold"))
    if found.lines:
        show("", _table(found.lines))
    for remark in explain(found):
        show(text(remark, "dim"))
    if found.groups:
        show("", text(_("Groups"), "bold"), "", _groups(found.groups))
    if found.ranking:
        show("", text(write_ranking_heading(found), "bold"), "", _ranking(found))
    if found.missing:
        show("", text(_("Not added"), "bold red"), "", _missing(found.missing))


def write_heading(found: Rollup) -> str:
    """Say how many of the counties stand in the figures: it is the first thing to know."""
    told = {"read": len(found.counties), "all": found.expected, "day": found.as_of.isoformat()}
    heading = _("{read} of {all} counties · as of {day}", **told)
    if found.known is None:
        return heading
    at = found.known.astimezone().isoformat(" ", "minutes")
    return _("{heading} · as known at {moment}", heading=heading, moment=at)


def list_missing(found: Rollup) -> Iterator[str]:
    """Yield a line for each county that is not added, and why."""
    for one in found.missing:
        yield _("{name}: {value}", name=one.name, value=one.reason)


def explain(found: Rollup) -> Iterator[str]:
    """Yield what must be known to read the figures."""
    if any(line.total is None and line.reporting for line in found.lines):
        yield _("—: levels, and counts of towns, do not add up; the counties that meet theirs are counted.")
    if any(0 < line.reporting < line.counties for line in found.lines):
        yield _("Where some counties have no data, the total is that of the others.")


def _table(lines: Iterable[Line]) -> Any:
    columns = [
        Column(_("Target"), narrowest=12),
        Column(_("Total / goal"), narrowest=10),
        Column(_("Met"), justify="right"),
        Column(_("Lights of the counties")),
    ]
    return make_table(
        columns,
        [[name_line(line), write_total(line), write_met(line), _lights(line.lights)] for line in lines],
    )


def name_line(line: Line) -> str:
    """Name a target; one that begins anew each year with its period."""
    name = name_target(line)
    return name if line.period == PLAN else _("{name} ({year})", name=name, year=line.period)


def name_target(line: Line) -> str:
    """Name a target; where one of another key has the same name, with its key."""
    return _("{name} [{key}]", name=line.name, key=line.key) if line.has_namesake else line.name


def write_total(line: Line) -> str:
    """Write a total beside what was promised together; a dash where figures do not add up."""
    if line.total is None:
        return _("no data") if not line.reporting else "—"
    return f"{write_pair(line, line.total, find_goal(line))} {line.unit}"


def find_digits_beside(
    row: CountyRow | Line | RollupWay, figure: Fraction | None, promised: Goal | None
) -> Digits:
    """Return the decimals of a figure beside what is promised, by what the counties' own plans say."""
    digits = find_digits(row.decimals, reported=row.reported)
    return digits if figure is None else digits.beside(figure, promised)


def find_goal(row: CountyRow | Line) -> Goal | None:
    """Return what is promised; None where nothing is."""
    return None if row.comparison is None or row.goal is None else Goal(row.comparison, row.goal)


def write_pair(row: CountyRow | Line | RollupWay, figure: Fraction | None, promised: Goal | None) -> str:
    """Write a figure beside what is promised: 6.0 / 7.5; alone where nothing is."""
    digits = find_digits_beside(row, figure, promised)
    written = words.figure(figure, digits)
    return f"{written} / {words.goal(promised, digits)}" if promised else written


def write_met(line: Line) -> str:
    """Write how many of the counties that promised keep it."""
    return f"{line.met}/{line.promising}" if line.promising else "—"


def _lights(lights: dict[str, int]) -> Text:
    drawn = Text()
    for light in LIGHTS:
        if lights[light]:
            drawn.append("  " if drawn else "")
            drawn.append(write_light(light, lights[light]), words.colour(light))
    return drawn


def write_light(light: str, count: int) -> str:
    """Write how many have a light, by its sign; what has none by its word."""
    sign = words.light_sign(light) or words.light_word(NONE)
    return f"{sign} {count}"


def count_lights(lines: Iterable[Line]) -> dict[str, int]:
    """Count the lights of several targets together."""
    found = dict.fromkeys(LIGHTS, 0)
    for line in lines:
        for light, count in line.lights.items():
            found[light] += count
    return found


def _groups(groups: Iterable[GroupLines]) -> Any:
    columns = [
        Column(_("Group"), narrowest=12),
        Column(_("Counties"), justify="right"),
        Column(_("Lights of their targets")),
    ]
    rows: list[list[str | Text]] = [
        [
            "  " * (len(group.group) - 1) + group.group[-1],
            f"{group.read}/{group.read + group.missing}",
            _lights(count_lights(group.lines)),
        ]
        for group in groups
    ]
    return make_table(columns, rows)


def write_ranking_heading(found: Rollup) -> str:
    """Say by what the counties are ranked."""
    if found.ranked_by is None:
        if any(place.county.score is not None for place in found.ranking):
            return _("Ranking, by score")
        return _("Ranking, by fewest red lights, then by the mean share of what was promised")
    named = next((line.name for line in found.lines if line.key == found.ranked_by), found.ranked_by)
    return _("Ranking, by {target}", target=named)


def _ranking(found: Rollup) -> Any:
    scored = any(place.county.score is not None for place in found.ranking)
    grouped = bool(found.groups)
    columns = [
        Column(_("Rank"), justify="right"),
        Column(_("County"), narrowest=8),
        *([Column(_("Group"), narrowest=8)] if grouped else []),
        *([Column(_("Score"), justify="right")] if scored else []),
        Column(_("Red"), justify="right"),
        Column(_("Share"), justify="right"),
    ]
    return make_table(columns, [_place(each, grouped=grouped, scored=scored) for each in found.ranking])


def _place(place: CountyPlace, *, grouped: bool, scored: bool) -> list[str | Text]:
    county = place.county
    count = count_reds(county)
    reds = text(str(count), words.colour(RED) if count else "")
    return [
        str(place.place),
        county.name,
        *([WITHIN.join(county.group)] if grouped else []),
        *([write_score(county)] if scored else []),
        reds,
        write_share(place),
    ]


def write_score(county: County) -> str:
    """Write a county's score to a tenth; a dash where its plan has no weights."""
    return "—" if county.score is None else format_number(round(county.score, 1), 1)


def write_share(place: CountyPlace) -> str:
    """Write the share by which a county is ranked; a dash where there is none."""
    return format_share(place.shown)


def _missing(missing: Iterable[Missing]) -> Any:
    columns = [
        Column(_("County"), narrowest=8),
        Column(_("Why"), narrowest=16),
        Column(_("Its last figures"), narrowest=16),
    ]
    return make_table(columns, [[one.name, one.reason, write_last(one.last)] for one in missing])


def write_last(last: County | None) -> str:
    """Write the last figures of a county that is not added, with their day; a dash where none are known."""
    if last is None:
        return "—"
    return "\n".join([_("as of {day}:", day=last.as_of.isoformat()), *map(write_row, last.rows)])


def write_row(row: CountyRow) -> str:
    """Write a target of one county: its figure, its goal and its light."""
    figure = write_pair(row, row.actual, find_goal(row))
    name = row.name if row.period == PLAN else _("{name} ({year})", name=row.name, year=row.period)
    return " ".join(part for part in (name, figure, row.unit, words.light_sign(row.light)) if part)
