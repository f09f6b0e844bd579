"""The calendar as text (RFC 5545): one id for one thing for ever, and a higher number each time it changes."""

from datetime import timedelta
from hashlib import sha256

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event

from reports.models import FeedEntry

DAY = timedelta(days=1)


def of(feed, entries):
    """The calendar of these entries, and what it told before brought up to date."""
    known = {entry.about: entry for entry in FeedEntry.objects.filter(feed=feed)}
    told = _brought_up_to_date(feed, entries, known)
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.SERVICE_NAME}//Calendar feed//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", settings.SERVICE_NAME)
    calendar.add("x-published-ttl", "PT1H")
    for entry in entries:
        calendar.add_component(_event(entry, told[entry.about]))
    return calendar.to_ical()


def _brought_up_to_date(feed, entries, known):
    now = timezone.now().replace(microsecond=0)
    new, changed = [], []
    for entry in entries:
        digest = _digest(entry)
        before = known.get(entry.about)
        if before is None:
            new.append(FeedEntry(feed=feed, about=entry.about, digest=digest, changed_at=now))
        elif before.digest != digest:
            before.digest, before.sequence, before.changed_at = digest, before.sequence + 1, now
            changed.append(before)
    FeedEntry.objects.bulk_create(new)
    FeedEntry.objects.bulk_update(changed, ["digest", "sequence", "changed_at"])
    return known | {entry.about: entry for entry in new}


def _digest(entry):
    said = "\n".join([entry.on.isoformat(), entry.summary, entry.text, entry.path, str(entry.is_off)])
    return sha256(said.encode()).hexdigest()


def _event(entry, told):
    event = Event()
    event.add("uid", f"{told.uid}@protocol")
    event.add("dtstamp", told.changed_at)
    event.add("last-modified", told.changed_at)
    event.add("sequence", told.sequence)
    event.add("dtstart", entry.on)
    event.add("dtend", entry.on + DAY)
    event.add("summary", entry.summary)
    event.add("description", entry.text)
    event.add("url", settings.SITE_ADDRESS + entry.path)
    event.add("transp", "TRANSPARENT")
    event.add("status", "CANCELLED" if entry.is_off else "CONFIRMED")
    event.add("class", "PRIVATE")
    return event
