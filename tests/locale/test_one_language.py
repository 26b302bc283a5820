"""No message mixes languages, and what a help page shows as a value can be typed in both."""

import re
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from kfly.cli.app import make_kfly
from kfly.cli.catalogue import COMMANDS
from kfly.cli.typer_private import Context
from kfly.configuration import file as configuration
from kfly.locale import speak
from kfly.plan.files import promise_shapes, shapes
from kfly.registry.kinds import read_standing_kinds
from tests.locale.test_catalogue import PLACE, translations
from tests.support.runner import Cli

# Names of things that have no Chinese one, and what is typed at a question or as an option's value.
NAMES = {
    "kfly",
    "CSV",
    "JSON",
    "YAML",
    "UTF-8",
    "GB18030",
    "SQLite",
    "Datasette",
    "GeoJSON",
    "geometry",
    "SMTP",
    "STARTTLS",
    "TLS",
    "SHA-256",
    "MB",
    "less",
    "Esc",
    "Word",
    "WPS",
    "LibreOffice",
}
TYPED = {
    "zh",
    "en",
    "y/N",
    "wal",
    "delete",
    "true",
    "false",
    "required",
    "off",
    "export",
    "json",
    "score",
} | {*("null", "growth", "vacancy", "H1", "Q3")}  # in examples of plan files
WORD = re.compile(r"[A-Za-z][A-Za-z0-9_./:=*@-]*")
NOT_WORDS = re.compile(r"\{\w*\}|--[a-z-]+|“(?:kfly|chmod|chgrp) [^”]*”|m²|pip install '[^']*'")
# A name of a file or an address, a variable, or a key with what belongs to it.
FILE_OR_KEY = re.compile(r".*[./_=:*@].*|[A-Z_]+")


def known_words() -> set[str]:
    """The words of the plan files, of the kinds and of the commands: they are typed as they are."""
    kinds = read_standing_kinds()
    return {
        *(entry.name for entry in COMMANDS),
        *(kind.name for kind in kinds),
        *(field.name for kind in kinds for field in kind.fields),
        *(
            word
            for shape in (
                *vars(shapes).values(),
                *vars(promise_shapes).values(),
                *vars(configuration).values(),
            )
            if is_shape(shape)
            for word in words_of(shape)
        ),
    }


def is_shape(value: Any) -> bool:
    return isinstance(value, type) and issubclass(value, BaseModel)


def words_of(shape: type[BaseModel]) -> Iterator[str]:
    for name, field in shape.model_fields.items():
        yield field.alias or name
        yield from literals(field.annotation)


def literals(annotation: Any) -> Iterator[str]:
    for argument in get_args(annotation):
        yield from [argument] if isinstance(argument, str) else literals(argument)


def foreign(message: str, chinese: str, known: set[str]) -> set[str]:
    """The ASCII words of a Chinese message that are neither names nor typed."""
    words = {word.rstrip(".:") for word in WORD.findall(NOT_WORDS.sub(" ", chinese))}
    spoken = message.replace("{", " {")
    left = {word for word in words if word not in NAMES | TYPED and not (word in known and word in spoken)}
    return {word for word in left if not (FILE_OR_KEY.fullmatch(word) and word in spoken)}


def test_no_chinese_message_has_an_english_word_in_it() -> None:
    suffixes = {"xlsx", "xls", "ods", "csv", "tsv", "jsonl", "html", "docx", "txt", "ics"}
    known = known_words() | suffixes | {"add-", "quotas"}
    found = {
        chinese: words
        for message, chinese in translations().items()
        if (words := foreign(message, chinese, known))
    }
    assert found == {}


def test_the_check_finds_an_english_word() -> None:
    assert foreign("an item is expected", "应为 item", known_words()) == {"item"}
    assert foreign("Behind", "behind 序时进度", set()) == {"behind"}
    assert foreign("{kind} is gone", "{kind} 已不存在", set()) == set()
    assert foreign("put mail.to into it", "填写 mail.to", set()) == set()
    assert foreign("put it in", "填写 mail.to", set()) == {"mail.to"}


