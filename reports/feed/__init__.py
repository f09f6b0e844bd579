"""The calendar feed: what one owes, hears and reviews, for a calendar that asks by a private address.

Of a child it says the initials and the reference, nothing more: it is read by calendars we know nothing about.
"""
