"""One file a view, named as its command: the JSON document for programs, and the rendering for people."""
