"""The desks of the admin, and rows to put on them."""

from datetime import date, timedelta
from itertools import count

import pytest
from django.apps import apps
from django.contrib.admin import site
from django.db import models
from django.urls import reverse
from django.utils import timezone

from offers.admin.desk import MachineMadeAdmin
from offers.models import ContactPoint, Offer, Organisation, SearchMiss, Synonym, WorkingCopy
from policies.models import Sdg

OUR_MODELS = [m for app in ("offers", "policies") for m in apps.get_app_config(app).get_models()]
DESKS = [site.get_model_admin(model) for model in OUR_MODELS if site.is_registered(model)]

# Where a row's Danish name stands, the first that its model has.
NAMES = ("title", "name", "phrase", "words", "what", "label", "text", "error")
COLUMNS = {model: {field.name for field in model._meta.fields} for model in OUR_MODELS}
NAMED = [desk for desk in DESKS if desk.model is not Sdg and COLUMNS[desk.model] & set(NAMES)]
WRITTEN = [desk for desk in DESKS if not isinstance(desk, MachineMadeAdmin)]
NUMBERS = count(1)


def each(desks):
    """Run a test once for each of `desks`."""
    return pytest.mark.parametrize("desk", desks, ids=lambda desk: desk.opts.model_name)


each_desk = each(DESKS)


def address(desk, view, *args):
    """Return the address of one page of a desk."""
    return reverse(f"admin:{desk.opts.app_label}_{desk.opts.model_name}_{view}", args=args)


def make(model, also=(), **values):
    """Return a new row: `values`, and something fitting in every other field it must have, or in `also`."""
    number = next(NUMBERS)
    for field in model._meta.fields:
        optional = field.blank or field.null or field.has_default()
        if field.name in values or (optional and field.name not in also):
            continue
        if field.is_relation:
            values[field.name] = make(field.related_model)
        elif field.choices:
            values[field.name] = field.choices[0][0]
        elif isinstance(field, models.IntegerField):
            values[field.name] = number
        elif isinstance(field, models.DateTimeField):
            values[field.name] = timezone.now()
        elif isinstance(field, models.DateField):
            values[field.name] = date(2020, 1, 1) + timedelta(days=number)
        else:
            values[field.name] = f"z{number % 1000:03}"
    return model.objects.create(**values)


def make_rows(desk, quantity):
    """Return new rows for a list, each with its own related rows where the list shows them."""
    model = desk.model
    if model is Sdg:
        numbers = range(1, min(quantity, 17) + 1)
        return [Sdg.objects.get_or_create(number=n, defaults={"name": "Mål"})[0] for n in numbers]
    if model is ContactPoint:
        owners = [{"offer": make(Offer)}, {"organisation": make(Organisation)}] * quantity
        return [make(model, **owner) for owner in owners[:quantity]]
    shown = [field.name for field in desk.opts.fields if field.name in desk.list_display]
    keys = [name for name in shown if desk.opts.get_field(name).many_to_one]
    # A synonym means something, and few searches are not shown.
    also = {Synonym: {"means": "hjælp"}, SearchMiss: {"count": 9}}.get(model, {})
    return [make(model, keys, **also) for _ in range(quantity)]


def browser_form(client, url):
    """Return what a browser would send from the form of a page when nobody has touched it."""
    context = client.get(url).context
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    data = {"_version": context.get("version_token", "")}
    for bound in (bound for form in forms for bound in form):
        value = bound.value()
        if isinstance(value, list | tuple):
            value = [getattr(one, "pk", one) for one in value]
        if value is not None and value is not False:
            data[bound.html_name] = value
    return data


def follows(client, offer):
    """Return whether somebody may see how an offer came to be as it is, and what is proposed."""
    names = (f"admin:offers_offer_{name}" for name in ("history", "arbejdsgang", "soegning"))
    (told,) = {client.get(reverse(name, args=[offer.pk])).status_code for name in names}
    return told == 200


def begins(client, offer):
    """Return whether somebody may begin a new version of a public offer."""
    url = reverse("admin:offers_offer_arbejdsgang", args=[offer.pk])
    page = client.get(url)
    token = page.context["token"] if page.status_code == 200 else ""
    client.post(url, {"trin": "begynd", "_version": token})
    return WorkingCopy.objects.filter(offer=offer).exists()
