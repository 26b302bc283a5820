"""The plan's views, read once for the screen and for papers: a file a view, named as its command."""
