"""What the report speaks of, in the order of the Handbook (7.11)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    name: str
    title: str
    asks: str


HEADINGS = (
    Heading(
        "disputes", "The local dispute process: concerns raised and what came of them",
        "What was learnt from the concerns, and what changed for children.",
    ),
    Heading(
        "staffing", "Caseloads, staffing and continuity",
        "Who the IROs are, vacancies, and how many children kept the same IRO.",
    ),
    Heading("participation", "Participation of children and parents", "How they took part, and what helped them."),
    Heading("reviews", "Reviews on time, and the steps after them", "What the figures show."),
    Heading("late_reviews", "Reviews out of time, and why", "Why, and what was done for the child meanwhile."),
    Heading("quality", "Quality audits", "What was audited, what was found, what changed."),
    Heading("resources", "Resource concerns", "Where resources kept a plan from being carried out."),
    Heading("siblings", "Contact between brothers and sisters", "Whether plans for contact were kept."),
    Heading("cafcass", "Referrals to and consultations with Cafcass", "What was referred, and what came of it."),
    Heading("protocol", "Keeping the Protocol with Cafcass", "How the clocks of the Protocol were kept on both sides."),
)  # fmt: skip
BY_NAME = {heading.name: heading for heading in HEADINGS}
