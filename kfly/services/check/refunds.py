"""The check of what was paid back: which payment it corrects, and whether that one fits."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from kfly.locale import _, format_number
from kfly.plan.kinds import Field, Kind
from kfly.registry.registry import Registry
from kfly.services.check.expectations import RefundRule, read_expectations
from kfly.services.check.findings import TO_FILL_IN, WARNING, Finding
from kfly.services.check.naming import Naming
from kfly.store import records


class _Payment(NamedTuple):
    """An amount that was paid, or paid back where it is below 0."""

    id: int
    amount: Fraction
    corrects: int | None
    sort: str
    on: str


def find_unsound_refunds(registry: Registry, kind: Kind) -> Iterator[Finding]:
    """Find refunds of no payment, or of one that does not fit: of another sort, later, too small."""
    rule = read_expectations().refunds.get(kind.name)
    if rule is None or any(kind.field(name) is None for name in rule):
        return  # a database of an older kfly knows of no refunds
    payments = {payment.id: payment for payment in _read(registry, kind, rule)}
    refunds = sorted((p for p in payments.values() if p.amount < 0), key=lambda p: (p.on, p.id))
    check = _RefundCheck(registry, kind, rule, payments)
    for refund in refunds:
        yield from check.findings(refund)


def _read(registry: Registry, kind: Kind, rule: RefundRule) -> Iterator[_Payment]:
    names = ("id", rule.amount, rule.corrects, rule.alike, rule.on)
    for record, amount, corrects, sort, on in records.select_values(registry.db, kind, names):
        if isinstance(amount, int | float):
            yield _Payment(record, Fraction(str(amount)), corrects, str(sort), str(on))


class _RefundCheck:
    """The check of refunds in the order of their days: each leaves less of its payment to be paid back."""

    def __init__(
        self, registry: Registry, kind: Kind, rule: RefundRule, payments: Mapping[int, _Payment]
    ) -> None:
        self.naming = Naming(registry, kind)
        self.rule = rule
        self.fields: dict[str, Field] = {field.name: field for field in kind.fields}
        self.payments = payments
        self.left = {payment.id: payment.amount for payment in payments.values()}

    def findings(self, refund: _Payment) -> Iterable[Finding]:
        """Find what is wrong with a refund."""
        payment = self.payments.get(refund.corrects or 0)
        which = (self.rule.corrects, TO_FILL_IN)
        if refund.corrects is None:
            message = _("money was paid back, but it is not said of which payment")
            return [self._report((refund,), "refund_of_nothing", which, message)]
        if payment is None:
            return []  # a reference that leads nowhere is named as such
        if payment.amount <= 0:
            message = _("corrects {title} (#{id}), which is no payment but a refund", **self._named(payment))
            return [self._report((refund, payment), "refund_of_refund", which, message)]
        return self._against(refund, payment)

    def _against(self, refund: _Payment, payment: _Payment) -> Iterator[Finding]:
        named, both = self._named(payment), (refund, payment)
        if payment.sort != refund.sort:
            message = _("corrects {title} (#{id}), which is of {sort}", **named, sort=payment.sort)
            yield self._report(both, "refund_of_another", (self.rule.alike, payment.sort), message)
        if refund.on < payment.on:
            message = _("lies before {title} (#{id}), which it corrects: {day}", **named, day=payment.on)
            yield self._report(both, "refund_before_payment", (self.rule.on, TO_FILL_IN), message)
        left = self.left[payment.id]
        self.left[payment.id] += refund.amount
        if -refund.amount > left:
            unit = self.fields[self.rule.amount].unit or ""
            most = f"{format_number(max(left, Fraction(0)))} {unit}".strip()
            message = _("is more than is left of {title} (#{id}), {most}", **named, most=most)
            rest = (refund, payment._replace(amount=left))
            yield self._report(rest, "refund_too_large", (self.rule.amount, TO_FILL_IN), message)

    def _named(self, payment: _Payment) -> dict[str, object]:
        return {"title": self.naming.title(payment.id), "id": payment.id}

    def _report(self, them: tuple[_Payment, ...], code: str, put: tuple[str, str], message: str) -> Finding:
        """Report a refund.

        Args:
            them: the refund, and the payment that it corrects.
            code: what is wrong, for programs.
            put: the field to change, and what to put there.
            message: what is wrong.
        """
        field, mended = put
        told = _("{label}: {message}", label=self.fields[field].label.spoken, message=message)
        command = self.naming.setting(them[0].id, f"{field}={mended}")
        about = tuple(str(part) for payment in them for part in payment)
        return self.naming.finding(WARNING, code, them[0].id, told, *command, about=about)
