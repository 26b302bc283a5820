"""Invents whole registries: several kinds at once, values as their fields declare them, some awkward."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import date
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from hypothesis import strategies as st

from kfly.errors import KflyError
from kfly.plan.dates import EARLIEST, LATEST
from kfly.plan.kinds import NOTE, Field, Kind, is_a_name
from kfly.plan.model import Plan
from kfly.registry.registry import Registry
from kfly.registry.sheets import export, sources
from kfly.registry.sheets.intake import Intake, take_in
from kfly.registry.sheets.misread import find_judge
from kfly.registry.sheets.reading import Settings
from kfly.registry.values import EXACT
from kfly.store.plan import reading as plan_rows

# Texts that some program or format on the way might take for something else.
AWKWARD = [
    *(
        "=1+1",
        "+86 510 8686",
        "-",
        "-5",
        "@SUM(A1:A9)",
        "'",
        "''",
        "'=1",
        "''=1",
        "＝1+1",
        "＋1",
        "－1",
        "＠a",
    ),
    *("001", "1e5", "1.0", "0x10", "13800138000", "320281199001011234", "9007199254740993", "1,234", "12%"),
    *(
        "2022-03-01",
        "2022/3/1",
        "3月1日",
        "12:30",
        "44621",
        "1900-02-29",
        "TRUE",
        "false",
        "NULL",
        "NaN",
        "inf",
    ),
    *(
        "_x000D_",
        "_x005F_",
        "_x0041_",
        "_xD83D_",
        "_X000d_",
        "\\n",
        "\\u0000",
        "&amp;",
        "&#10;",
        "<b>",
        "]]>",
    ),
    *(
        "<r>甲</r>",
        "<r><t>甲</t></r>",
        "<r>&</r>",
        "{=1}",
        "{}",
        "[]",
        '"',
        '""',
        '"甲',
        '甲"',
        "甲'乙",
        "`",
        "\\",
    ),
    *(
        "\x01",
        "\x07铃",
        "甲\x0b乙",
        "甲\x0c乙",
        "甲\x1b[31m",
        "甲\x7f",
        "甲\x85乙",
        "甲\u2028乙",
        "甲\ufeff乙",
        "甲\u200b乙",
    ),
    *(
        "甲\n乙",
        "甲\r\n乙",
        "甲\r乙",
        "甲\n\n乙",
        "甲\t乙",
        "甲, 乙",
        "甲,乙",
        "甲;乙",
        "甲;乙\n丙;丁\n戊;己",
        "a\tb\nc\td\ne\tf",
    ),
    *(
        "😀",
        "👨‍👩‍👧",
        "𠮷野家",
        "e\u0301",
        "é",
        "ﬁ",
        "㎡",
        "\u202e反",
        "\U0010ffff",
        "\ue000",
        "ＡＢＣ",
        "１２",
    ),
    *(
        "示例:乙",
        "合计",
        "备注：甲",
        "序号",
        "***",
        "#N/A",
        "#REF",
        "#1",
        "1",
        "2",
        "n/a",
        "http://a.cn/?b=c#d",
        "mailto:a",
    ),
]
PIECES = [
    *(
        "=",
        "+",
        "-",
        "@",
        "'",
        '"',
        ",",
        ";",
        "\t",
        "\n",
        "\r\n",
        "\r",
        " ",
        "\u3000",
        "/",
        "#",
        "*",
        "(",
        ")",
    ),
    *("_x000D_", "<r>", "</r>", "&", "\x07", "😀", "＝", "甲", "楼", "a", "0", "1", "5", ".", "%", "年"),
]
# Names that are like other names, like an id, or like what a record with a namesake is called.
NAMES = [
    "甲",
    "乙",
    "丙",
    "1",
    "2",
    "#1",
    "澄江街道/甲",
    "城东街道/甲",
    "高新区/甲",
    "1/甲",
    "/甲",
    "甲/",
    "甲/甲",
    "None",
]
DAYS = ["1900-01-01", "1900-02-28", "1900-03-01", "2000-02-29", "2022-03-01", "2199-12-31"]
MOST_OF_A_KIND = 4


def is_read_rightly(text: str) -> bool:
    """Whether a text does not look like one read in the wrong encoding, which is no text of a CSV file."""
    judge = find_judge(text, gb18030=False)
    return judge is None or judge(text) is None


any_text = st.one_of(
    st.sampled_from(AWKWARD),
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=9).map("".join),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20),
).filter(is_read_rightly)
# Dashes alone are no name: such a record is called by its id, which is another one in another database.
any_name = st.one_of(st.sampled_from(NAMES), any_text.filter(is_a_name))


class Draft(NamedTuple):
    """A record to be: its texts, and which of the records there are it refers to."""

    kind: Kind
    texts: dict[str, str]
    references: dict[str, int]

    def __repr__(self) -> str:
        return f"{self.kind.name}({self.texts}, {self.references})"


class Move(NamedTuple):
    """A reference of a record that is there set to another record."""

    kind: Kind
    record: int
    field: Field
    to: int

    def __repr__(self) -> str:
        return f"{self.kind.name}[{self.record}].{self.field.name} = {self.to}"


class Invented(NamedTuple):
    """What is done to a registry, in this order."""

    drafts: list[Draft]
    moves: list[Move]
    removed: list[tuple[Kind, int]]


@st.composite
def registries(draw: st.DrawFn, plan: Plan, kinds: Sequence[Kind]) -> Invented:
    """Records of some kinds, and of those that they refer to."""
    chosen = draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=3, unique=True))
    with_targets = _with_targets(chosen, kinds)
    drafts = [
        drafted
        for kind in sources.order_kinds(with_targets)
        for drafted in draw(st.lists(_drafts(plan, kind), max_size=MOST_OF_A_KIND))
    ]
    if draw(st.booleans()):
        drafts = draw(st.permutations(drafts))
    links = [(kind, field) for kind in with_targets for field in kind.fields if field.to]
    numbers = st.integers(0, MOST_OF_A_KIND)
    moves = st.builds(
        lambda link, of, to: Move(link[0], of, link[1], to), st.sampled_from(links), numbers, numbers
    )
    removed = st.tuples(st.sampled_from(with_targets), numbers)
    return Invented(
        drafts, draw(st.lists(moves, max_size=3)) if links else [], draw(st.lists(removed, max_size=2))
    )


def _with_targets(chosen: Sequence[Kind], kinds: Sequence[Kind]) -> list[Kind]:
    wanted = {kind.name for kind in chosen}
    while more := {f.to for k in kinds if k.name in wanted for f in k.fields if f.to} - wanted:
        wanted |= more
    return [kind for kind in kinds if kind.name in wanted]


def _drafts(plan: Plan, kind: Kind) -> st.SearchStrategy[Draft]:
    """Records of one kind."""
    fields = [field for field in (*kind.fields, NOTE) if field.type != "reference"]
    texts = st.fixed_dictionaries(
        {field.name: texts_of(field, plan, kind) for field in fields if field.required},
        optional={field.name: texts_of(field, plan, kind) for field in fields if not field.required},
    )
    references = st.fixed_dictionaries(
        {field.name: st.integers(0, MOST_OF_A_KIND) for field in kind.fields if field.to and field.required},
        optional={
            field.name: st.integers(0, MOST_OF_A_KIND)
            for field in kind.fields
            if field.to and not field.required
        },
    )
    return st.builds(lambda t, r: Draft(kind, _forward(kind, t), r), texts, references)


def _forward(kind: Kind, texts: dict[str, str]) -> dict[str, str]:
    """The same with the dates in the order in which they must come."""
    for course in ([stage.date for stage in kind.stages], [kind.counts_on or "", kind.counts_until or ""]):
        given = [name for name in course if name in texts]
        texts |= zip(given, sorted(texts[name] for name in given), strict=True)
    return texts


def texts_of(field: Field, plan: Plan, kind: Kind) -> st.SearchStrategy[str]:
    """What may be typed into a field, as it is declared."""
    if field.names:
        return st.sampled_from([deliverable.key for deliverable in plan.deliverables])
    if field.type in ("choice", "town"):
        return st.sampled_from(choices_of(field, plan))
    if field.type in ("integer", "number"):
        return amounts(field)
    if field.type == "year":
        return st.integers(EARLIEST, LATEST).map(str)
    if field.type == "date":
        return st.sampled_from(DAYS) | st.dates(date(EARLIEST, 1, 1), date(LATEST, 12, 31)).map(str)
    return any_name if field.name in kind.key else any_text


def choices_of(field: Field, plan: Plan) -> list[str]:
    """The words among which a choice or a town is one."""
    towns = [o.name for o in plan.organisations if o.kind in ("town", "zone")]
    return list(field.choices if field.type == "choice" else field.only or towns)


def amounts(field: Field) -> st.SearchStrategy[str]:
    """Every amount that a field can keep, to its smallest step."""
    low = -EXACT if field.minimum is None else max(-EXACT, (Fraction(field.minimum) * field.scale).__ceil__())
    high = EXACT if field.maximum is None else min(EXACT, (Fraction(field.maximum) * field.scale).__floor__())
    places = field.decimals if field.type == "number" else 0
    return st.integers(low, high).map(lambda steps: f"{Decimal(steps).scaleb(-places):f}")


class Twins:
    """Two registries on copies of a database, in memory: no test waits for the disk."""

    def __init__(self, path: Path) -> None:
        self.first, self.second = (self._opened(path) for _twin in range(2))
        self.plan = self.first.plan
        self.kinds = list(self.first.kinds.values())

    @contextmanager
    def anew(self) -> Iterator[tuple[Registry, Registry]]:
        """Both as they were at first, and again when all is done."""
        twins = (self.first, self.second)
        for twin in twins:
            twin.db.execute("SAVEPOINT example")
        try:
            yield twins
            for twin in twins:
                assert twin.db.execute("PRAGMA foreign_key_check").fetchall() == []
        finally:
            for twin in twins:
                twin.db.execute("ROLLBACK TO example")
                twin.db.execute("RELEASE example")
                for kind in self.kinds:
                    twin.titles.forget(kind.name)

    def close(self) -> None:
        for twin in (self.first, self.second):
            twin.db.close()

    @staticmethod
    def _opened(path: Path) -> Registry:
        db = sqlite3.connect(":memory:", isolation_level=None)
        with closing(sqlite3.connect(path)) as kept:
            kept.backup(db)
        db.execute("PRAGMA foreign_keys = ON")
        return Registry(db, plan_rows.read(db))


def fill(registry: Registry, invented: Invented) -> None:
    """Record what was invented, apart from what the registry refuses."""
    for draft in invented.drafts:
        texts = dict(draft.texts)
        for name, number in draft.references.items():
            field = draft.kind.field(name)
            if field is not None and (title := _title(registry, field.to or "", number)):
                texts[name] = title
        with suppress(KflyError):
            registry.add(draft.kind, texts)
    for kind, number, field, to in invented.moves:
        record, title = _id(registry, kind.name, number), _title(registry, field.to or "", to)
        if record and title:
            with suppress(KflyError):
                registry.change(kind, record, {field.name: title})
    for kind, number in invented.removed:
        if record := _id(registry, kind.name, number):
            with suppress(KflyError):
                registry.remove(kind, record, "错录")


def _id(registry: Registry, kind: str, number: int) -> int | None:
    ids = sorted(registry.titles.of(kind))
    return ids[number % len(ids)] if ids else None


def _title(registry: Registry, kind: str, number: int) -> str | None:
    record = _id(registry, kind, number)
    return registry.titles.of(kind)[record] if record else None


def fill_with_one_of_each(registry: Registry) -> None:
    """Record one of every kind, all its fields filled, each after those it refers to."""
    for kind in sources.order_kinds(registry.kinds.values()):
        if not can_be_recorded(registry, kind):
            continue
        fields = [field for field in (*kind.fields, NOTE) if _can_be_filled(registry, field)]
        record = registry.add(kind, {field.name: some_text(registry, field) for field in fields})
        to_itself = {field.name: f"#{record}" for field in kind.fields if field.to == kind.name}
        registry.change(kind, record, to_itself)


def can_be_recorded(registry: Registry, kind: Kind) -> bool:
    """Tell whether the plan has what every record of a kind names: figures need a reported target."""
    return all(registry.values.keys[field.names] for field in kind.fields if field.names and field.required)


def _can_be_filled(registry: Registry, field: Field) -> bool:
    if field.to:
        return bool(registry.titles.of(field.to))
    return not field.names or bool(registry.values.keys[field.names])


def some_text(registry: Registry, field: Field) -> str:
    """Something that may be typed into a field."""
    if field.names:
        return next(iter(registry.values.keys[field.names]))
    if field.type in ("choice", "town"):
        return choices_of(field, registry.plan)[0]
    if field.to:
        return next(iter(registry.titles.of(field.to).values()))
    return {"text": "=甲", "date": "2021-06-01", "year": "2021", "integer": "12", "number": "1.25"}[
        field.type
    ]


def exported(registry: Registry, form: str, *kinds: Kind) -> bytes:
    """An export of these kinds; of all that have records, if none is named."""
    stream = BytesIO()
    ordered = sources.order_kinds(registry.kinds.values())
    export.export(registry, kinds or export.find_recorded_kinds(registry, ordered), stream, form)
    return stream.getvalue()


def files(registry: Registry, form: str, folder: Path) -> list[tuple[Kind | None, Path]]:
    """An export as files, each with the kind it must be imported as, if it does not say so itself."""
    ordered = export.find_recorded_kinds(registry, sources.order_kinds(registry.kinds.values()))
    parts = [(kind, (kind,)) for kind in ordered] if form == "csv" else [(None, tuple(ordered))]
    written = []
    for kind, kinds in parts:
        path = folder / f"{kind.name if kind else 'all'}.{form}"
        path.write_bytes(exported(registry, form, *kinds))
        written.append((kind, path))
    return written


def taken_in(registry: Registry, kind: Kind | None, path: Path) -> Intake:
    """What ``import --update`` does with a file."""
    grids = sources.read(path, path.name, None)
    if kind is None:
        sheets = sources.match_sheets(list(registry.kinds.values()), grids, path.name)
    else:
        sheets = [
            (registry.kinds[kind.name], sources.find_sheet(registry.kinds[kind.name], grids, path.name))
        ]
    return take_in(registry, sheets, Settings(update=True))
