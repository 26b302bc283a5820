"""Deadlines as yearly tables write them, in Chinese and in English."""
