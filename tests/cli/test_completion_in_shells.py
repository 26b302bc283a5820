"""Completion in the shells themselves, where they are installed: what is inserted is run as it was meant."""

import os
import pty
import shutil
import subprocess
import sys
from contextlib import suppress
from select import select

import pytest

from tests.support.processes import environment
from tests.support.runner import Cli

NAME = "创新 大厦（甲）$HOME'"


class Machine:
    """A folder with a ``kfly`` to call, and a record whose name is no word of a shell."""

    def __init__(self, kfly: Cli) -> None:
        self.folder = kfly.folder
        kfly.ok("add-building", "--name", NAME, "--town", "华士镇", "--floor-area", "1")
        program = self.folder / "bin" / "kfly"
        program.parent.mkdir()
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kfly "$@"\n')
        program.chmod(0o755)
        self.env = environment(
            LANG="C.UTF-8",
            TERM="xterm",
            HOME=str(self.folder),
            PATH=f"{program.parent}:{os.environ['PATH']}",
            KFLY_DB=str(kfly.db),
            _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1",
        )

    def run(self, *command: str) -> str:
        done = subprocess.run(
            command, cwd=self.folder, env=self.env, capture_output=True, timeout=60, check=True
        )
        return done.stdout.decode()

    def script(self, shell: str, name: str) -> None:
        (self.folder / name).write_text(self.run("kfly", "--show-completion", shell), encoding="utf-8")

    def type_into(self, *shell: str, keys: list[str], until: str) -> str:
        """Type into a shell on a terminal, each key once the shell has settled; what appeared."""
        pid, terminal = pty.fork()
        if pid == 0:
            os.chdir(self.folder)
            os.execvpe(shell[0], shell, self.env)
        seen = ""
        for key in ["", *keys]:
            os.write(terminal, key.encode())
            while select([terminal], [], [], 1.5)[0] and until not in seen:
                seen += os.read(terminal, 65536).decode(errors="replace")
        os.close(terminal)
        with suppress(ChildProcessError):
            os.waitpid(pid, 0)
        return seen


@pytest.fixture
def machine(kfly: Cli, monkeypatch: pytest.MonkeyPatch) -> Machine:
    return Machine(kfly)


def needs(shell: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(shell) is None, reason=f"there is no {shell}")


@needs("bash")
@pytest.mark.parametrize(("typed", "opening"), [("创新\\ ", ""), ("'创新 ", "'"), ('"创新 ', '"')])
def test_bash_takes_what_it_is_offered(machine: Machine, typed: str, opening: str) -> None:
    machine.script("bash", "kfly.bash")
    line = f"COMP_WORDS=(kfly show building {_literal(typed)}); COMP_CWORD=3; _kfly_completion kfly"
    reply = machine.run("bash", "-c", f". ./kfly.bash; {line}; printf '%s' \"${{COMPREPLY[*]}}\"")

    assert NAME in machine.run("bash", "-c", f"kfly show building {opening}{reply}{opening}")


def _literal(text: str) -> str:
    return "$'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


@pytest.mark.slow
@needs("bash")
def test_bash_puts_no_blank_behind_a_fields_name(machine: Machine) -> None:
    machine.script("bash", "kfly.bash")
    rc = machine.folder / "rc"
    rc.write_text("PS1='> '\n. ./kfly.bash\n")
    typed = ["kfly set building 1 addr\t", "沿江路\n"]
    shown = machine.type_into("bash", "--noprofile", "--rcfile", str(rc), "-i", keys=typed, until="→")

    assert "address=沿江路" in shown


@needs("fish")
def test_fish_takes_what_it_is_offered(machine: Machine) -> None:
    machine.script("fish", "kfly.fish")
    asked = "source kfly.fish; complete -C 'kfly show building 创新'"

    assert machine.run("fish", "--no-config", "-c", asked).strip() == NAME


@pytest.mark.slow
@needs("zsh")
def test_zsh_takes_what_it_is_offered(machine: Machine) -> None:
    machine.script("zsh", "kfly.zsh")
    (machine.folder / ".zshrc").write_text("autoload -U compinit; compinit -u\nsource ./kfly.zsh\n")
    keys = ["kfly show building 创新\t", "\n"]
    shown = machine.type_into("zsh", "-i", keys=keys, until="建筑面积")

    assert "建筑面积" in shown
