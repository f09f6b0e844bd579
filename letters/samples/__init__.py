"""Letters about nobody, by which wordings are checked and shown."""

from letters.samples import of_a_case, of_a_referral

SAMPLE_SHEETS = of_a_case.SHEETS | of_a_referral.SHEETS
SAMPLES = of_a_case.LETTERS | of_a_referral.LETTERS

__all__ = ["SAMPLES", "SAMPLE_SHEETS"]
