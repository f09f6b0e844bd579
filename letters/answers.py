"""What a letter's author typed, to and from the JSON it is kept in. The name of a date ends in `_on`."""

from datetime import date


def kept(answers):
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in answers.items()}


def read(letter):
    return {name: _revived(name, value) for name, value in letter.answers.items()}


def _revived(name, value):
    return date.fromisoformat(value) if name.endswith("_on") and value else value
