"""The front door: Typer commands, each of which parses, calls and renders in a few lines."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kfly.errors import KflyError


def main(args: Sequence[str] | None = None) -> int:
    """Run one command; its exit code. The one place where an error becomes a line on stderr."""
    from typer import Abort

    from kfly.cli import group
    from kfly.errors import KflyError

    try:
        code = group.kfly().main(args, prog_name="kfly", standalone_mode=False)
    except KflyError as error:
        return _refuse(error)
    except group.UsageError as error:
        from kfly.cli.usage import explained

        return _refuse(explained(error))
    except Abort:
        return 1
    except BrokenPipeError:
        return _reader_has_gone()
    return code if isinstance(code, int) else 0


def _refuse(error: "KflyError") -> int:
    from kfly.reports.screen import complain

    complain(error.lines)
    return error.exit_code


def _reader_has_gone() -> int:
    """``kfly tasks | head -3``: what is left unsaid is nobody's fault."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
