"""A part of an offer reads in a difference as people read it, not as its columns."""

from datetime import date, time

import pytest

from offers.history.compare import differing
from offers.history.states import state_of
from offers.models import Closure, ContactPoint, FactCheck, Offer, OfferSuccession, OpeningHours, StartDate
from tests.desks import make

pytestmark = pytest.mark.django_db


def reads(offer):
    """Return the lines of the parts of an offer, as they stand beside “findes ikke”."""
    state = state_of(offer)
    bare = {**state, "parts": {name: [] for name in state["parts"]}}
    items = differing(Offer, (bare, state))
    assert {item.texts[0] for item in items} == {"(findes ikke)"}
    return [item.texts[1] for item in items]


@pytest.mark.parametrize(
    ("model", "values", "line"),
    [
        (ContactPoint, {"kind": "telefon", "value": "70 20 12 01"}, "Telefon: 70 20 12 01"),
        (
            ContactPoint,
            {"kind": "e-mail", "value": "a@b.dk", "label": "Formanden", "has_consent": True, "order": 3},
            "E-mail: a@b.dk (Formanden), personen har sagt ja",
        ),
        (
            OpeningHours,
            {"weekday": 0, "opens": time(9), "closes": time(15, 30), "channel": "telefon"},
            "Telefon: mandag 09:00–15:30",
        ),
        (
            OpeningHours,
            {
                "weekday": 6,
                "opens": time(0),
                "closes": time(0),
                "valid_from": date(2027, 2, 3),
                "valid_until": date(2027, 3, 1),
                "note": "Kun unge",
            },
            "Fremmøde: søndag hele døgnet, fra 3. februar 2027 til og med 1. marts 2027, Kun unge",
        ),
        (
            Closure,
            {"starts_on": date(2027, 7, 1), "ends_on": date(2027, 7, 3), "reason": "Ferie"},
            "Lukket 1. juli 2027 – 3. juli 2027 (Ferie)",
        ),
        (
            Closure,
            {"starts_on": date(2027, 6, 5), "ends_on": date(2027, 6, 5)},
            "Lukket 5. juni 2027",
        ),
        (
            StartDate,
            {"starts_on": date(2027, 2, 3), "starts_at": time(17), "apply_by": date(2027, 1, 20)},
            "3. februar 2027 kl. 17:00, tilmelding senest 20. januar 2027",
        ),
        (
            FactCheck,
            {"fact": "pris", "checked_on": date(2026, 1, 2), "checked_by": "Mariehus", "interval": 90},
            "Pris: kontrolleret 2. januar 2026 af Mariehus, hver 90. dag",
        ),
        (FactCheck, {"fact": "pris"}, "Pris: ikke kontrolleret"),
    ],
)
def test_a_part_is_a_line(model, values, line):
    offer = make(Offer)
    model.objects.create(offer=offer, **values)
    assert reads(offer) == [line]


def test_what_takes_over_is_a_line():
    offer, other = make(Offer), make(Offer, title="Isklub")
    OfferSuccession.objects.create(offer=offer, successor=other, at_age=18, note="Selv eller med følge")
    assert reads(offer) == ["Isklub, ved 18 år, Selv eller med følge"]


def test_what_differs_only_in_what_is_not_read_is_told_field_by_field():
    offer = make(Offer)
    contact = ContactPoint.objects.create(offer=offer, kind="telefon", value="70 20 12 01", order=100)
    was = state_of(offer)
    ContactPoint.objects.filter(pk=contact.pk).update(order=300)
    [item] = differing(Offer, (was, state_of(offer)))
    assert item.texts[0].splitlines() == [
        "Slags: Telefon",
        "Nummer eller adresse: 70 20 12 01",
        "Personen har sagt ja: nej",
        "Rækkefølge: 100",
    ]
    assert "Rækkefølge: 300" in item.texts[1]
