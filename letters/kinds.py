"""The letters this product writes."""

from django.db import models


class LetterKind(models.TextChoices):
    APPENDIX_1 = "appendix_1", "Appendix 1: the guardian introduces themselves"
    APPENDIX_2 = "appendix_2", "Appendix 2: the guardian hands over"
    TO_THE_CHILD_YOUNGER = "to_the_child_younger", "Letter to the child, for a younger reader"
    TO_THE_CHILD_OLDER = "to_the_child_older", "Letter to the child, for an older reader"
    IRO_NAMED = "iro_named", "Notice to Cafcass: the IRO’s name"


TO_THE_CHILD = frozenset({LetterKind.TO_THE_CHILD_YOUNGER, LetterKind.TO_THE_CHILD_OLDER})
