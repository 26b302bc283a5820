"""What all workbooks of kfly have in common: looks, widths and heights, the names of sheets."""
