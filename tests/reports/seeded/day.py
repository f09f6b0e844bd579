"""The day on which a seeded authority is looked at."""

from datetime import date

TODAY = date(2025, 3, 3)
