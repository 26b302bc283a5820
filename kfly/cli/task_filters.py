"""Options that choose among the tasks, shared by the table on the screen and the one in a file."""

from typing import Annotated, NamedTuple

import typer

from kfly.locale import N_

Leader = Annotated[
    str | None,
    typer.Option("--leader", metavar=N_("NAME"), help=N_("Only the tasks of this leader in charge.")),
]
TaskLight = Annotated[
    str | None,
    typer.Option("--light", metavar=N_("red|yellow|blue|green|none"), help=N_("Only this light.")),
]
TaskState = Annotated[
    str | None,
    typer.Option(
        "--state",
        metavar=N_("done|overdue|open|ongoing|suspended|cancelled|carried|unsigned"),
        help=N_("Only this state; unsigned: done by its figures, and nobody has signed it off."),
    ),
]


class TaskFilters(NamedTuple):
    """What was asked for, as typed; None where nothing was."""

    org: str | None = None
    lead: str | None = None
    leader: str | None = None
    light: str | None = None
    state: str | None = None
    year: str | None = None

    @property
    def given(self) -> dict[str, str]:
        """What was given, by option."""
        return {f"--{name}": value for name, value in self._asdict().items() if value is not None}

    def tell(self) -> str:
        """Write the options that leave tasks out, as they were typed; empty where none does."""
        return " ".join(f"{option} {value}" for option, value in self.given.items())
