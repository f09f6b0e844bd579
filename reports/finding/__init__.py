"""Finding a child, a case or a person: by name, also misspelt, by date of birth, key, number in the return or court number."""
