"""A sheet that a town officer can fill in without asking."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from kfly.locale import _
from kfly.plan.dates import EARLIEST, LATEST
from kfly.plan.kinds import DELIVERABLE, NOTE, TARGET, YUAN, Field, Kind, Value
from kfly.registry.registry import Registry
from kfly.registry.sheets.grid import column_letter
from kfly.registry.sheets.headings import heading_of
from kfly.registry.sheets.sources import CHOICES, GUIDE, sheet_name
from kfly.registry.sheets.workbook_out import open_book
from kfly.registry.values import EXACT
from kfly.workbook.book import Book, excel_day, put_text
from kfly.workbook.widths import row_height, text_width

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

ROOM = 5000  # rows that carry input checks
FILLED_IN = 500  # rows that have the town, where it is known whose sheet it is
MOST_OFFERED = 500  # recorded names offered in a drop-down
LONGEST_LIST = 255  # characters of choices that Excel takes inside a check; longer ones stand in a sheet
LONGEST_HINT = 255  # characters of an input check's message
EXAMPLE_YEAR = 2022
WIDEST = 34  # characters of a column
GUIDE_WIDTHS = (22, 8, 46, 58)  # characters of the columns of the instructions


class Excerpt(NamedTuple):
    """What a template is narrowed to.

    Attributes:
        columns: the names of the fields that have a column, beside those that every record must have;
            empty for all.
        town: the town or zone that fills the sheet in; None for any.
    """

    columns: tuple[str, ...] = ()
    town: str | None = None


ALL = Excerpt()


def choose_fields(kind: Kind, excerpt: Excerpt) -> tuple[Field, ...]:
    """Choose the fields that have a column, in the order of their declaration."""
    fields = (*kind.fields, NOTE)
    if not excerpt.columns:
        return fields
    wanted = {*excerpt.columns, kind.key[0]}
    if excerpt.town is not None and kind.town:
        wanted.add(kind.town.name)
    return tuple(field for field in fields if field.required or field.name in wanted)


def write(registry: Registry, kind: Kind, stream: BinaryIO, excerpt: Excerpt = ALL) -> None:
    """Write the template of a kind.

    Raises:
        OSError: it cannot be written.
    """
    with open_book(stream) as made:
        _Template(registry, kind, made, excerpt).draw()


class FieldGuide:
    """What an officer must know of the fields of a kind, on a sheet or a form."""

    def __init__(self, registry: Registry, kind: Kind, town: str | None) -> None:
        self.registry, self.kind, self.town = registry, kind, town

    def is_given(self, field: Field) -> bool:
        """Tell whether a field is filled in already, with the town whose sheet it is."""
        return self.town is not None and field == self.kind.town

    def list_choices(self, field: Field) -> tuple[str, ...]:
        """Return what a field is chosen from: its choices, the towns and zones, the plan's own names."""
        plan = self.registry.plan
        if field.names == DELIVERABLE:
            return tuple(deliverable.name.spoken for deliverable in plan.deliverables)
        if field.names == TARGET:
            return tuple(target.name.spoken for target in self.registry.figures.targets.values())
        if self.town is not None and self.is_given(field):
            return (self.town,)
        if field.type == "town":
            return field.only or tuple(place.name for place in plan.places)
        return field.choices

    def explain(self, field: Field, *, briefly: bool = False) -> Iterator[str]:
        """Yield what an officer must know of a field; ``briefly`` without how its value is written."""
        yield (field.help.spoken or field.label.spoken).rstrip("。.")
        if not briefly:
            yield self.say_manner(field)
        yield _("Required") if field.required else _("May stay empty")

    def say_manner(self, field: Field) -> str:
        """Say how a value is to be written."""
        if self.is_given(field):
            return _("Filled in already: {town}", town=self.town)
        if choices := self.list_choices(field):
            return _("Choose from the list: {choices}", choices=_(", ").join(choices))
        if field.type == "reference":
            kind = self.registry.kinds[field.to or ""].label.spoken
            return _("The name of a record of {kind}", kind=kind)
        if field.is_amount:
            return _number_manner(field)
        fixed = {"date": _("A whole day, as 2022-03-01"), "year": _("A year, as 2022")}
        return fixed.get(field.type) or _("Text")


