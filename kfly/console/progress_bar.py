"""A bar for work that takes more than a second, on a terminal only."""

import sys
from collections.abc import Iterable, Iterator
from time import monotonic
from typing import TypeVar

from kfly.console.screen import make_printable

PATIENCE = 1.0  # seconds before a bar appears
STRIDE = 256  # things between two looks at the clock

T = TypeVar("T")


def watch_progress(things: Iterable[T], total: int, what: str, stride: int = STRIDE) -> Iterable[T]:
    """Hand the things on; a bar on the terminal shows how many of them have been taken.

    Args:
        things: to be handed on.
        total: about how many they are.
        what: the name of the work.
        stride: things between two looks at the clock.
    """
    seen = sys.stdout.isatty() and sys.stderr.isatty()
    return _show_progress(things, total, what, stride) if seen else things


def _show_progress(things: Iterable[T], total: int, what: str, stride: int) -> Iterator[T]:
    began = monotonic()
    iterator = enumerate(things, start=1)
    for number, thing in iterator:
        yield thing
        if number % stride == 0 and monotonic() - began > PATIENCE:
            break
    else:
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TaskProgressColumn())
    with Progress(*columns, console=Console(stderr=True, markup=False, emoji=False), transient=True) as bar:
        task = bar.add_task(make_printable(what), total=total, completed=number)
        for number, thing in iterator:
            yield thing
            if number % stride == 0:
                bar.update(task, completed=min(number, total))
