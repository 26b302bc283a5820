"""What usually mends a connection that fails in a certain way: one sentence behind the reason."""

import ssl

from kfly.locale import _
from kfly.mail.server import Server

_ENCRYPTED_PORT, _RELAY_PORT = 465, 25
# OpenSSL's words where the other end speaks no TLS, and its numbers for an issuer that it does not know.
_NO_TLS = {"WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE", "PACKET_LENGTH_TOO_LONG", "UNKNOWN_PROTOCOL"}
_UNKNOWN_ISSUER = {2, 18, 19, 20, 21}


def add_hint(reason: str, hint: str | None) -> str:
    """Put a hint behind a reason, if there is one."""
    return _("{reason} {hint}", reason=reason, hint=hint) if hint else reason


def advise_on_silence(server: Server) -> str | None:
    """Advise where a server says nothing, or hangs up: it may be waiting for TLS to begin."""
    if server.port != _ENCRYPTED_PORT or server.encryption == "tls":
        return None
    return _("Port 465 is encrypted from the start: write smtps:// instead of smtp://.")


def advise_on_tls(server: Server, error: ssl.SSLError) -> str | None:
    """Advise where the other end does not speak TLS: it may begin without, and change over."""
    if server.encryption != "tls" or error.reason not in _NO_TLS:
        return None
    return _("This port begins unencrypted: write smtp:// instead of smtps://, which then uses STARTTLS.")


def advise_on_certificate(error: ssl.SSLCertVerificationError) -> str | None:
    """Advise where a certificate's issuer is not known here."""
    if error.verify_code not in _UNKNOWN_ISSUER:
        return None
    return _(
        "If the office has made it itself, name the certificate of its authority in the variable"
        " SSL_CERT_FILE."
    )


def advise_on_login(server: Server) -> str:
    """Advise where no login is offered."""
    if server.port == _RELAY_PORT:
        return _("Port 25 seldom has one: write :587 behind the host, or leave the user out of the URL.")
    return _("Leave the user out of the URL.")
