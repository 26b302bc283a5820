"""What is configured for a machine, beside the plan: the file, the variables, and what is in force."""
