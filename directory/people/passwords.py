"""What a password may be, beside what Django asks."""

from django.core.exceptions import ValidationError

# Longer ones only cost the time of hashing; 64 must be allowed, and more than 128 need not be (ASVS 2.1.2).
MOST = 128


class NotTooLong:
    """Refuses a password that is longer than anybody types or keeps."""

    def validate(self, password: str, user: object = None) -> None:
        """Raise ValidationError with a sentence when it is."""
        if len(password) > MOST:
            text = f"Adgangskoden er på {len(password)} tegn. Den må højst være på {MOST}."
            raise ValidationError(text, code="password_too_long")

    def get_help_text(self) -> str:
        """Return what is asked, as it stands at the field."""
        return f"Din adgangskode må højst være på {MOST} tegn."
