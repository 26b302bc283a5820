"""From YAML to a checked plan, every fault with its line."""
