"""What was promised: the plan's words, and the way from YAML to checked plan objects."""
