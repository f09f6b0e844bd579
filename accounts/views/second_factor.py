"""Setting up, giving and changing the second factor: django-allauth's views, with our pages and words."""

from allauth.account.decorators import reauthentication_required
from allauth.mfa.base.views import AuthenticateView, ReauthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, ReauthenticateWebAuthnView
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import audit, known_browsers, post, second_factor
from accounts.forms.sign_in import AppForm, CodeForm, ConfirmForm, ConfirmKeyForm, KeyForm, NewKeyForm
from accounts.middleware import for_enrolment

changing = reauthentication_required(app="allauth.mfa")


@for_enrolment
@require_safe
def index(request):
    """How one signs in: what there is, and what may be added. For somebody new, the choice of the first."""
    mine = [factor.wrap() for factor in second_factor.of(request.user)]
    codes = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.RECOVERY_CODES).first()
    facts = {
        "factors": mine,
        "has_app": any(factor.instance.type == Authenticator.Type.TOTP for factor in mine),
        "codes_left": len(codes.wrap().get_unused_codes()) if codes else 0,
    }
    return render(request, f"accounts/{'second_factor' if mine else 'enrol'}.html", facts)


class Give(AuthenticateView):
    """The second step of signing in."""

    template_name = "accounts/give_second_factor.html"
    form_class = CodeForm
    webauthn_form_class = KeyForm

    def form_invalid(self, form):
        audit.changed(self.request, "second_factor.refused", ("person", self.stage.login.user.pk))
        return super().form_invalid(form)

    def get_context_data(self, **kwargs):
        kinds = set(second_factor.of(self.stage.login.user).values_list("type", flat=True))
        return super().get_context_data(**kwargs) | {"kinds": kinds}


class Confirm(ReauthenticateView):
    """Given again, before anything changes about signing in."""

    template_name = "accounts/confirm_second_factor.html"
    form_class = ConfirmForm


class ConfirmKey(ReauthenticateWebAuthnView):
    template_name = "accounts/confirm_key.html"
    form_class = ConfirmKeyForm

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form))


class Enrols:
    """Setting one up: the first makes the session complete; another is told to the person by e-mail."""

    def form_valid(self, form):
        is_first = not second_factor.has_one(self.request.user)
        super().form_valid(form)
        newest = second_factor.of(self.request.user).last()
        audit.changed(self.request, "second_factor.added", ("person", self.request.user.pk))
        if not is_first:
            _tell(self.request.user, f"A second factor was added to your account: {kind(newest)}.")
            messages.success(self.request, f"{kind(newest).capitalize()} added.")
            return redirect("mfa_index")
        second_factor.enrolled(self.request, newest)
        return known_browsers.remember(self.request, redirect("mfa_view_recovery_codes"), self.request.user)


@method_decorator(never_cache, name="dispatch")
class AddApp(Enrols, ActivateTOTPView):
    template_name = "accounts/add_app.html"
    form_class = AppForm

    def dispatch(self, request, *args, **kwargs):
        """One app for each person: a new one takes the place of one that was removed."""
        if second_factor.of(request.user).filter(type=Authenticator.Type.TOTP).exists():
            return redirect("mfa_index")
        return super().dispatch(request, *args, **kwargs)

    def get_success_url(self):
        return reverse("mfa_index")


@method_decorator(never_cache, name="dispatch")
class AddKey(Enrols, AddWebAuthnView):
    template_name = "accounts/add_key.html"
    form_class = NewKeyForm

    def get_context_data(self, **kwargs):
        """What allauth's own view forgets: the form with what was wrong."""
        return super().get_context_data(**kwargs) | kwargs

    def get_success_url(self):
        return reverse("mfa_index")


@changing
def remove(request, pk):
    """Take one away, but never the last."""
    factor = get_object_or_404(second_factor.of(request.user), pk=pk)
    is_last = second_factor.of(request.user).count() == 1
    if request.method == "POST" and second_factor.remove(factor):
        audit.changed(request, "second_factor.removed", ("person", request.user.pk))
        _tell(request.user, f"A second factor was removed from your account: {kind(factor)}.")
        messages.success(request, f"{kind(factor).capitalize()} removed.")
        return redirect("mfa_index")
    return render(request, "accounts/remove_second_factor.html", {"called": kind(factor), "is_last": is_last})


@method_decorator(never_cache, name="dispatch")
class RecoveryCodes(ViewRecoveryCodesView):
    """Shown once, straight after they were made."""

    template_name = "accounts/recovery_codes.html"


class NewRecoveryCodes(GenerateRecoveryCodesView):
    template_name = "accounts/new_recovery_codes.html"

    def form_valid(self, form):
        answer = super().form_valid(form)
        audit.changed(self.request, "second_factor.codes_made", ("person", self.request.user.pk))
        _tell(
            self.request.user, "New recovery codes were made for your account. The old ones no longer work."
        )
        return HttpResponseRedirect(answer.url)


def kind(factor):
    """What a person calls it."""
    if factor.type == Authenticator.Type.TOTP:
        return "authenticator app"
    return f"security key “{factor.wrap().name}”"


def _tell(person, what):
    body = render_to_string("email/second_factor_changed.txt", {"person": person, "what": what})
    post.send("How you sign in has changed", body, to=person.email)
