"""Handing messages to the mail server, one for each recipient, over one connection as long as it lasts."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from typing import NamedTuple

from kfly.mail.connection import Connection, line_to
from kfly.mail.patience import DEFAULT_PATIENCE, Patience
from kfly.mail.server import Server
from kfly.mail.troubles import Trouble, tell_time_is_over

# What was put off is tried again after these parts of the time limit: 2 and 10 seconds, when it is 20.
WAITS = (0.1, 0.5)


class Delivery(NamedTuple):
    """A message on its way to one recipient."""

    message: EmailMessage
    sender: str
    recipient: str
    make_smaller: Callable[[], EmailMessage] | None = None  # what goes instead where it is too large


class DeliveryOutcome(NamedTuple):
    """What became of a delivery: handed over when there is no error; 0 tries when its turn never came."""

    delivery: Delivery
    error: str | None
    tries: int
    answer: str | None = None  # the server's last word on a message that it has taken
    smaller: bool = False  # the smaller message was taken


def send(
    server: Server, deliveries: Iterable[Delivery], patience: float = DEFAULT_PATIENCE
) -> Iterator[DeliveryOutcome]:
    """Hand messages to the server, and yield what became of each as soon as it is known.

    All are tried once; then there is one wait, and those that were put off are tried again, and after another
    wait once more. When one recipient is refused, the others still get theirs. When there is no connection,
    after three tries or because the server refuses us, all that are left fail with the same error.

    A connection that is lost between the end of a message and the server's answer leaves open whether the
    message was taken; it is sent again: twice is better than never.

    Args:
        server: the server.
        deliveries: the messages.
        patience: the seconds after which nothing more is tried, and what is under way is cut off.
    """
    time = Patience(patience)
    with line_to(server, time) as connection:
        run = _Run(connection, time, [_Turn(delivery) for delivery in deliveries])
        yield from run.rounds()
        yield from run.give_up()


@dataclass
class _Turn:
    """A delivery, and how it has fared so far."""

    delivery: Delivery
    tries: int = 0
    error: str | None = None


@dataclass
class _Run:
    """The sending of some messages.

    Attributes:
        connection: the connection to the server.
        time: how long all of it may take.
        waiting: those that are neither sent nor refused.
        lost: why there is no server, when there is none.
        is_refused: whether the server refuses us, so that no wait would help.
    """

    connection: Connection
    time: Patience
    waiting: list[_Turn]
    lost: str | None = None
    is_refused: bool = False

    def rounds(self) -> Iterator[DeliveryOutcome]:
        """Try all that wait, and after each pause those that were put off."""
        yield from self._go_round()
        for part in WAITS:
            if not self.waiting or self.is_refused:
                return
            self.connection.close()
            if not self.time.wait(part * self.connection.server.timeout):
                return
            yield from self._go_round()

    def give_up(self) -> Iterator[DeliveryOutcome]:
        """Yield what is left as failed."""
        over = tell_time_is_over(self.time.seconds)
        for turn in self.waiting:
            yield DeliveryOutcome(turn.delivery, self.lost or turn.error or over, turn.tries)

    def _go_round(self) -> Iterator[DeliveryOutcome]:
        turns, self.waiting, self.lost = self.waiting, [], None
        for number, turn in enumerate(turns):
            if not self.time.left or self.lost:
                self.waiting += turns[number:]
                return
            outcome = self._try(turn)
            if outcome is not None:
                yield outcome
            else:
                self.waiting.append(turn)

    def _try(self, turn: _Turn) -> DeliveryOutcome | None:
        """Try one delivery; None when it is put off."""
        try:
            return self._hand_over(turn)
        except Trouble as trouble:
            return self._put_off(turn, trouble)

    def _hand_over(self, turn: _Turn) -> DeliveryOutcome:
        turn.tries += 1
        self.connection.open()
        was_used, delivery = self.connection.is_used, turn.delivery
        try:
            answer = self.connection.transact(delivery.message, delivery.sender, delivery.recipient)
        except Trouble as trouble:
            if trouble.too_large and not trouble.may_pass and delivery.make_smaller is not None:
                return self._hand_over_smaller(turn, delivery.make_smaller())
            if trouble.may_pass and trouble.answered:
                self.connection.close()  # some servers count the messages of a connection
                if was_used and self.time.left:
                    return self._hand_over(turn)
            raise
        return DeliveryOutcome(delivery, None, turn.tries, answer)

    def _hand_over_smaller(self, turn: _Turn, message: EmailMessage) -> DeliveryOutcome:
        turn.tries += 1
        self.connection.open()  # some servers hang up on what is too large
        delivery = turn.delivery
        answer = self.connection.transact(message, delivery.sender, delivery.recipient)
        return DeliveryOutcome(delivery, None, turn.tries, answer, smaller=True)

    def _put_off(self, turn: _Turn, trouble: Trouble) -> DeliveryOutcome | None:
        """Note why a try failed; None when another one may succeed."""
        if not self.time.left and not trouble.answered:
            return DeliveryOutcome(turn.delivery, tell_time_is_over(self.time.seconds), turn.tries)
        turn.error = trouble.message
        if not trouble.reached:
            self.lost, self.is_refused = trouble.message, not trouble.may_pass
            return None
        if trouble.may_pass:
            return None
        return DeliveryOutcome(turn.delivery, trouble.message, turn.tries)
