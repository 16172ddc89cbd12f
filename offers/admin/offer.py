"""The offer's page on the editors' desk, grouped as the public page reads."""

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied

from offers.admin.contact import OfferContactInline
from offers.admin.desk import DeskAdmin, RowsInline
from offers.admin.exchange import ExchangeMixin
from offers.admin.filters import AreaFilter, OwnerKindFilter, OwnFilter, ReachFilter, ReviewFilter
from offers.admin.guide import GuideMixin
from offers.admin.offer_actions import mark_verified, publish
from offers.admin.opening import ClosureInline, OpeningHoursInline, StartDateInline
from offers.admin.proposal import ProposalMixin
from offers.admin.still_right import FactCheckInline, StillRightMixin
from offers.admin.workflow import WorkflowMixin
from offers.admin.working_copy import WorkingCopyMixin
from offers.ages import age_in_words
from offers.exchange.sheets import OFFERS
from offers.lix import EASY, lix
from offers.models import Offer, OfferSuccession
from offers.permissions import (
    EDITORS_FIELDS,
    PUBLISH,
    READ_NOTE,
    may_publish,
    statuses,
    who,
)
from offers.quality import missing, with_gaps

WHAT = [
    "title",
    "slug",
    ("summary", "summary_reads"),
    ("easy_text", "easy_text_reads"),
    "description",
    "organisation",
    "needs",
    "formats",
    "keywords",
    ("is_acute", "acute_order"),
]
FOR_WHOM = ["target_groups", ("min_age", "max_age"), "languages", "municipalities"]
WAY_IN = ["way_in", "way_in_note", "apply_url", "anonymous", "cost", "cost_note", "legal_bases"]
WHERE_AND_WHEN = ["venues", "url", "starts_note", "duration_note", "closed_on_public_holidays"]
SOURCE = ["source_url", ("verified_on", "verified_by"), "review_by"]
PUBLISHING: list[str | tuple[str, ...]] = ["status", ("publish_from", "publish_until")]
WINDOW = ["status", "publish_from", "publish_until"]
# Made by the program when the offer is first saved.
GIVEN = ["code", "uuid", "created_at", "updated_at"]


class SuccessionInline(RowsInline):
    """What takes over when a person leaves the offer."""

    model = OfferSuccession
    fk_name = "offer"
    autocomplete_fields = ["successor"]
    fields = ["successor", "at_age", "note"]

    def get_queryset(self, request):
        """Load both offers: each row's heading names them."""
        return super().get_queryset(request).select_related("offer", "successor")


def readability(text: str) -> str:
    """Return the LIX of a saved text in words: “23, let at læse”."""
    number = lix(text)
    if number is None:
        return "-"
    return f"{number}, let at læse" if number <= EASY else f"{number}, svær: højst {EASY} er godt"


