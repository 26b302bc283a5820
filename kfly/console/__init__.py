"""The screen: its width, tables, wrapping, bars, sparklines, and the ways out to stdout and stderr."""
