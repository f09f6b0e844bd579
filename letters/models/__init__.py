from letters.models.letter import GONE, Letter, LetterChild, LetterState, Paper, WordingVersion
from letters.models.recipient import Recipient, RecipientPaper

__all__ = [
    "GONE", "Letter", "LetterChild", "LetterState", "Paper", "Recipient", "RecipientPaper", "WordingVersion",
]  # fmt: skip
