"""The supervision report as letters: subject, plain text, page, workbook, and who gets which."""
