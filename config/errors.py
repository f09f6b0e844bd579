"""What is said of a fault: where it happened and of what kind, never with which values.

A message of the database quotes the row it refused, a traceback of Django's the form that was sent: either would
carry a child's name into a log or a mailbox. The request's id leads from here to the log and to the audit trail.
"""

import logging
import traceback

from django.views.debug import ExceptionReporter


def without_values(error):
    """The frames and kinds of an exception and of what led to it, without a word of theirs."""
    told, seen = [], set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        frames = "".join(traceback.format_tb(error.__traceback__))
        told.append(f"{frames}{type(error).__module__}.{type(error).__qualname__}")
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n\nafter\n\n".join(told)


class IdsOnly(logging.Formatter):
    """Lines of a log, faults among them."""

    def format(self, record):
        """A handler before this one may have left the fault's own words on the line for all that follow."""
        record.exc_text = None
        try:
            return super().format(record)
        finally:
            record.exc_text = None

    def formatException(self, exc_info):
        return without_values(exc_info[1])


class Tasks(logging.Filter):
    """Celery writes the words of a fault, and the task's arguments, into its own line; here their kind alone."""

    def filter(self, line):
        if isinstance(line.args, dict) and "exc" in line.args:
            kind = type(line.exc_info[1]).__qualname__ if line.exc_info else "a fault"
            line.args = line.args | {"exc": kind, "traceback": "", "args": "", "kwargs": ""}
        return True


class Report(ExceptionReporter):
    """The report that goes by e-mail when a page failed (`ADMINS`): no form, no cookie, no value of a variable."""

    def get_traceback_text(self):
        request, match = self.request, getattr(self.request, "resolver_match", None)
        lines = [
            f"Request: {getattr(request, 'id', '-')}",
            f"Page: {match.view_name if match else '-'} ({request.method if request else '-'})",
            "",
            without_values(self.exc_value) if isinstance(self.exc_value, BaseException) else "",
        ]
        return "\n".join(lines)

    def get_traceback_html(self):
        raise NotImplementedError("A fault is reported as plain text.")
