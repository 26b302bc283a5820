"""Actual against promise: pure functions from spans and sign-offs to figures; no database, clock or words."""
