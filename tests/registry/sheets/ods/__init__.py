"""Tests of how OpenDocument files are read."""
