"""Papers for a meeting: the page, the workbook, the brief; the figures of the views, in other clothes."""
