"""The day on which a seeded authority is looked at, and whether it has its full size."""

import os
from datetime import date

TODAY = date(2025, 3, 3)
IN_FULL = os.environ.get("TEST_IN_FULL") == "1"
