"""The project's own commands: ``nox -s fast`` while working, ``nox -s tests`` before a release.

Each session makes an environment of its own when it is first asked for. ``nox --list`` names them all. What
stands behind ``--`` goes to the program that a session runs: ``nox -s fast -- tests/progress``.
"""

import nox

PYTHONS = ["3.11", "3.12", "3.13", "3.14", "3.15"]  # those that the machine lacks are skipped, and named

nox.needs_version = ">=2025.10.14"  # the first that can be told not to download a Python
nox.options.sessions = ["fast", "lint", "types"]
nox.options.reuse_venv = "yes"
nox.options.download_python = "never"
nox.options.error_on_missing_interpreters = False


def set_up(session: nox.Session) -> None:
    """Install kfly, and what its tests need, from this folder."""
    session.install("-e", ".[test]")


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """Run all tests, on each Python that the machine has."""
    set_up(session)
    session.run("pytest", *session.posargs)


@nox.session
def fast(session: nox.Session) -> None:
    """Run the tests for daily work: all but those marked as slow."""
    set_up(session)
    session.run("pytest", "-m", "not slow", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Check style and layout."""
    set_up(session)
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")


@nox.session
def types(session: nox.Session) -> None:
    """Check types."""
    set_up(session)
    session.run("mypy", *session.posargs)


@nox.session
def docs(session: nox.Session) -> None:
    """Write the documents that come from the program; ``-- --check`` only tells if they are up to date."""
    set_up(session)
    session.run("python", "docs/generate.py", *session.posargs)


@nox.session
def bench(session: nox.Session) -> None:
    """Measure kfly against its budgets; the measuring makes an ordinary install for itself."""
    session.run("python", "bench/run.py", *session.posargs)


@nox.session
def coverage(session: nox.Session) -> None:
    """Run all tests and name the lines and branches that none of them reaches; fail when too many."""
    set_up(session)
    session.run("pytest", "--cov", "--cov-report=term-missing", *session.posargs)
