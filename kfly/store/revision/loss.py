"""Something that a revised plan would take away."""

from collections.abc import Callable
from typing import NamedTuple


class Loss(NamedTuple):
    """Something that has to go, or to be let go, before the revised plan can be put in place."""

    message: str
    accept: Callable[[], None]
