"""Every date on screen carries its weekday: people check dates by it."""

DATE_FORMAT = "l j F Y"
SHORT_DATE_FORMAT = "D j M Y"
DATETIME_FORMAT = "l j F Y, H:i"
