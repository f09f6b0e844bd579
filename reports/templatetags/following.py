"""The saved views somebody follows, for the page on which they choose what they are told."""

from django.template import Library

from reports.finding import following

register = Library()


@register.inclusion_tag("reports/finding/followed.html", takes_context=True)
def followed_views(context):
    request = context["request"]
    return {"followed": following.of(request.user), "request": request, "csrf_token": context["csrf_token"]}
