"""The front door: Typer commands, each of which parses, calls and renders in a few lines."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kfly.errors import KflyError


def main(args: Sequence[str] | None = None) -> int:
    """Run one command; its exit code. The one place where an error becomes a line on stderr."""
    from typer import Abort

    from kfly.cli import group
    from kfly.errors import KflyError, ReaderGoneError

    try:
        code = group.kfly().main(args, prog_name="kfly", standalone_mode=False)
    except KflyError as error:
        return _refuse(error)
    except group.UsageError as error:
        from kfly.cli.usage import explained

        return _refuse(explained(error))
    except Abort:
        return 1
    except ReaderGoneError:
        return 0  # as for every program that is piped into ``head``
    except SystemExit as leaving:  # shell completion ends so
        code = leaving.code
    return code if isinstance(code, int) else 0


def _refuse(error: "KflyError") -> int:
    from kfly.console.screen import complain

    complain(error.lines)
    return error.exit_code
