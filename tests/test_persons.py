"""Whether a way to reach somebody is a person's own: asked about when it is, and not when it is a house."""

import pytest

from offers.models import ContactPoint
from offers.persons import is_personal


@pytest.mark.parametrize(
    ("value", "label"),
    [
        ("anne.hansen@by.example", ""),
        ("mette@by.example", ""),
        ("Lars@by.example", ""),
        ("12 34 56 78", "Ring til Anne Hansen"),
        ("12 34 56 78", "Mette Holm, leder"),
        ("12 34 56 78", "Rådgiver Søren B. Lund"),
        ("12 34 56 78", "Ring til Mette"),
        ("12 34 56 78", "Jørgen"),
    ],
)
def test_a_persons_own_is_asked_about(value, label):
    assert is_personal("e-mail" if "@" in value else "telefon", value, label)


@pytest.mark.parametrize(
    ("value", "label"),
    [
        ("info@by.example", ""),
        ("borger.service@by.example", ""),
        ("mariahjemmet@by.example", "Mariahjemmet"),
        ("12 34 56 78", "Hans Knudsen Instituttet"),
        ("12 34 56 78", "Anna Marie Centret"),
        ("12 34 56 78", "Peter Bangs Vej 1"),
        ("12 34 56 78", "Maria Kirken"),
        ("12 34 56 78", "Sankt Hans"),
        ("12 34 56 78", "Social Vagten"),
        ("12 34 56 78", "Mødrehjælpen i Roskilde"),
        ("12 34 56 78", "Dag og nat"),
    ],
)
def test_a_house_or_a_street_is_not(value, label):
    assert not is_personal("e-mail" if "@" in value else "telefon", value, label)


@pytest.mark.django_db
def test_no_contact_that_ships_is_taken_for_a_person():
    rows = ContactPoint.objects.filter(has_consent=False)
    assert rows.exists()
    assert [str(one) for one in rows if is_personal(one.kind, one.value, one.label)] == []
