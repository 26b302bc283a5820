"""How it is shown: terminal tables and JSON."""
