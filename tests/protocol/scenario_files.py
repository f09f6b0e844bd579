"""The scenarios that are played: the Protocol's own examples, our readings of it, and files that are none."""

from pathlib import Path

READINGS = Path("tests/protocol/readings")
PLAYABLE = sorted([*Path("protocol/examples").glob("*.toml"), *READINGS.glob("*.toml")])
BROKEN = sorted((READINGS / "malformed").iterdir())
