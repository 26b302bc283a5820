"""The program itself: ``kfly`` and ``python -m kfly``."""

import os
import sys


def run() -> None:
    """Run the command line and leave with its exit code."""
    from kfly.cli import main
    from kfly.locale.encoding import set_encoding

    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by the caller: ``kfly overdue >&-``
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode))
    set_encoding()
    code = main()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        pass  # the reader has gone, or the disk is full: what was printed last has said so
    # All files are closed by now. An orderly end of the interpreter would cost a fifth of the whole run.
    os._exit(code)


if __name__ == "__main__":
    run()
