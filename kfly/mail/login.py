"""Logging in: the password is offered once, whatever ways to log in the server has."""

import smtplib

from kfly.mail.server import Server
from kfly.mail.troubles import lacks_login, refuses_login

# The plain ones first, as the connection is encrypted or never leaves the machine: a server that has
# CRAM-MD5 too may hold no secret for it. Smtplib would try them all, and so offer a wrong password thrice.
_METHODS = ("PLAIN", "LOGIN", "CRAM-MD5")
_NOT_THIS_ONE = 504  # the server does not know the method after all


def log_in(smtp: smtplib.SMTP, server: Server) -> None:
    """Log in over a new connection, if the server has a user.

    Raises:
        Trouble: no login is offered, or it was refused.
    """
    if server.user is None:
        return
    offered = smtp.esmtp_features.get("auth", "").upper().split()
    methods = [method for method in _METHODS if method in offered]
    if not methods:
        raise lacks_login(server, " ".join(offered))
    smtp.user, smtp.password = server.user, server.password or ""
    for method in methods:
        try:
            smtp.auth(method, getattr(smtp, f"auth_{method.lower().replace('-', '_')}"))
        except smtplib.SMTPResponseException as error:
            if error.smtp_code != _NOT_THIS_ONE or method == methods[-1]:
                raise refuses_login(server, error.smtp_code) from None
        else:
            return
