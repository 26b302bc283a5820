"""The configuration of a machine, beside the plan: the file, the variables, and what is in force."""
