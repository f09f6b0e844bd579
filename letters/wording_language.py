"""All that a wording may say besides text: two tags and a few filters.

This library takes the place of Django's own in the wording engine, so that whatever is not registered here
does not exist there: no `load`, no `include`, no `safe`, no `autoescape off`.
"""

from django.template import Library, defaultfilters, defaulttags

register = Library()
register.tag("if", defaulttags.do_if)
register.tag("for", defaulttags.do_for)
register.filter("date", defaultfilters.date, expects_localtime=True, is_safe=False)
register.filter("pluralize", defaultfilters.pluralize, is_safe=False)
register.filter("linebreaksbr", defaultfilters.linebreaksbr, is_safe=True, needs_autoescape=True)
