"""What a command needs beyond the base install: whether it is there, and the line that installs it."""

from importlib import import_module

from kfly.errors import KflyError
from kfly.locale import _


def must_have(extra: str, *modules: str) -> None:
    """Check that the libraries of an extra are installed.

    Args:
        extra: its name in pyproject.toml.
        modules: what is imported of it.

    Raises:
        KflyError: one is missing; the line that installs it is named.
    """
    for module in modules:
        try:
            import_module(module)
        except ModuleNotFoundError:
            raise KflyError(
                _("This needs more than kfly itself: pip install '{extra}'", extra=f"kfly[{extra}]")
            ) from None
