"""The grammar of the command line: the app, its catalogue, shared options, help, usage, answers."""

from kfly.cli.app import main

__all__ = ["main"]
