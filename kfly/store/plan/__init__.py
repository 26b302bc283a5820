"""The plan, its kinds and what is said of its tasks, in their tables."""