def test_chinese_is_punctuated_in_full_width() -> None:
    half = re.compile(
        r"[\u4e00-\u9fff”）》][,;:?!()]|[,;:?!()][\u4e00-\u9fff“（《]|[\u4e00-\u9fff]\.(?![a-z])"
    )
    exempt = {"应为“键: 值”", "字段,…"}  # as they are typed
    found = [chinese for chinese in translations().values() if half.search(chinese)]

    assert set(found) - exempt == set()


def test_the_places_are_the_same_and_as_often() -> None:
    differing = [
        message
        for message, chinese in translations().items()
        if sorted(set(PLACE.findall(message))) != sorted(set(PLACE.findall(chinese)))
    ]
    assert differing == []


def test_no_english_message_says_one_records() -> None:
    """A number stands behind its noun, “Records: 1.”, where it can be one."""
    plural = re.compile(
        r"\{(n|count|number|points|seconds|targets|tasks)\} "
        r"(records|targets|tasks|points|changes|cells|decimals|seconds|files|days)\b"
    )
    exempt = {"{kind}: {n} records, and a sheet holds {most}; export to .csv or .json."}  # a million and more
    assert {message for message in translations() if plural.search(message)} - exempt == set()


def is_value(metavar: str) -> bool:
    return metavar.isascii() and metavar.islower()


def _translated(command: Any, ctx: Context) -> Any:
    command.translate(ctx)
    return command


def metavars(language: str) -> dict[tuple[str, str], str]:
    """What the help of every command shows in the place of each value, by command and parameter."""
    speak(language)
    app = make_kfly()
    app.params = []
    ctx = Context(app, info_name="kfly")
    return {
        (entry.name, str(param.name)): param.metavar or ""
        for entry in COMMANDS
        if (command := _translated(app.get_command(ctx, entry.name), ctx))
        for param in command.params
    }


def test_a_value_that_a_help_page_shows_is_typed_as_it_stands_there() -> None:
    """Words in small letters are values; the others are places, which each language names in its own way."""
    english, chinese = metavars("en"), metavars("zh")
    assert {key: chinese[key] for key in english if is_value(english[key])} == {
        key: value for key, value in english.items() if is_value(value)
    }
    places = {value for value in chinese.values() if re.search("[A-Za-z]{2}", value) and not is_value(value)}
    assert {value for value in places if not re.search("[\u4e00-\u9fff]", value)} == set()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_value_that_a_help_page_offers_is_accepted(filled: Cli, language: str) -> None:
    offered = [
        (key, value)
        for key, values in metavars(language).items()
        if is_value(values)
        for value in values.split("|")
    ]
    tried = 0
    for (command, option), value in offered:
        if command in ("status", "tasks", "league", "overdue") and not value[0].isdigit():
            filled.ok("--lang", language, command, "--" + option.replace("_", "-"), value)
            tried += 1
        if (command, option) == ("trend", "by"):
            filled.ok("--lang", language, "trend", "talents", "--by", value)
            tried += 1
    assert tried >= 10


@pytest.mark.parametrize(
    ("fault", "chinese", "english"),
    [
        (
            "kind: bureau",
            "应为 department、town、zone、company、group 之一",
            "one of department, town, zone,",
        ),
    ],
)
def test_what_a_plan_file_may_say_is_listed_in_the_language(
    empty: Cli, fault: str, chinese: str, english: str
) -> None:
    (empty.folder / "targets.yaml").write_text(
        "plan: {name: 方案, starts: 2022-01-01, ends: 2022-12-31}\n"
        "organisations: [{name: 甲局, kind: bureau}]\ntargets: []\n",
        encoding="utf-8",
    )
    told = empty("--lang", "zh", "init").err
    assert "应为 department、town、zone、company、group 之一" in told
    assert "'" not in told
    assert "one of department, town, zone, company, group is expected" in empty("--lang", "en", "init").err
