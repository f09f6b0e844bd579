"""Freedom of Information requests: how many, how many of each kind; nought is an answer."""
