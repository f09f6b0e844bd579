"""When: papers come and go, people follow a view, the clock wakes. Then: what was told, and what went out by e-mail."""

from django.core import mail
from django.utils import timezone

from cases import inbox, notices
from cases.clock import unsent
from cases.models import Notice
from reports.finding import following, looking
from tests.cases.steps import happened

PAPERS = "state=open&duty=CMH-10"
MONDAY = "2025-03-03"


def paper(case, name):
    [event] = happened(
        case, "document_received", timezone.localdate(), document=name, kind="Interim care plan"
    )
    return event


def forwarded(case, name):
    [event] = happened(case, "document_sent_to_iro", timezone.localdate(), document=name)
    return event


def follow(view, *people, digest="", is_alerted=True):
    for person in people:
        following.choose(view, by=person, digest=digest, is_alerted=is_alerted)


def ticks(it_is, on=MONDAY, at="12:00"):
    """The clock wakes at a time of day, as often as it likes; how many notices it left."""
    it_is(on, at)
    before = told().count()
    for _ in range(2):
        looking.let_go()
        for ids in looking.batches(looking.to_look_at(timezone.now())):
            looking.look(ids)
        for ids in looking.batches(looking.to_sum_up(timezone.now())):
            looking.sum_up(ids)
    return told().count() - before


def told():
    return Notice.objects.filter(kind__in=["view", "gain"])


def sent():
    """What goes out by e-mail now."""
    mail.outbox.clear()
    notices.send(unsent(timezone.now()).filter(kind__in=["view", "gain"]).values_list("pk", flat=True))
    return mail.outbox


def words(person):
    return [line.words for line in inbox.of(person) if "“" in line.words or "saved view" in line.words]
