"""Papers for a meeting: the page, the workbook, the brief; the same figures as the views, in other clothes."""
