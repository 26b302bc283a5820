"""The program itself: ``kfly`` and ``python -m kfly``."""

import sys


def run() -> None:
    """Run the command line and leave with its exit code."""
    from kfly.cli import main

    sys.exit(main())


if __name__ == "__main__":
    run()
