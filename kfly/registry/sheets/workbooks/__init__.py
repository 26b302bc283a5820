"""Workbooks of Excel, WPS, LibreOffice and others: their values, and what stands beside them."""
