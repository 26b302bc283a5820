"""What a record is like that no rule of the whole record has anything to say of.

Each condition is at least as strict as the rule that it stands for; the rules of single values bring theirs.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations

from kfly.plan.kinds import Field
from kfly.registry.checks import Checks
from kfly.registry.markers import TELLING, is_marked
from kfly.store import sieve
from kfly.store.sieve import Judged, Mesh

# Signs that stay what they are however a text is written. One of them in front, and the text is not blank.
LETTERS = "A-Za-z一-鿿"
LETTERS_AND_DIGITS = f"0-9{LETTERS}"


def list_meshes(checks: Checks) -> Iterator[Mesh]:
    """Yield what the records of a kind satisfy that are sound as a whole."""
    if not checks.are_of_columns:
        yield sieve.passes_none()
    name = checks.called_by
    for field in dict.fromkeys((*checks.fields.values(), name)):
        if field.required or field is name:
            yield sieve.is_given(field.name)
    for course in checks.courses:
        for earlier, later in combinations([day for day in course if day in checks.fields], 2):
            yield sieve.is_at_most(earlier, later)
    for field, whole in checks.limits:
        yield sieve.is_at_most(field.name, whole.name)


def judge_name(checks: Checks) -> Judged | None:
    """Return how a record's name is judged, where it is a text: some sheets' words are no name."""
    name = checks.called_by
    return Judged(name.name, TELLING, is_marked) if name.type == "text" else None


def list_meshes_of_lacks(
    expected: Sequence[Field], skippable: Sequence[tuple[Field, Sequence[Field]]]
) -> Iterator[Mesh]:
    """Yield what records satisfy that lack nothing.

    Args:
        expected: fields that a record has in the end.
        skippable: dates that a record has once it has one of others.
    """
    for field in expected:
        is_text = field.type == "text"
        yield sieve.is_like(field.name, f"[{LETTERS_AND_DIGITS}]*") if is_text else sieve.is_given(field.name)
    for field, implied_by in skippable:
        yield sieve.is_given_if(field.name, [other.name for other in implied_by])
