"""The letters this product writes."""

from django.db import models


class LetterKind(models.TextChoices):
    APPENDIX_1 = "appendix_1", "Appendix 1: the guardian introduces themselves"
    APPENDIX_2 = "appendix_2", "Appendix 2: the guardian hands over"
    TO_THE_CHILD_YOUNGER = "to_the_child_younger", "Letter to the child, for a younger reader"
    TO_THE_CHILD_OLDER = "to_the_child_older", "Letter to the child, for an older reader"
    IRO_NAMED = "iro_named", "Notice to Cafcass: the IRO’s name"
    LA_LEGAL_NOTICE = "la_legal_notice", "Notice of a referral to LA legal"
    DELAY_LETTER = "delay_letter", "Delay letter on a referral"
    DECISION_REPORT = "decision_report", "Decision report on a referral"
    PROGRESS_NOTE = "progress_note", "Progress note on a referral"
    FINAL_REPORT = "final_report", "Final report on a referral"
    BLANK_REFERRAL_FORM = "blank_referral_form", "Referral to Cafcass Legal: blank form"


TO_THE_CHILD = frozenset({LetterKind.TO_THE_CHILD_YOUNGER, LetterKind.TO_THE_CHILD_OLDER})
# In the order in which a referral calls for them.
OF_A_REFERRAL = (
    LetterKind.LA_LEGAL_NOTICE,
    LetterKind.DELAY_LETTER,
    LetterKind.DECISION_REPORT,
    LetterKind.PROGRESS_NOTE,
    LetterKind.FINAL_REPORT,
)
# A form anybody may print: nobody's letter, and no organisation's own words.
FORMS_TO_PRINT = frozenset({LetterKind.BLANK_REFERRAL_FORM})
OF_A_CASE = tuple(kind for kind in LetterKind if kind not in {*OF_A_REFERRAL, *FORMS_TO_PRINT})
WRITTEN = tuple(kind for kind in LetterKind if kind not in FORMS_TO_PRINT)
