"""A form for phones (XLSForm), as ODK and Kobo take it: what a template asks, question by question.

A choice is called as it is recorded, so what comes back needs no key. Every cell is a text: pyxform 4.5 turns
the day of a date cell into a time.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

from kfly.clock import now
from kfly.locale import _
from kfly.plan.dates import EARLIEST, LATEST
from kfly.plan.kinds import Field, Kind
from kfly.registry.registry import Registry
from kfly.registry.sheets.form_answers import GEOPOINT, LATITUDE, LONGITUDE
from kfly.registry.sheets.headings import heading_of
from kfly.registry.sheets.template import ALL, Excerpt, FieldGuide, choose_fields
from kfly.registry.sheets.workbook_out import open_book
from kfly.workbook.book import put_text

SURVEY = (
    *("type", "name", "label", "hint", "required", "constraint", "constraint_message"),
    *("appearance", "default", "calculation"),
)
CHOICES = ("list_name", "name", "label")
SETTINGS = ("form_title", "form_id", "version")
FEW = 8  # choices that are shown all at once
_TYPES = {"date": "date", "year": "integer", "integer": "integer", "number": "decimal"}
_PARTS = {LATITUDE: 0, LONGITUDE: 1}  # of a point, as ODK writes it

Row = Mapping[str, str]


def write_form(registry: Registry, kind: Kind, stream: BinaryIO, excerpt: Excerpt = ALL) -> None:
    """Write the form of a kind.

    Raises:
        OSError: it cannot be written.
    """
    form = _Form(registry, kind, excerpt)
    settings = {
        "form_title": f"{kind.label.spoken} · {registry.plan.name.spoken}",
        "form_id": f"kfly_{kind.name}",
        "version": "".join(sign for sign in now() if sign.isdigit()),
    }
    survey = list(form.list_questions())
    with open_book(stream) as book:
        for title, columns, rows in (
            ("survey", SURVEY, survey),
            ("choices", CHOICES, form.choices),
            ("settings", SETTINGS, [settings]),
        ):
            sheet = book.add_sheet(title)
            sheet.set_column(0, len(columns) - 1, 24)
            for column, heading in enumerate(columns):
                put_text(sheet, row=0, column=column, text=heading, look=book.heading)
                for at, row in enumerate(rows, start=1):
                    if text := row.get(heading):
                        put_text(sheet, row=at, column=column, text=text)


class _Form:
    """One form being made."""

    def __init__(self, registry: Registry, kind: Kind, excerpt: Excerpt) -> None:
        self.registry, self.kind = registry, kind
        self.fields = choose_fields(kind, excerpt)
        self.guide = FieldGuide(registry, kind, excerpt.town)
        self.choices: list[Row] = []

    def list_questions(self) -> Iterator[Row]:
        """Yield the rows of the survey; their choices are gathered on the way."""
        parts = [field for field in self.fields if field.name in _PARTS and field.type == "number"]
        has_point = len(parts) == len(_PARTS)
        for field in self.fields:
            if not (has_point and field in parts):
                yield self._ask(field)
        if has_point:
            yield {"type": "geopoint", "name": GEOPOINT, "label": _("Where it is (take the point on site)")}
            yield from ({**_take_part(field), "name": field.name} for field in parts)

    def _ask(self, field: Field) -> Row:
        words = [word for word in self._list_words(field) if _is_sayable(word)]
        given = self.guide.is_given(field)
        return {
            "type": self._find_type(field, words),
            "name": field.name,
            "label": _make_plain(heading_of(self.kind, field)),
            "hint": _make_plain(_("; ").join(self.guide.explain(field, briefly=bool(words)))),
            "required": "yes" if field.required else "",
            "appearance": "minimal" if len(words) > FEW else "",
            "default": words[0] if given and words else "",
            **self._constrain(field),
        }

    def _find_type(self, field: Field, words: Sequence[str]) -> str:
        """Return a question's type; one with words becomes a choice, and its list is kept."""
        if not words:
            return _TYPES.get(field.type, "text")
        own = [{"list_name": field.name, "name": word, "label": word} for word in words]
        self.choices += own
        return f"select_one {field.name}"

    def _list_words(self, field: Field) -> list[str]:
        if field.type == "reference":
            return sorted(set(self.registry.titles.of(field.to or "").values()))
        return list(dict.fromkeys(self.guide.list_choices(field)))

    def _constrain(self, field: Field) -> Row:
        rules = list(self._list_rules(field))
        if not rules:
            return {}
        message = _make_plain(_("; ").join(self.guide.explain(field)))
        return {"constraint": " and ".join(rules), "constraint_message": message}

    def _list_rules(self, field: Field) -> Iterator[str]:
        if field.type == "date":
            yield f". >= date('{EARLIEST}-01-01')"
            yield f". <= date('{LATEST}-12-31')"
        if field.type == "year":
            yield f". >= {EARLIEST}"
            yield f". <= {LATEST}"
        if field.is_amount:
            if field.minimum is not None:
                yield f". >= {field.minimum}"
            if field.maximum is not None:
                yield f". <= {field.maximum}"
            if field.not_above and any(other.name == field.not_above for other in self.fields):
                other = "${" + field.not_above + "}"
                yield f"({other} = '' or . <= {other})"


def _take_part(field: Field) -> Row:
    """Return the question that works a part out of the point: empty where none was taken."""
    point = "${" + GEOPOINT + "}"
    part = f"round(number(selected-at({point}, {_PARTS[field.name]})), {field.decimals})"
    return {"type": "calculate", "calculation": f"if({point} = '', '', {part})"}


def _make_plain(text: str) -> str:
    """Write a text so that it names no other question, as ${…} would."""
    return " ".join(text.replace("${", "$ {").split())


def _is_sayable(word: str) -> bool:
    """Tell whether a word can be a choice: it is handed back as it stands, and names no other question."""
    return word == _make_plain(word)
