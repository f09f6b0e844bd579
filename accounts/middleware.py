"""What stands between a request and every page: whether the session still lasts, and how it was begun.

Both fail closed. A session that does not say when it began is over; one begun without the second factor belongs to
nobody, except on the pages where the second factor is set up.
"""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import redirect
from django_htmx.http import HttpResponseClientRedirect

from accounts import kept_work, second_factor, sessions
from accounts.models import User

KEPT = "What you typed is kept: sign in as the same person and it comes back."


def for_enrolment(view):
    """A page for somebody who has signed in with a password and has no second factor yet."""
    view.for_enrolment = True
    return view


@dataclass(frozen=True)
class Ended:
    person_id: int
    why: str  # empty where they have been told already


class SessionsEnd:
    """After 15 minutes without its person, after 12 hours in any case. The page polls, the person does not."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.ended = self._end(request)
        response = self.get_response(request)
        if SESSION_KEY in request.session and not sessions.has_begun(request.session):
            sessions.begin(request.session)
        if request.method == "POST" and response.status_code == 302 and request.user.is_authenticated:
            self._arrived(request)
        return response

    def _end(self, request):
        person_id = request.session.get(SESSION_KEY)
        is_background = sessions.is_background(request)
        if person_id is None:
            return self._ended_before(request)
        if why := sessions.why_ended(request.session):
            request.user = AnonymousUser()
            # A page that asks by itself leaves the end to its person, whose typing is still to come.
            if not is_background:
                sessions.end(request.session, person_id)
            return Ended(int(person_id), why)
        if not is_background:
            sessions.was_seen(request.session)
        return None

    def _ended_before(self, request):
        """Another window of theirs was told; what is sent from this one is theirs to have back all the same."""
        person_id = sessions.ended_of(request.session)
        return Ended(person_id, "") if person_id and request.method == "POST" else None

    def _arrived(self, request):
        if request.session.get("has_kept_work"):
            kept_work.sent_again(request.user, request.get_full_path())

    def process_view(self, request, view, args, kwargs):
        """Only now: a form that came from elsewhere has been refused by the check for that, and is not kept."""
        if request.ended is None:
            return None
        if sessions.is_background(request):
            return HttpResponse(status=401)
        if request.ended.why:
            messages.info(request, request.ended.why)
        if not getattr(view, "login_required", True):
            return None
        return self._sends_to_sign_in(request)

    def _sends_to_sign_in(self, request):
        back = request.get_full_path()
        if request.method == "POST" and User.objects.filter(pk=request.ended.person_id).exists():
            kept = kept_work.keep(request, request.ended.person_id)
            back = kept.page if kept else back
            if kept:
                messages.info(request, KEPT)
        answer = redirect_to_login(back)
        return HttpResponseClientRedirect(answer.url) if request.htmx else answer


class SecondFactorFirst:
    """The password alone reaches no page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.enrolling = None
        person = request.user
        if person.is_authenticated and not second_factor.was_given(request, person):
            request.enrolling, request.user = person, AnonymousUser()
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        person = request.enrolling
        if person is None or not getattr(view, "login_required", True):
            return None
        if second_factor.has_one(person):
            # Begun by some other way than the doors: the second factor is asked for there.
            request.session.flush()
            return None
        if getattr(view, "for_enrolment", False):
            request.user = person
            return None
        return redirect("mfa_index")
