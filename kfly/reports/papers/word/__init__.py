"""Word documents: the form of an official paper, templates, and the filling of them."""
