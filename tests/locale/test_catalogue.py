"""The Chinese catalogue: complete, with the same places to fill, and compiled from its source."""

import ast
import gettext
import io
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

import kfly

PACKAGE = Path(kfly.__file__).parent
SOURCE = PACKAGE / "locale" / "zh_CN" / "LC_MESSAGES" / "kfly.po"
PLACE = re.compile(r"\{(\w*)\}")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@cache
def messages() -> frozenset[str]:
    """Every message in the code and in the templates."""
    where = [("**.py", "python"), ("**.html", "jinja2")]
    found = extract_from_dir(PACKAGE, where, keywords={"_": None, "N_": None})
    return frozenset(
        message for _file, _line, message, _comments, _context in found if isinstance(message, str)
    )


@cache
def translations() -> dict[str, str]:
    with SOURCE.open("rb") as file:
        catalogue = read_po(file, abort_invalid=True)
    return {str(entry.id): str(entry.string) for entry in catalogue if entry.id and not entry.fuzzy}


def test_the_code_has_messages() -> None:
    assert len(messages()) > 200


def test_every_message_has_a_chinese_translation() -> None:
    assert sorted(message for message in messages() if not translations().get(message)) == []


def test_no_message_hides_where_the_extraction_does_not_look() -> None:
    """It passes over what stands inside an f-string."""
    hidden = {
        call.args[0].value
        for path in PACKAGE.rglob("*.py")
        for text in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == "_"
        and isinstance(call.args[0], ast.Constant)
    }
    assert hidden - messages() == set()


def test_every_translation_is_of_a_message() -> None:
    assert sorted(set(translations()) - messages()) == []


def test_translations_fill_the_same_places() -> None:
    differing = [
        message
        for message, chinese in translations().items()
        if set(PLACE.findall(message)) != set(PLACE.findall(chinese))
    ]
    assert differing == []


def test_translations_name_the_options_and_commands_that_a_message_names() -> None:
    word = re.compile(r"--[a-z][a-z-]*|“kfly [a-z-]+")
    lacking = [
        message
        for message, chinese in translations().items()
        if not set(word.findall(message)) <= set(word.findall(chinese))
    ]
    assert lacking == []


def test_english_is_english() -> None:
    chinese = [message for message in messages() if CHINESE.search(message)]
    # Examples of what people type stay as they are typed.
    assert [message for message in chinese if not re.search(r"年|亩|万|亿", message)] == []


def test_nothing_is_translated_twice() -> None:
    ids = re.findall(r'^msgid "(.+)"$', SOURCE.read_text(encoding="utf-8"), re.MULTILINE)

    assert [message for message, times in Counter(ids).items() if times > 1] == []


def test_the_compiled_catalogue_is_that_of_the_source() -> None:
    with SOURCE.open("rb") as file:
        expected = io.BytesIO()
        write_mo(expected, read_po(file))

    assert SOURCE.with_suffix(".mo").read_bytes() == expected.getvalue()


@pytest.mark.parametrize("message", ["Light", "There is no task {text}; “kfly tasks” lists them."])
def test_it_is_what_gettext_finds(message: str) -> None:
    found = gettext.translation("kfly", PACKAGE / "locale", ["zh_CN"])

    assert found.gettext(message) == translations()[message] != message
