"""The random keys that stand in addresses, logs and e-mails in place of a child's name."""

import secrets

# No vowels and no look-alikes: a key can be read out over the telephone and never spells a word.
LETTERS = "23456789BCDFGHJKLMNPQRSTVWXZ"


def new_key():
    return "".join(secrets.choice(LETTERS) for _ in range(10))
