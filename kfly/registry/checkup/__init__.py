"""What ``kfly check`` finds in the registry."""
