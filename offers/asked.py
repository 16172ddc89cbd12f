"""Addresses that answer what the list of offers does, to programs: feeds, calendars and tables."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import conditional_page, require_safe

from offers.api.problems import Fault, ProblemError, bad_parameters
from offers.filters import OfferFilter

# What the address of a list may say and a feed has no use for.
OF_THE_LIST = ("page", "sorter", "ordret", "hvem", "omkring")


def of_what_is_asked(
    make: Callable[[OfferFilter], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Make a view of what answers a filter, which has the request; a bad one gets a problem document."""

    @require_safe
    @conditional_page
    @wraps(make)
    def view(request: HttpRequest) -> HttpResponseBase:
        try:
            found = _asked(request)
        except ProblemError as problem:
            return problem.response()
        return make(found)

    return view


def _asked(request: HttpRequest) -> OfferFilter:
    """Return what is asked; raises ProblemError, for nobody sees an error beside a field of a feed."""
    found = OfferFilter.of(request.GET)
    found.request = request
    faults = [Fault(name, str(errors[0])) for name, errors in found.form.errors.items()]
    known = {*found.form.fields, *OF_THE_LIST}
    unknown = gettext("Parameteren findes ikke. Vælg på siden med tilbud, og kopiér adressen derfra.")
    faults += [Fault(name[:40], unknown) for name in found.data if name not in known]
    if faults:
        raise bad_parameters(*faults)
    return found
