"""What a command answers, and the one place that prints it: as JSON for programs, or on the screen."""

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


def print_answer(answer: Answer, *, as_json: bool) -> int:
    """Print an answer and return its exit code."""
    from kfly.console.screen import complain, show_json  # completion comes past here and prints nothing

    if as_json:
        show_json(answer.document(), done=answer.done)
    else:
        answer.render()
    complain(answer.remarks)
    return answer.exit_code
