"""What a file brings of one kind, from however many of its sheets: ids given, and natural keys met."""

from collections.abc import Sequence, Set

from kfly.plan.kinds import Kind, Value
from kfly.registry.registry import Registry
from kfly.registry.sheets.kept_rows import KeptRows
from kfly.store import records

Key = tuple[Value, ...]
Place = tuple[str | None, int]  # a sheet, and the number of a row


class Drafts:
    """The records of one kind that a file brings, from however many sheets."""

    def __init__(self, registry: Registry, kind: Kind) -> None:
        self.kind = kind
        self.next_id = records.next_id(registry.db, kind)
        self.is_first = not records.count(registry.db, kind)  # none can be there already
        self.is_referred_to = any(f.to == kind.name for k in registry.kinds.values() for f in k.fields)
        self.is_spelled_out = False
        self._hashes: set[int] = set()  # of all keys met: a million of whole ones would fill the memory
        self._places: dict[Key, Place] = {}  # where keys stand that came one by one
        self._sheets: list[tuple[str | None, KeptRows, list[int | None]]] = []

    def add_sheet(self, sheet: str | None, rows: KeptRows, names: Sequence[str]) -> None:
        """Remember where the keys of a sheet's rows stand, whose columns behind the id are these."""
        at = {name: position for position, name in enumerate(names, start=1)}
        self._sheets.append((sheet, rows, [at.get(name) for name in self.kind.key]))

    def bring_new(self, keys: Sequence[Key]) -> Set[int] | None:
        """Return what tells some keys from all others; None if any of them may have been met before."""
        hashes = set(map(hash, keys))
        is_new = len(hashes) == len(keys) and self._hashes.isdisjoint(hashes) and not self.is_spelled_out
        return hashes if is_new else None

    def note(self, hashes: Set[int]) -> None:
        """Note keys that are brought for the first time."""
        self._hashes |= hashes

    def find_first(self, key: Key, here: Place) -> Place:
        """Find where a key was met first; from now on that is ``here``, if it was nowhere."""
        number = hash(key)
        if number in self._hashes and not self.is_spelled_out:
            self._spell_out()
        self._hashes.add(number)
        return self._places.setdefault(key, here)

    def forget_keys(self) -> None:
        """Forget the keys: all of the file has been read."""
        self._hashes.clear()
        self._places.clear()

    def _spell_out(self) -> None:
        """Find the places of all keys met so far; a file in which one comes twice is refused anyway."""
        self.is_spelled_out = True
        for sheet, kept, parts in self._sheets:
            for rows, numbers in kept.raw():
                for row, number in zip(rows, numbers, strict=True):
                    key = tuple([None if at is None else row[at] for at in parts])
                    self._places.setdefault(key, (sheet, number))
