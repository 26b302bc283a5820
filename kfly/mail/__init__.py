"""The transport of mail: addresses, the server, the sending. Only commands that mail load it."""
