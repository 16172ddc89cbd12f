"""The pages of the people who log in; what other packages would show of their own is taken away."""

from typing import Any

from allauth.account import admin as account_pages
from allauth.account.models import EmailAddress
from allauth.mfa import admin as factor_pages
from allauth.mfa.models import Authenticator
from allauth.socialaccount import admin as provider_pages
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import Exists, OuterRef
from django_tasks_db import admin as task_pages
from django_tasks_db.models import DBTaskResult

from directory.people.sessions import end_sessions
from offers.admin.membership import OrganisationsInline

PAGES = {
    account_pages: [EmailAddress],
    factor_pages: [Authenticator],
    provider_pages: [SocialApp, SocialAccount, SocialToken],
    task_pages: [DBTaskResult],
}


def clear_away() -> None:
    """Take off what nobody edits by hand: secrets, links to providers, groups (code), and tasks."""
    shown = [model for models in PAGES.values() for model in models if admin.site.is_registered(model)]
    admin.site.unregister([*shown, User, Group])


clear_away()


@admin.action(description="Fjern totrinslogin, så personen sætter det op igen", permissions=["change"])
def forget_second_factor(model_admin, request, queryset):
    """Take away all second factors of people who have lost theirs, and log them out everywhere."""
    count = 0
    for person in queryset:
        if not model_admin.has_change_permission(request, person):
            continue
        Authenticator.objects.filter(user=person).delete()
        end_sessions(person)
        model_admin.log_change(request, person, "Totrinslogin er fjernet.")
        count += 1
    text = f"Totrinslogin er fjernet for {count} personer. De sætter det op, næste gang de logger ind."
    model_admin.message_user(request, text, messages.SUCCESS)


@admin.register(User)
class PersonAdmin(UserAdmin):
    """The people behind the site: their names, roles and organisations."""

    list_display = ["username", "first_name", "last_name", "email", "is_active", "factor", "last_login"]
    list_filter = ["groups", "is_active"]
    filter_horizontal = []
    autocomplete_fields = ["groups"]
    actions = [forget_second_factor]
    inlines = [OrganisationsInline]
    WHO = ("Hvem", {"fields": ["username", "password", ("first_name", "last_name"), "email"]})
    MAY = ["is_active", "is_staff", "groups"]

    def get_fieldsets(self, request, obj=None):
        """Show what a person may by her roles; only a superuser makes another."""
        if obj is None:
            return super().get_fieldsets(request, obj)
        may = [*self.MAY, "is_superuser"] if request.user.is_superuser else self.MAY
        return [self.WHO, ("Rolle", {"fields": may}), ("Datoer", {"fields": ["last_login", "date_joined"]})]

    def get_readonly_fields(self, request, obj=None):
        """Leave the dates alone."""
        return ["last_login", "date_joined"] if obj else []

    def get_queryset(self, request):
        """Ask in the same query as the list who has a second factor."""
        own = Authenticator.objects.filter(user=OuterRef("pk"))
        own = own.exclude(type=Authenticator.Type.RECOVERY_CODES)
        return super().get_queryset(request).annotate(factor=Exists(own))

    @admin.display(description="totrinslogin", boolean=True, ordering="factor")
    def factor(self, person):
        """Whether she has set up a second factor."""
        return person.factor

    def has_change_permission(self, request, obj=None):
        """Keep superusers, whose password opens everything, for superusers."""
        return super().has_change_permission(request, obj) and self._reaches(request, obj)

    def has_delete_permission(self, request, obj=None):
        """Keep superusers for superusers."""
        return super().has_delete_permission(request, obj) and self._reaches(request, obj)

    def save_model(self, request, obj, form, change):
        """Write addresses small: allauth looks for them so."""
        obj.email = obj.email.lower()
        super().save_model(request, obj, form, change)

    def _reaches(self, request, obj: Any) -> bool:
        """Return whether the person may be touched."""
        return obj is None or request.user.is_superuser or not obj.is_superuser


@admin.register(Group)
class RoleAdmin(GroupAdmin):
    """The roles, for choosing; what each may do is code (`manage.py sync_roles`)."""

    fields = ["name"]

    def has_add_permission(self, request):
        """Roles are code."""
        return False

    def has_change_permission(self, request, obj=None):
        """Roles are code."""
        return False

    def has_delete_permission(self, request, obj=None):
        """Roles are code."""
        return False
