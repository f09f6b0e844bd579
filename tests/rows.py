"""Rows of a table as text that can be compared, whatever the database."""


def told(row):
    """A row in words; bytes by their content, since PostgreSQL hands out views of memory."""
    return repr([bytes(value) if isinstance(value, memoryview) else value for value in row])
