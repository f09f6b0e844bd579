"""The demonstration: invented people and families, whose stories are played through the verbs the screens use.

What happened stands in `fixtures/demonstration/`, in TOML that a practitioner can read; nothing of it is here.
"""
