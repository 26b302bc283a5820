"""Consent: what is to be done is shown first, and a person on a terminal says yes or no to it.

Cron jobs and pipes are never asked; commands take ``--yes`` for them.
"""

import sys

import typer

_YES, _NO = ("y", "yes", "是", "好"), ("n", "no", "否", "不")


def can_ask() -> bool:
    """Tell whether somebody sits there who can answer."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask_for_consent(question: str) -> bool:
    """Ask until the answer is yes or no; nothing but the Enter key means no."""
    while True:
        answer = str(typer.prompt(question, default="n", show_default=False, err=True))
        word = answer.strip().casefold()
        if word in (*_YES, *_NO):
            return word in _YES
