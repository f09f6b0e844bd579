"""The proof that what is stored is what the chronology says."""

from django.db import transaction
from django.utils import timezone

from cases import projection
from cases.facts import Chronology, care_of
from cases.models import Case, Child, Deadline, LocalAgreement, PeriodOfCare
from cases.models.stage import NOT_STARTED
from cases.periods import periods_of


def rebuild():
    """Project every case, child and agreement again; return how many."""
    today = timezone.localdate()
    done = 0
    for project, rows in (
        (projection.project_case, Case.objects.all()),
        (projection.project_child, Child.objects.filter(events__case=None).distinct()),
        (projection.project_agreement, LocalAgreement.objects.all()),
    ):
        for row in rows.iterator(chunk_size=500):
            with transaction.atomic():
                project(row, today=today)
            done += 1
    return done


def check():
    """How many deadlines were compared, and a line for each thing that differs."""
    compared, differences = 0, []
    for label, desired, stored in _streams():
        difference = projection.compare(stored, desired)
        compared += difference.compared
        differences += [
            f"{label}: {verb} {row}"
            for verb, rows in (
                ("lacks", difference.missing), ("differs at", difference.changed), ("should not have", difference.surplus),
            )
            for row in rows
        ]  # fmt: skip
    return compared, [*differences, *_cases(), *_periods()]


def _streams():
    for case in Case.objects.iterator(chunk_size=500):
        chronology = Chronology.of(case)
        rows = projection.rows_of_case(chronology, projection.play_chronology(chronology))
        yield f"case {case.key}", rows, Deadline.objects.filter(case=case)
    for child in Child.objects.filter(events__case=None).distinct().iterator(chunk_size=500):
        care = care_of(child)
        rows = projection.rows_of_child(child, care, projection.play_child(child, care))
        yield f"child {child.key}", rows, child.deadline_set.filter(case=None)
    for agreement in LocalAgreement.objects.all():
        rows = projection.rows_of_agreement(agreement, projection.play_agreement(agreement))
        yield f"agreement {agreement.pk}", rows, agreement.deadline_set.all()


def _cases():
    for case in Case.objects.iterator(chunk_size=500):
        chronology = Chronology.of(case)
        outcome = projection.play_chronology(chronology)
        stage = outcome.stage.value if outcome.stage else NOT_STARTED
        if case.stage != stage:
            yield f"case {case.key}: stage is {case.stage}, its facts say {stage}"
        if case.issued_on != (issued := projection.issued_on(outcome)):
            yield f"case {case.key}: issued on {case.issued_on}, its facts say {issued}"
        for member, left, concluded in projection.wrongly_marked(chronology, outcome):
            yield (
                f"case {case.key}: child {member.child.key} left on {member.left_on} and concluded on "
                f"{member.concluded_on}, the facts say {left} and {concluded}"
            )
        for follower in projection.followers():
            yield from (
                f"case {case.key}: {row} is not as its facts say" for row in follower.wrongly_stored(case)
            )


def _periods():
    for child in Child.objects.filter(events__case=None).distinct().iterator(chunk_size=500):
        want = [(p.began_on, p.ended_on, p.legal_status) for p in periods_of(child)]
        have = list(
            PeriodOfCare.objects.filter(child=child).values_list("began_on", "ended_on", "legal_status")
        )
        if want != have:
            yield f"child {child.key}: periods of care differ"
