"""Dates as people say them: always with the weekday."""


def weekday_date(day):
    return f"{day:%A} {day.day} {day:%B %Y}"