class _Template:
    """One template being drawn."""

    def __init__(self, registry: Registry, kind: Kind, made: Book, excerpt: Excerpt) -> None:
        self.registry = registry
        self.kind = kind
        self.book = made
        self.fields = choose_fields(kind, excerpt)
        self.town = excerpt.town
        self.guide = FieldGuide(registry, kind, excerpt.town)
        self.example = {"font_color": "#7F7F7F", "italic": True, "bg_color": "#F2F2F2"}
        self.lists: Worksheet | None = None
        self.listed = 0  # columns of that sheet in use

    def draw(self) -> None:
        """Draw the sheet to fill in, and the one that explains it."""
        sheet = self.book.add_sheet(sheet_name(self.kind, self.registry.kinds.values()))
        guide = self.book.add_sheet(GUIDE.spoken)
        sheet.set_row(0, 32)
        widths = [self._column(sheet, column, field) for column, field in enumerate(self.fields)]
        sheet.freeze_panes(1, 1)
        self.book.set_page(sheet, widths)
        sheet.set_selection(2, 0, 2, 0)
        self._explain_all(guide)
        if self.lists:
            self.lists.hide()

    def _column(self, sheet: "Worksheet", column: int, field: Field) -> int:
        """Draw one field's column (heading, comment, example, input check), and return its width."""
        heading = heading_of(self.kind, field)
        example = self._example(field)
        width = min(max(text_width(heading), text_width(str(example or "")), 8) + 4, WIDEST)
        sheet.set_column(column, column, width, self._format(field))
        shown = f"{heading}*" if field.required else heading
        put_text(
            sheet,
            row=0,
            column=column,
            text=shown,
            look=self.book.required if field.required else self.book.heading,
        )
        note = "\n".join(self.guide.explain(field))
        lines = sum(-(-text_width(line) // 34) for line in note.split("\n"))
        sheet.write_comment(
            0, column, note, {"width": 240, "height": 22 + 18 * lines, "font_size": 9, "author": "kfly"}
        )
        look = self.book.look(**self.example, **{**self._number_format(field), "text_wrap": False})
        if isinstance(example, str):
            put_text(sheet, row=1, column=column, text=example, look=look)
        elif example is None:
            sheet.write_blank(1, column, None, look)
        else:
            sheet.write_number(1, column, example, look)
        check = self._check(field)
        if check:
            sheet.data_validation(1, column, ROOM, column, check)
        if self.guide.is_given(field):
            for row in range(2, 2 + FILLED_IN):
                put_text(sheet, row=row, column=column, text=str(self.town), look=self._format(field))
        return width

    def _format(self, field: Field) -> Any:
        return self.book.look(**self._number_format(field))

    def _number_format(self, field: Field) -> dict[str, Any]:
        """Return a field's format; text stays text, so that 001 and a telephone number keep their zeros."""
        if field.type == "date":
            return {"num_format": "yyyy-mm-dd", "align": "left"}
        if field.type == "year":
            return {"num_format": "0", "align": "left"}
        if field.is_amount:
            return {"num_format": "General"}
        return {"num_format": "@", "text_wrap": True}

    def _check(self, field: Field) -> dict[str, Any] | None:
        """Return the input check of a column; None where it has none."""
        hint = _("; ").join(self.guide.explain(field))
        check: dict[str, Any] = {
            "ignore_blank": True,
            "error_title": field.label.spoken[:32],
            "error_message": hint[:LONGEST_HINT],
        }
        if choices := self.guide.list_choices(field):
            return {**check, "validate": "list", "source": self._source(choices)}
        if field.type == "reference":
            known = sorted(self.registry.titles.of(field.to or "").values())[:MOST_OFFERED]
            if not known:
                return None
            # Another name is right as well, if it is recorded before this sheet is.
            return {**check, "validate": "list", "source": self._source(known), "error_type": "information"}
        if field.type == "date":
            first, last = f"=DATE({EARLIEST},1,1)", f"=DATE({LATEST},12,31)"
            return {**check, "validate": "date", "criteria": "between", "minimum": first, "maximum": last}
        if field.type in ("number", "integer", "year"):
            return {**check, "validate": "decimal" if field.type == "number" else "integer", **_range(field)}
        return None

    def _source(self, words: Sequence[str]) -> Any:
        """Put the words of a drop-down inside the check where they fit, else in a sheet of their own."""
        if len(",".join(words)) <= LONGEST_LIST and not any(set(word) & {",", '"'} for word in words):
            return list(words)
        if self.lists is None:
            self.lists = self.book.add_sheet(CHOICES)
        column, self.listed = self.listed, self.listed + 1
        for row, word in enumerate(words):
            put_text(self.lists, row, column, word)
        return f"={CHOICES}!${column_letter(column)}$1:${column_letter(column)}${len(words)}"

    def _example(self, field: Field) -> Value:
        """Return a value of the example row, which begins with its mark and is never imported."""
        label = field.label.spoken
        if field.name == self.kind.key[0]:
            return _("Example: {label} (this row is not imported)", label=label)
        if choices := self.guide.list_choices(field):
            return choices[0]
        if not (field.required or field.name == self.kind.counts_on):
            return None
        if field.is_amount:
            return _example_number(field)
        fixed = {"date": excel_day(f"{EXAMPLE_YEAR}-03-01"), "year": EXAMPLE_YEAR}
        return fixed.get(field.type) or _("some {label}", label=label)

    def _explain_all(self, sheet: "Worksheet") -> None:
        """Write the instructions: how to fill in, then every field."""
        plan = self.registry.plan.name.spoken
        title = self.book.look(bold=True, font_size=14)
        wrapped = self.book.look(text_wrap=True, valign="top", border=1, border_color="#BFBFBF")
        put_text(
            sheet,
            row=0,
            column=0,
            text=_("{kind}: how to fill in this sheet", kind=self.kind.label.spoken),
            look=title,
        )
        put_text(sheet, row=1, column=0, text=plan, look=self.book.look(font_color="#595959"))
        for row, line in enumerate(_rules(), start=3):
            put_text(sheet, row, 0, f"{row - 2}. {line}")
        top = 3 + len(_rules()) + 1
        heads = (_("Column"), _("Required?"), _("What to fill in"), _("How"))
        for column, (head, width) in enumerate(zip(heads, GUIDE_WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            put_text(sheet, row=top, column=column, text=head, look=self.book.heading)
        for row, field in enumerate(self.fields, start=top + 1):
            yes = _("yes") if field.required else ""
            cells = (heading_of(self.kind, field), yes, field.help.spoken, self.guide.say_manner(field))
            sheet.set_row(row, row_height(zip(cells, GUIDE_WIDTHS, strict=True)))
            for column, cell in enumerate(cells):
                put_text(sheet, row=row, column=column, text=cell, look=wrapped)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(2)


def _rules() -> tuple[str, ...]:
    return (
        _("Fill in the first sheet from the third row on, one record a row; leave the headings as they are."),
        _("Columns with a dark heading and an asterisk are required; others may stay empty."),
        _("The grey second row is an example. It is never imported: leave it, or delete it."),
        _("Rest the pointer on a heading to see what belongs in the column."),
        _("Write amounts in the unit of the heading and days as 2022-03-01; put no total below the table."),
    )


def _number_manner(field: Field) -> str:
    unit = field.unit or ""
    if field.type == "integer":
        manner = _("A whole number")
    elif field.unit in YUAN:
        manner = _("An amount of money in {unit}", unit=unit)
    elif unit:
        manner = _("A number in {unit}", unit=unit)
    else:
        manner = _("A number")
    if field.minimum is not None and field.maximum is not None:
        return _(
            "{manner}, from {minimum} to {maximum}",
            manner=manner,
            minimum=field.minimum,
            maximum=field.maximum,
        )
    if field.minimum is not None:
        return _("{manner}, not below {minimum}", manner=manner, minimum=field.minimum)
    return manner


def _range(field: Field) -> dict[str, Any]:
    """Return the bounds of a number's input check; every check needs them."""
    if field.type == "year":
        return {"criteria": "between", "minimum": EARLIEST, "maximum": LATEST}
    low = float(field.minimum) if field.minimum is not None else -EXACT
    high = float(field.maximum) if field.maximum is not None else EXACT
    return {"criteria": "between", "minimum": low, "maximum": high}


def _example_number(field: Field) -> float:
    """Return a number that the field takes."""
    wanted = Fraction(5200 if field.unit == "m²" else 100)
    low = None if field.minimum is None else Fraction(field.minimum)
    high = None if field.maximum is None else Fraction(field.maximum)
    if low is not None and high is not None:
        wanted = (low + high) / 2
    elif low is not None:
        wanted = max(wanted, low)
    elif high is not None:
        wanted = min(wanted, high)
    steps = wanted * field.scale
    return float(Fraction(steps.__floor__() if high is not None else steps.__ceil__(), field.scale))
