"""Where django-allauth asks how things are done here."""

import time

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.shortcuts import redirect
from django.urls import reverse

from accounts import audit, kept_work, known_browsers, limits, second_factor
from accounts.addresses import client_address
from accounts.models import User
from accounts.sealing import seal, unseal

# A code given this recently need not be given again to change how one signs in.
JUST_NOW = 5 * 60


class Door(DefaultAccountAdapter):
    """Coming in with an e-mail address and a password. Refusals have the same words whoever is refused."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The e-mail address or the password is not right. Check both and try again.",
        "too_many_login_attempts": limits.WORDS,
        "rate_limited": limits.WORDS,
    }

    def is_open_for_signup(self, request):
        """Nobody registers themselves."""
        return False

    def get_client_ip(self, request):
        return client_address(request)

    def pre_authenticate(self, request, **credentials):
        self._login_failed_rl_usage = limits.password_try(request, credentials["email"])
        if self._login_failed_rl_usage is None:
            raise self.validation_error("too_many_login_attempts")

    def get_login_stages(self):
        return ["allauth.mfa.stages.AuthenticateStage"]

    def authentication_failed(self, request, **credentials):
        """The trail keeps whose account was tried, never what was typed; and as much where there is none."""
        person = User.objects.filter(email__iexact=credentials["email"]).first()
        audit.changed(request, "sign_in.refused", ("person", person.pk if person else "unknown"))

    def post_login(self, request, user, **details):
        response = super().post_login(request, user, **details)
        audit.changed(request, "signed_in", ("person", user.pk))
        request.session["has_kept_work"] = kept_work.pages_of(user)
        if second_factor.was_given(request, user):
            known_browsers.remember(request, response, user)
        return response

    def respond_user_inactive(self, request, user):
        clear_login(request)
        return redirect("sign_in")

    def is_reauthentication_required(self, *, app, **details):
        """Changing how one signs in asks for the second factor again, once there is one."""
        request = context.request
        if not second_factor.has_one(request.user):
            return False
        return time.time() - second_factor.given_at(request, request.user) > JUST_NOW

    def get_reauthentication_methods(self, user):
        """Only the second factor: the password alone opens nothing."""
        kinds = set(Authenticator.objects.filter(user_id=user.pk).values_list("type", flat=True))
        methods = []
        if kinds & {"totp", "recovery_codes"}:
            methods.append(("mfa_reauthenticate", "Use a code"))
        if "webauthn" in kinds:
            methods.append(("mfa_reauthenticate_webauthn", "Use a security key"))
        return [{"id": name, "description": words, "url": reverse(name)} for name, words in methods]

    def add_message(self, request, level, message_template=None, *args, **details):
        """The pages say themselves what has been done."""

    def send_notification_mail(self, *args, **details):
        """`accounts.views.second_factor` writes to the person in our own words."""


class SecondFactors(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "The code is not right, or has been used already. Wait for the next one and try again.",
    }

    def encrypt(self, text):
        return seal(text)

    def decrypt(self, encrypted_text):
        return unseal(encrypted_text)

    def _get_site_name(self):
        return settings.SERVICE_NAME


class Directory(DefaultSocialAccountAdapter):
    """Coming in from an authority's own directory (OpenID Connect).

    The directory says who somebody is; whether they are anybody here was decided by who invited them. It is
    believed about the people of its own organisation only: another's are as unknown as a passer-by.
    """

    def is_open_for_signup(self, request, sociallogin):
        return False

    def pre_social_login(self, request, sociallogin):
        person = self._invited(sociallogin)
        if person is None or (sociallogin.is_existing and sociallogin.user.pk != person.pk):
            raise ImmediateHttpResponse(redirect("directory_unknown"))
        if not sociallogin.is_existing:
            sociallogin.connect(request, person)

    def on_authentication_error(self, request, provider, error=None, exception=None, extra_context=None):
        raise ImmediateHttpResponse(redirect("directory_failed"))

    def _invited(self, sociallogin):
        ours = User.objects.filter(organisation__name=settings.OIDC_ORGANISATION, is_active=True)
        if sociallogin.is_existing:
            return ours.filter(pk=sociallogin.user.pk).first()
        said = [address.email for address in sociallogin.email_addresses if address.verified]
        return ours.filter(email__iexact=said[0]).first() if said else None
