"""The program itself: ``kfly`` and ``python -m kfly``."""

import gc
import os
import sys
from contextlib import suppress


def run() -> None:
    """Run the command line and leave with its exit code, or by the signal that has stopped it."""
    _be_quiet_when_interrupted()
    gc.disable()  # starting up makes no rubbish; a command turns it on for itself
    from kfly import stopping
    from kfly.cli import main
    from kfly.locale.encoding import set_encoding

    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by the caller: ``kfly overdue >&-``
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode))
    set_encoding()
    code = 1
    try:
        stopping.watch_signals()
        code = main()
        _write_out()
        stopping.stop_raising()
    except stopping.StoppedError:
        pass  # what it held open is closed by now
    if stopping.caught():
        stopping.end()
    # All files are closed by now. An orderly end of the interpreter would cost a fifth of the whole run.
    os._exit(code)


def _be_quiet_when_interrupted() -> None:
    """Let Ctrl-C end the process at once, as other signals do: nothing is there yet to be put away."""
    # The built-in half of ``signal``: nothing has to be read for it.
    from _signal import SIG_DFL, SIGINT, default_int_handler, getsignal, signal  # type: ignore[import-not-found]

    if getsignal(SIGINT) is default_int_handler:  # in the background it is ignored, and stays so
        signal(SIGINT, SIG_DFL)


def _write_out() -> None:
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):  # the reader has gone, or the disk is full: what was printed last has said so
            stream.flush()


if __name__ == "__main__":
    run()
