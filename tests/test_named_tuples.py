"""Our ``NamedTuple`` does what that of ``typing`` does."""

import pickle
import typing
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from kfly import named_tuples


class Ours(named_tuples.NamedTuple):
    """With a default and a method."""

    name: str
    number: int = 7
    towns: tuple[str, ...] = ()

    @property
    def loud(self) -> str:
        return self.name.upper()


class Theirs(typing.NamedTuple):
    """The same."""

    name: str
    number: int = 7
    towns: tuple[str, ...] = ()

    @property
    def loud(self) -> str:
        return self.name.upper()


USES: dict[str, Callable[[Any], object]] = {
    "by position": lambda made: tuple(made("a", 1, ("b",))),
    "by name": lambda made: tuple(made(towns=("b",), name="a")),
    "both": lambda made: tuple(made("a", towns=())),
    "with its defaults": lambda made: tuple(made("a")),
    "a part by its name": lambda made: (made("a").number, made("a").loud),
    "replaced": lambda made: tuple(made("a")._replace(number=2)),
    "from a row": lambda made: tuple(made._make(["a", 2, ()])),
    "as a dictionary": lambda made: made("a")._asdict(),
    "its fields": lambda made: (made._fields, made._field_defaults, made.__match_args__),
    "compared": lambda made: (made("a") == made("a", 7), made("a") == ("a", 7, ()), made("a") < made("b")),
    "hashed": lambda made: hash(made("a")) == hash(("a", 7, ())),
    "copied": lambda made: deepcopy(made("a")) == made("a"),
    "kept": lambda made: type(pickle.loads(pickle.dumps(made("a")))) is made,
    "shown": lambda made: repr(made("a")).partition("(")[2],
    "documented": lambda made: made.__doc__ is not None,
}
REFUSED: dict[str, Callable[[Any], object]] = {
    "nothing": lambda made: made(),
    "too many": lambda made: made("a", 1, (), 2),
    "an unknown name": lambda made: made("a", day=1),
    "twice": lambda made: made("a", name="b"),
}


@pytest.mark.parametrize("use", USES.values(), ids=USES)
def test_it_can_be_used_like_the_usual_one(use: Callable[[Any], object]) -> None:
    assert use(Ours) == use(Theirs)


@pytest.mark.parametrize("use", REFUSED.values(), ids=REFUSED)
def test_it_refuses_what_the_usual_one_refuses(use: Callable[[Any], object]) -> None:
    for made in (Ours, Theirs):
        with pytest.raises(TypeError):
            use(made)


def test_its_parts_cannot_be_changed() -> None:
    for made in (Ours("a"), Theirs("a")):
        with pytest.raises(AttributeError):
            made.name = "b"  # type: ignore[misc]
        with pytest.raises(AttributeError):
            made.day = 1  # type: ignore[union-attr]
