"""Actual against promise. Pure: spans and sign-offs in, figures out; no database, no clock, no words."""
