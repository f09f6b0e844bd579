from letters.models.letter import GONE, Letter, LetterChild, LetterState, Paper, WordingVersion
from letters.models.recipient import Recipient, RecipientPaper
from letters.models.resolution import Resolution

__all__ = [
    "GONE", "Letter", "LetterChild", "LetterState", "Paper", "Recipient", "RecipientPaper", "Resolution",
    "WordingVersion",
]  # fmt: skip
