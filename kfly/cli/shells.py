"""What is handed to bash, zsh and fish, so that each takes a word as it is, whatever signs it holds.

Typer prints words bare, so that a name with a blank becomes two words. Typer is left only the scripts by
which a shell asks, and the parsing of what was typed before.
"""

import os
import re
from collections.abc import Iterable

from kfly.cli.group import COMPLETION_VARIABLE
from kfly.cli.typer_private import (
    BashComplete,
    CompletionItem,
    FishComplete,
    ShellComplete,
    ZshComplete,
    add_completion_class,
    completion_scripts,
    resolve_context,
    resolve_incomplete,
    split_words,
)

_END = "\ufdd0"  # of what was typed; no text holds it
_BREAKS = ("=", ":")  # bash takes them for words of their own
_BARE = frozenset("_@%+=:,./-")  # signs that a shell takes as they are; letters and digits too
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")  # no line of words can hold these

# Typer's script, and no blank behind “field=”: its value is to follow.
_BASH = """
%(complete_func)s() {
    local IFS=$'\\n'
    COMPREPLY=( $( env COMP_WORDS="${COMP_WORDS[*]}" \\
                   COMP_CWORD=$COMP_CWORD \\
                   %(autocomplete_var)s=complete_bash $1 ) )
    [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace
    return 0
}

complete -o default -F %(complete_func)s %(prog_name)s
"""


def prepare() -> None:
    """Put our ways of talking to shells in the place of Typer's, where completion is asked for."""
    completion_scripts["bash"] = _BASH
    if COMPLETION_VARIABLE in os.environ:
        for name, shell in (("bash", _Bash), ("zsh", _Zsh), ("fish", _Fish)):
            add_completion_class(shell, name)


class _Quiet(ShellComplete):
    """Completion that never disturbs the line being typed: what goes wrong offers nothing."""

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem]:
        """Find what is offered; a value behind ``--option=`` with that before it, as the whole word."""
        option, equals, _value = incomplete.partition("=")
        try:
            found = self._find(args, incomplete)
        except Exception:
            return []
        before = option + equals if equals and option.startswith("--") else ""
        return [
            CompletionItem(before + item.value, help=item.help)
            for item in found
            if not _CONTROL.search(item.value)
        ]

    def _find(self, args: list[str], incomplete: str) -> list[CompletionItem]:
        """Find what is offered; the option whose value is being typed would spoil the parsing of the rest."""
        open_option = bool(args) and args[-1].startswith("-") and args[-1] != "--"
        whole = args[:-1] if open_option else args
        ctx = resolve_context(self.cli, self.ctx_args, self.prog_name, whole)
        asked, typed = resolve_incomplete(ctx, args, incomplete)
        return asked.shell_complete(ctx, typed)


class _Bash(_Quiet, BashComplete):
    """Bash, which splits words at ``=`` and ``:``, and inserts what it is given unchanged."""

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words before, and the one being typed, put together again."""
        place, line = int(os.environ["COMP_CWORD"]), os.environ["COMP_WORDS"]
        words = line.split("\n" if "\n" in line else " ")
        typed = words[place] if place < len(words) else ""
        joined: list[str] = []
        for word in [*words[1:place], typed]:
            if joined and word and (word in _BREAKS or joined[-1].endswith(_BREAKS)):
                joined[-1] += word
            else:
                joined.append(word)
        self.quote = typed[:1] if typed[:1] in "'\"" else ""
        self.before = joined[-1][: len(joined[-1]) - len(typed)] + (typed if typed in _BREAKS else "")
        plain = [split_words(word) for word in joined]
        args = [parts[0] if parts else "" for parts in plain]
        return args[:-1], args[-1]

    def format_completion(self, item: CompletionItem) -> str:
        """Write what takes the place of the last piece, quoted as that is."""
        value = str(item.value).removeprefix("".join(split_words(self.before)))
        if self.quote == "'":
            return value.replace("'", "'\\''")
        if self.quote:
            return re.sub(r'(["$`\\])', r"\\\1", value)
        return _escape(value)


class _Zsh(_Quiet, ZshComplete):
    """Zsh, which evaluates what it is given."""

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words before, and the one being typed."""
        return _split_line()

    def complete(self) -> str:
        """Write commands that offer the words; where there are none, files."""
        found = self.get_completions(*self.get_completion_args())
        last = [item for item in found if not item.value.endswith("=")]
        more = [item for item in found if item.value.endswith("=")]
        offers = [_describe(last, ""), _describe(more, " -S ''")]
        return "; ".join(offer for offer in offers if offer) or "_files"


class _Fish(_Quiet, FishComplete):
    """Fish, which quotes by itself, and takes a line a word."""

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words before, and the one being typed."""
        return _split_line()

    def format_completion(self, item: CompletionItem) -> str:
        """Write a word and what it means."""
        return f"{item.value}\t{_CONTROL.sub(' ', item.help)}" if item.help else str(item.value)


def _split_line() -> tuple[list[str], str]:
    """Split the line up to the cursor: a blank at its end begins a new word only where it is not quoted."""
    words = split_words(os.environ.get("_TYPER_COMPLETE_ARGS", "") + _END)
    return words[1:-1], words[-1].removesuffix(_END) if len(words) > 1 else ""


def _describe(items: Iterable[CompletionItem], options: str) -> str:
    """Write the zsh command that offers words with what they mean; it replaces what was typed by the word."""
    words = [
        _in_zsh(item.value.replace("\\", "\\\\").replace(":", "\\:"))
        + (":" + _in_zsh(item.help) if item.help else "")
        for item in items
    ]
    if not words:
        return ""
    return f"local -a _kfly; _kfly=({' '.join(words)}); _describe -V kfly _kfly -U{options}"


def _is_bare(sign: str) -> bool:
    return not sign.isascii() or sign.isalnum() or sign in _BARE


def _in_zsh(text: str) -> str:
    """Write a text so that it stays one word, and itself, when zsh evaluates it."""
    return "$'" + "".join(sign if _is_bare(sign) else f"\\x{ord(sign):02x}" for sign in text) + "'"


def _escape(text: str) -> str:
    """Write a text so that bash takes it as one word."""
    return "".join(sign if _is_bare(sign) else "\\" + sign for sign in text)
