"""The inspection pack: a sample of cases with chronology, challenge and letters, as one PDF with an index."""
