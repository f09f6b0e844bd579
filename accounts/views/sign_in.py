"""The front door, choosing a password, and staying."""

import time

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import get_next_redirect_url
from allauth.account.views import LoginView
from allauth.socialaccount.adapter import get_adapter as get_directory_adapter
from allauth.socialaccount.providers.base import AuthProcess
from django.conf import settings
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts import audit, kept_work, second_factor, sessions, tasks
from accounts.forms.sign_in import ChangePasswordForm, ChoosePasswordForm, ForgottenPasswordForm, SignInForm
from accounts.middleware import for_enrolment
from accounts.models import KeptWork


class SignIn(LoginView):
    template_name = "accounts/sign_in.html"
    form_class = SignInForm

    def get_context_data(self, **kwargs):
        directory = settings.OIDC_NAME if settings.OIDC_SERVER else ""
        return super().get_context_data(**kwargs) | {"directory": directory}


@method_decorator(login_not_required, name="dispatch")
class SignOut(auth.LogoutView):
    """Also for somebody half-way in, who wants to begin again as somebody else."""

    def post(self, request, *args, **kwargs):
        if request.user.is_authenticated:
            audit.changed(request, "signed_out", ("person", request.user.pk))
        return super().post(request, *args, **kwargs)


@method_decorator(login_not_required, name="dispatch")
class ForgottenPassword(auth.PasswordResetView):
    template_name = "accounts/forgotten_password.html"
    form_class = ForgottenPasswordForm

    def form_valid(self, form):
        form.save(request=self.request)
        # Without the worker the link goes out with the next tick.
        transaction.on_commit(tasks.send_links.delay, robust=True)
        return redirect("password_link_sent")


@method_decorator(login_not_required, name="dispatch")
class ChoosePassword(auth.PasswordResetConfirmView):
    """By the link in an e-mail. Somebody new goes straight on to set up their second factor."""

    template_name = "accounts/set_password.html"
    form_class = ChoosePasswordForm

    def form_valid(self, form):
        super().form_valid(form)
        audit.changed(self.request, "password.chosen", ("person", self.user.pk))
        sessions.end_all(self.user)
        if second_factor.has_one(self.user) or not self.user.is_active:
            return redirect("sign_in")
        record_authentication(self.request, self.user, method="invitation")
        get_adapter().login(self.request, self.user)
        return redirect("mfa_index")

    def get_success_url(self):
        return reverse("sign_in")


class ChangePassword(auth.PasswordChangeView):
    template_name = "accounts/change_password.html"
    form_class = ChangePasswordForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"request": self.request}

    def form_valid(self, form):
        audit.changed(self.request, "password.changed", ("person", self.request.user.pk))
        return super().form_valid(form)

    def get_success_url(self):
        return reverse("my_work")


@for_enrolment
@never_cache
def stay(request):
    """How long the session still lasts. Asking does not prolong it, unless a person presses the button."""
    if request.method == "POST" and not sessions.is_background(request):
        sessions.was_seen(request.session)
    ends, may_stay = sessions.ends_at(request.session)
    return JsonResponse({"seconds": int(ends - time.time()), "may_stay": may_stay})


@require_POST
def throw_away(request, pk):
    """What was kept is not wanted after all."""
    kept = get_object_or_404(KeptWork, pk=pk, person=request.user)
    page = kept.page
    kept_work.sent_again(request.user, kept.action)
    return redirect(page if page.startswith("/") and not page.startswith("//") else "my_work")


@login_not_required
@require_POST
def directory(request):
    """Off to the authority's own directory, and from there to the page that was asked for."""
    if not settings.OIDC_SERVER:
        raise Http404
    provider = get_directory_adapter(request).get_provider(request, "directory")
    return provider.redirect(request, process=AuthProcess.LOGIN, next_url=get_next_redirect_url(request))


@login_not_required
def directory_unknown(request):
    return render(request, "accounts/directory_unknown.html")


@login_not_required
def directory_failed(request):
    return render(request, "accounts/directory_failed.html")
