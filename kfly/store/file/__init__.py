"""The file itself: whose it is, opening it, its journal, what lies beside it, locks and backups."""
