"""The tables as they are made, and how an older database is brought up to them."""
