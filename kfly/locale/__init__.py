"""The language a person reads: the translation catalogue and the choice between zh and en.

Messages stand in the code in English, inside ``_()`` where they are shown, or inside ``N_()`` where they are
only kept and shown later; the Chinese stands in ``zh_CN/LC_MESSAGES/kfly.po``.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

from kfly.locale.catalogue import Catalogue

LANGUAGES = ("zh", "en")
FALLBACK = "zh"  # the people who use kfly first
INFINITE = float("inf")


class _Speech:
    """What this process speaks, how that is found out when the first word is said, and the words it has."""

    language = FALLBACK
    find: Callable[[], str] | None = None
    chinese: Catalogue | None = None
    of_the_plan = False  # nobody asked for another


def N_(message: str) -> str:
    """Mark a message for translation where it is kept; ``_()`` shows it."""
    return message


def _(message: str, /, **values: object) -> str:
    """Translate a message into the chosen language, its ``{names}`` filled in."""
    text = message if language() == "en" else _translate(message)
    return text.format(**values) if values else text


def _translate(message: str) -> str:
    if _Speech.chinese is None:
        _Speech.chinese = Catalogue(Path(__file__).parent / "zh_CN" / "LC_MESSAGES" / "kfly.mo")
    return _Speech.chinese.find(message)


def speak(language: str, *, of_the_plan: bool = False) -> None:
    """Use this language, ``zh`` or ``en``, from now on; ``of_the_plan`` when nobody asked for one."""
    _Speech.language, _Speech.find, _Speech.of_the_plan = language, None, of_the_plan


def speak_later(find: Callable[[], str]) -> None:
    """Use the language that ``find`` returns: it is asked with the first word, if none is chosen by then."""
    _Speech.language, _Speech.find = FALLBACK, find


def is_settled() -> bool:
    """Tell whether the language is known already."""
    return _Speech.find is None


def is_of_the_plan() -> bool:
    """Tell whether the language is the plan's own, as nobody asked for one."""
    return _Speech.of_the_plan or not is_settled()


def settle() -> None:
    """Find the language out now: before a database is open that would be opened a second time for it."""
    if find := _Speech.find:
        _Speech.find = None  # what is said meanwhile is said in the fallback
        speak(find(), of_the_plan=True)


def language() -> str:
    """Return the language in use: ``zh`` or ``en``."""
    settle()
    return _Speech.language


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Use a language for a while, and then the one that was in use."""
    settle()
    before = _Speech.language, _Speech.of_the_plan
    _Speech.language = language
    try:
        yield
    finally:
        _Speech.language, _Speech.of_the_plan = before


def read_environment() -> str | None:
    """Read which language ``KFLY_LANG`` or the locale asks for; ``C`` and ``POSIX`` ask for none."""
    deciding = deciding_variable()
    return os.environ[deciding][:2].lower() if deciding else None


def deciding_variable() -> str | None:
    """Find the variable that asks for one of our languages, if any does."""
    for variable in ("KFLY_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable, "")
        if value:
            if value[:2].lower() in LANGUAGES:
                return variable
            if variable != "KFLY_LANG":
                return None  # the first locale variable that is set decides, as for every program
    return None


def to_json_number(figure: Fraction | None) -> int | float | None:
    """Return a number for JSON: whole ones without a point, others as the nearest decimal."""
    if figure is None:
        return None
    return int(figure) if figure.denominator == 1 else float(figure)


def from_json_number(figure: int | float | None) -> Fraction | None:
    """Return the decimal that a number of JSON, or of a database, was written as: 0.1 is a tenth."""
    return None if figure is None else Fraction(repr(figure))


def format_number(figure: Fraction, decimals: int = 2) -> str:
    """Write a number for people: thousands apart, exact if its decimals end, else rounded to ``decimals``."""
    if figure.denominator == 1:
        return f"{int(figure):,}"
    exact = 10**10  # the fen of 亿元, the finest step that is kept
    if (figure * exact).denominator == 1:
        steps = int(abs(figure) * exact)
        sign = "-" if figure < 0 else ""
        return f"{sign}{steps // exact:,}.{steps % exact:010d}".rstrip("0")
    rounded = round(figure, decimals)
    return (
        format_number(rounded) if rounded.denominator == 1 else f"{float(rounded):,.{decimals}f}".rstrip("0")
    )


def format_kept(value: int | float) -> str:
    """Write a number as the database keeps it; another program may have made it infinite."""
    if value in (INFINITE, -INFINITE):
        return "∞" if value > 0 else "-∞"
    return format_number(Fraction(repr(value)))


def format_share(figure: Fraction | None) -> str:
    """Write a share in whole percents, rounded down: 99.9 % is not yet all."""
    return "—" if figure is None else f"{int(figure * 100)}%"


def format_part(figure: Fraction) -> str:
    """Write a part of a whole in percents, to the nearest tenth."""
    return format_number(round(figure * 100, 1)) + "%"
