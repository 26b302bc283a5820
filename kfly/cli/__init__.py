"""The grammar of the command line: the app, its catalogue, shared options, help, usage, answers."""

from collections.abc import Sequence

from typer import Abort

from kfly.cli import app
from kfly.cli.typer_private import UsageError
from kfly.errors import KflyError, ReaderGoneError


def main(args: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; only here does an error become a line on stderr."""
    try:
        code = app.make_kfly().main(args, prog_name="kfly", standalone_mode=False)
    except KflyError as error:
        return _refuse(error)
    except UsageError as error:
        from kfly.cli.usage import explain_usage_error

        return _refuse(explain_usage_error(error))
    except Abort:
        return 1
    except ReaderGoneError:
        return 0  # as for every program that is piped into ``head``
    except SystemExit as leaving:  # shell completion ends so
        code = leaving.code
    return code if isinstance(code, int) else 0


def _refuse(error: KflyError) -> int:
    from kfly.console.screen import complain

    complain(error.lines)
    return error.exit_code
