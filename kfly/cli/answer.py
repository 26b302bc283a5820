"""What a command answers: a document for programs, a rendering for people, an exit code."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple


class Answer(NamedTuple):
    """What a command found, or has done.

    Attributes:
        document: makes the JSON document; only ``--json`` asks for it.
        render: prints it for people; only without ``--json``.
        exit_code: what the shell gets.
        done: the command has changed something, so that a failure to print is no refusal.
        remarks: said on stderr afterwards, a line each.
    """

    document: Callable[[], Any]
    render: Callable[[], None]
    exit_code: int = 0
    done: bool = False
    remarks: Sequence[str] = ()
