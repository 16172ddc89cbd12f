"""The fields of the log-in, and codes that count once."""

from typing import Any

from allauth.account.forms import LoginForm as AccountForm
from allauth.account.forms import ResetPasswordForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.crypto import salted_hmac

# A code is right for three periods of half a minute (`MFA_TOTP_TOLERANCE`).
CODE_LASTS = 90
USED = "Koden er brugt én gang. Vent, til din app viser en ny, og skriv den."


class LoginForm(AccountForm):
    """Name and password; whether to be remembered is no question, since sessions end by themselves."""

    def __init__(self, *args, **kwargs):
        """Take the question away."""
        super().__init__(*args, **kwargs)
        self.fields.pop("remember", None)
        self.fields["login"].error_messages["required"] = "Skriv dit brugernavn eller din e-mailadresse."
        self.fields["password"].error_messages["required"] = "Skriv din adgangskode."


class ForgottenForm(ResetPasswordForm):
    """Whose password is forgotten."""

    def __init__(self, *args, **kwargs):
        """Say what is missing."""
        super().__init__(*args, **kwargs)
        self.fields["email"].error_messages["required"] = "Skriv din e-mailadresse."


class OnceMixin(forms.Form):
    """A code of an app, or a recovery code, counts once, also while it is still right."""

    user: Any

    def __init__(self, *args, **kwargs):
        """Say what is missing."""
        super().__init__(*args, **kwargs)
        self.fields["code"].error_messages["required"] = "Skriv koden fra din app."

    def clean_code(self) -> str:
        """Refuse a code that has been used; raise ValidationError for any that is not right."""
        digits = "".join(self.cleaned_data["code"].split())
        key = "used-code-" + salted_hmac("used code", f"{self.user.pk} {digits}").hexdigest()
        if cache.get(key):
            raise ValidationError(USED, code="used")
        # A mixin has no such method itself: allauth's form, which each user of it names after it, does.
        code = super().clean_code()  # type: ignore[misc]  # mypy sees the mixin alone, whose base has no such method; each class that uses it names an allauth form after it, which has, and the tests of the log-in run it
        cache.set(key, True, CODE_LASTS)
        return code


class CodeForm(OnceMixin, AuthenticateForm):
    """The code, while one logs in."""


class CodeAgainForm(OnceMixin, ReauthenticateForm):
    """The code, before something that matters."""
