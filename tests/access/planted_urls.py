"""The product's addresses, and five that are wrong each in a way of its own: a check that passes them checks nothing."""

from urllib.parse import quote

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path

from config.urls import urlpatterns as ours

FORM = '<form method="post"><input type="text" name="text" value="{}"></form>'
REFUSED = '<div class="govuk-error-summary">No.</div>'


def raises(request):
    """Cannot count to a thousand."""
    return HttpResponse(FORM.format(1 // (len(request.POST.get("text", "")) < 1_000)))


def echoes(request):
    return HttpResponse(FORM.format("") + f"<p>{request.POST.get('text', '')}</p>")


def splits(request):
    """Django itself refuses such a header; whoever goes round it is found."""
    answer = HttpResponse(FORM.format(""))
    answer.headers._store["x-planted"] = ("X-Planted", request.POST.get("text", ""))
    return answer


def drops(request):
    """Puts into an address what no address holds."""
    if request.POST:
        return redirect(f"{request.path}?text={quote(request.POST['text'])}")
    return HttpResponse(FORM.format(""))


def loses(request):
    return HttpResponse(FORM.format("") + (REFUSED if request.method == "POST" else ""))


urlpatterns = [
    *ours,
    *(
        path(f"planted/{view.__name__}/", view, name=f"planted_{view.__name__}")
        for view in (raises, echoes, splits, drops, loses)
    ),
]
