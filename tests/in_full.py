"""Whether every combination is tried (`make test-full`), or in turn each thing at least once (`make test`)."""

import os

IN_FULL = os.environ.get("TEST_IN_FULL") == "1"
# "3/8": of what can be sent in parts, the third of eight equal ones.
PART = os.environ.get("PART", "1/1")
