"""Documents of every format as paragraphs and tables; nothing is known here of what stands in them."""
