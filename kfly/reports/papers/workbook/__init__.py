"""The workbook for a meeting: a summary with charts, a sheet for each view, and what the registry adds."""
