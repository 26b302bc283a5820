"""What is recorded: kinds declared as data, values parsed and checked, sheets in and out."""
