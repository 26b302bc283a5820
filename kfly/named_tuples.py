"""``NamedTuple`` as ``typing`` has it, for the types that every start defines.

To define one with ``typing`` takes a third of a millisecond: each time a constructor is written and compiled.
A start defines some forty, a tenth of its time. Here none is compiled; calling it takes a little longer, so
what is made by the hundred thousand keeps to ``typing``. For the type checker the two are the same.
"""

import sys
from typing import TYPE_CHECKING

__all__ = ["NamedTuple"]

if TYPE_CHECKING or sys.version_info >= (3, 14):  # which evaluates annotations only when they are asked for
    from typing import NamedTuple
else:
    from collections import _tuplegetter

    class _Definition(type):
        """Reads the fields and their defaults from the annotations of a class."""

        def __new__(cls, name, bases, namespace):
            fields = tuple(namespace.get("__annotations__", ()))
            defaults = {field: namespace[field] for field in fields if field in namespace}
            namespace |= {field: _tuplegetter(at, "") for at, field in enumerate(fields)}
            namespace |= {"_fields": fields, "_field_defaults": defaults, "__match_args__": fields}
            return super().__new__(cls, name, bases, {"__slots__": (), **namespace})

    class NamedTuple(tuple, metaclass=_Definition):
        """A tuple whose parts have names; see ``typing.NamedTuple``."""

        def __new__(cls, *values, **named):  # noqa: D102  (as of any class)
            if named or len(values) != len(cls._fields):
                values = _complete(cls, values, named)
            return tuple.__new__(cls, values)

        @classmethod
        def _make(cls, values):
            return cls(*values)

        def _replace(self, **named):
            return type(self)(**{**self._asdict(), **named})

        def _asdict(self):
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self):
            values = ", ".join(f"{name}={value!r}" for name, value in self._asdict().items())
            return f"{type(self).__name__}({values})"

        def __getnewargs__(self):
            return tuple(self)

    def _complete(cls, values, named):
        """Put named values, and the defaults of those not given, behind the others.

        Raises:
            TypeError: one is missing, unknown, or given twice.
        """
        rest = cls._fields[len(values) :]
        if named and tuple(named) == rest:
            return (*values, *named.values())
        given = {**cls._field_defaults, **named}
        missing = [field for field in rest if field not in given]
        unknown = [name for name in named if name not in rest]
        if missing or unknown or len(values) > len(cls._fields):
            raise TypeError(
                f"{cls.__name__}: missing {missing}, not taken {unknown or values[len(cls._fields) :]}"
            )
        return (*values, *[given[field] for field in rest])