@admin.register(Offer)
class OfferAdmin(
    ExchangeMixin,
    GuideMixin,
    StillRightMixin,
    ProposalMixin,
    WorkflowMixin,
    WorkingCopyMixin,
    DeskAdmin,
):
    """Offers: find them, keep them true, publish them."""

    sheet = OFFERS

    # The widest column last: it may run over the edge of a small screen.
    list_display = ["title", "status", "ages", "missing", "verified_on", "review_by", "organisation"]
    list_filter = [
        OwnFilter,
        "status",
        ReviewFilter,
        AreaFilter,
        "way_in",
        "is_acute",
        ("target_groups", admin.RelatedOnlyFieldListFilter),
        ReachFilter,
        ("organisation__kind", OwnerKindFilter),
    ]
    list_select_related = ["organisation"]
    search_fields = ["search_text", "organisation__search_text", "code", "slug"]
    search_help_text = "Søg i titel, tekst, søgeord, organisation, kode og adresse."
    date_hierarchy = "verified_on"
    autocomplete_fields = [
        "organisation",
        "needs",
        "target_groups",
        "formats",
        "languages",
        "municipalities",
        "venues",
        "legal_bases",
        "verified_by",
    ]
    prepopulated_fields = {"slug": ["title"]}
    readonly_fields = [*GIVEN, "summary_reads", "easy_text_reads"]
    save_on_top = True
    actions = [mark_verified, publish]
    inlines = [
        OfferContactInline,
        OpeningHoursInline,
        ClosureInline,
        StartDateInline,
        SuccessionInline,
        FactCheckInline,
    ]

    def get_fieldsets(self, request, obj=None):
        """Group as the public page reads; a new offer has not been given its code and dates yet."""
        note = ["internal_note"] if request.user.has_perm(READ_NOTE) else []
        return [
            ("Hvad", {"fields": WHAT}),
            ("For hvem", {"fields": FOR_WHOM}),
            ("Sådan får man det", {"fields": WAY_IN}),
            ("Hvor og hvornår", {"fields": WHERE_AND_WHEN}),
            ("Kilde og kontrol", {"fields": [*SOURCE, *note]}),
            ("Udgivelse", {"fields": [*PUBLISHING, *GIVEN] if obj else PUBLISHING}),
        ]

    def get_readonly_fields(self, request, obj=None):
        """Lock what is the editors', and what the public sees already, for those who do not decide it."""
        person = who(request.user)
        editors = [] if person.sees_all else [name for name in EDITORS_FIELDS if obj or name != "slug"]
        live = obj is not None and obj.status == Offer.Status.PUBLISHED
        window = WINDOW if live and not may_publish(person, obj) else []
        return [*super().get_readonly_fields(request, obj), *editors, *window]

    def get_prepopulated_fields(self, request, obj=None):
        """Make the address from the title, where it may be written."""
        locked = "slug" in self.get_readonly_fields(request, obj)
        return {} if locked else super().get_prepopulated_fields(request, obj)

    def get_changeform_initial_data(self, request):
        """Name the organisation of somebody who works for one."""
        initial = super().get_changeform_initial_data(request)
        own = who(request.user).organisations
        return {**initial, "organisation": next(iter(own))} if len(own) == 1 else initial

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        """Offer the statuses that the person may give."""
        if db_field.name == "status":
            allowed = statuses(who(request.user))
            kwargs["choices"] = [choice for choice in Offer.Status.choices if choice[0] in allowed]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def history_view(self, request, object_id, extra_context=None):
        """Tell who changed it only to those who work on it."""
        offer = self.get_object(request, unquote(object_id))
        if offer and not who(request.user).reaches(offer):
            raise PermissionDenied
        return super().history_view(request, object_id, extra_context)

    def has_publish_permission(self, request):
        """Whether “Gør offentlig” is among the actions."""
        return request.user.has_perm(PUBLISH)

    def restored_state(self, row, state):
        """Keep the status; what was deleted comes back as a draft, and is published as any other."""
        status = row.status if row else Offer.Status.DRAFT
        return {**state, "fields": {**state["fields"], "status": status}}

    def view_on_site(self, obj):
        """Link to the public page only when the public can see it; else it would be a dead end."""
        return obj.get_absolute_url() if obj.is_published() else None

    @admin.display(description="lix")
    def summary_reads(self, offer):
        """Say how hard the summary is to read."""
        return readability(offer.summary)

    @admin.display(description="lix")
    def easy_text_reads(self, offer):
        """Say how hard the easy text is to read."""
        return readability(offer.easy_text)

    def get_queryset(self, request):
        """Tell of each offer what is missing."""
        return with_gaps(super().get_queryset(request))

    @admin.display(description="mangler", ordering="gaps")
    def missing(self, offer):
        """Name the weightiest thing that a citizen misses; sort by it to see the worst first."""
        first, *rest = missing(offer) or ["intet"]
        return f"{first} og {len(rest)} til" if rest else first

    @admin.display(description="alder", ordering="min_age")
    def ages(self, offer):
        """Show whom the age limits let in."""
        return age_in_words(offer.min_age, offer.max_age)
