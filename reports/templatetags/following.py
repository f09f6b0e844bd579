"""The saved views somebody follows, for the page on which they choose what they are told."""

from django.template import Library

from reports.boards import access
from reports.finding import following

register = Library()


@register.inclusion_tag("reports/finding/followed.html", takes_context=True)
def followed_views(context):
    request = context["request"]
    return {
        "may_follow": access.may_see_lists(request.user),
        "followed": following.of(request.user),
        "csrf_token": context["csrf_token"],
    }
