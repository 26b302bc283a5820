"""Messages are found in the compiled catalogue as gettext finds them, whatever machine compiled it."""

import gettext
from array import array
from pathlib import Path

import pytest

from kfly import locale
from kfly.locale.catalogue import Catalogue
from tests.locale.test_catalogue import PACKAGE, translations

COMPILED = PACKAGE / "locale" / "zh_CN" / "LC_MESSAGES" / "kfly.mo"


def test_every_message_is_found_as_gettext_finds_it() -> None:
    theirs, ours = gettext.translation("kfly", PACKAGE / "locale", ["zh_CN"]), Catalogue(COMPILED)

    asked = [*translations(), "", "Light ", "light", "\U0010ffff", "没有这一条", "{", "\udce9"]
    assert [ours.find(message) for message in asked] == [theirs.gettext(message) for message in asked]


def test_numbers_of_the_other_byte_order_are_read_too(tmp_path: Path) -> None:
    data = COMPILED.read_bytes()
    end = min(_texts_at(data))
    numbers = array("I", data[:end])
    numbers.byteswap()
    swapped = tmp_path / "kfly.mo"
    swapped.write_bytes(numbers.tobytes() + data[end:])

    assert Catalogue(swapped).find("Light") == translations()["Light"]


def _texts_at(data: bytes) -> list[int]:
    head = array("I", data[:20])
    table = array("I", data[head[3] : head[3] + 8 * head[2]])
    return list(table[1::2])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_language_that_is_chosen_is_not_looked_for(language: str) -> None:
    before = locale.language()
    locale.speak_later(lambda: pytest.fail("nobody had to be asked"))
    locale.speak(language)
    assert locale.language() == language
    locale.speak(before)


def test_the_language_is_asked_for_once_with_the_first_word() -> None:
    before, answers = locale.language(), iter(["en"])
    locale.speak_later(lambda: next(answers))
    assert not locale.is_settled()
    assert (locale._("Light"), locale._("Target")) == ("Light", "Target")
    assert list(answers) == []
    locale.speak(before)
