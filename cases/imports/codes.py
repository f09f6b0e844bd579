"""The return's own codes, and the words the chronology uses for them."""

LEGAL_STATUSES = {
    "C1": "interim care order",
    "C2": "full care order",
    "D1": "freeing order",
    "E1": "placement order",
    "V2": "section 20",
    "V3": "short breaks, agreements recorded one by one",
    "V4": "short breaks, under one agreement",
    "L1": "police protection",
    "L2": "emergency protection order",
    "L3": "child assessment order",
    "J1": "remand",
    "J2": "police and criminal evidence, accommodated",
    "J3": "youth rehabilitation order",
}
PLACEMENT_ORDER = "E1"
SHORT_BREAKS = {"V3", "V4"}
# Placed for adoption: with consent or a placement order, with the present carers or others.
ADOPTIVE = {"A3", "A4", "A5", "A6"}

START = "S"
LEGAL_CHANGE = {"L", "B", "U"}
NEW_CARERS = {"P", "B"}
REASONS_FOR_EPISODE = {START, "P", "T"} | LEGAL_CHANGE
CONTINUES = "X1"

UNDER_FOUR = "PN0"
PARTICIPATION = {UNDER_FOUR, *(f"PN{number}" for number in range(1, 8))}
SEXES = {"1": "M", "2": "F", "M": "M", "F": "F", "U": "U", "": "U"}


def legal_status(code):
    """The words of a legal status; an unknown code stands for itself."""
    return f"{code} {LEGAL_STATUSES[code]}" if code in LEGAL_STATUSES else code or "not stated"
