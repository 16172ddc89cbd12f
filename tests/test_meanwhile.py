"""The page of the workflow says what happens next, who does it, and what citizens see meanwhile."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from offers.admin.meanwhile import next_of
from offers.models import Offer, WorkingCopy
from tests.test_history import full_offer
from tests.test_workflow import page, revise, take

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("status", "copy", "decides", "words"),
    [
        ("kladde", None, False, ["Send kladden til godkendelse", "Borgerne kan ikke se tilbuddet imens"]),
        ("til-godkendelse", None, False, ["venter kladden på en godkender", "Du skal ikke gøre mere"]),
        ("til-godkendelse", None, True, ["Læs tilbuddet", "kan borgerne se det med det samme"]),
        ("offentlig", None, False, ["Borgerne ser tilbuddet, som det står nu."]),
        ("arkiveret", None, True, ["hent det frem som kladde"]),
        ("offentlig", ("kladde", ""), False, ["Send den nye udgave", "Borgerne ser den gamle imens"]),
        ("offentlig", ("kladde", "Tjek tiden"), False, ["Den nye udgave er sendt tilbage", "send det"]),
        ("offentlig", ("til-godkendelse", ""), False, ["venter den nye udgave", "den gamle imens"]),
        (
            "offentlig",
            ("til-godkendelse", ""),
            True,
            ["Læs, hvad den nye udgave ændrer", "den gamle imens"],
        ),
    ],
)
def test_each_place_on_the_way_says_what_is_next(status, copy, decides, words):
    offer = Offer(status=status)
    new = WorkingCopy(offer=offer, status=copy[0], note=copy[1]) if copy else None
    told = " ".join(next_of(offer, new, decides))
    assert [word for word in words if word not in told] == []


@pytest.mark.parametrize(
    ("window", "told"),
    [({"publish_from": DAY}, "Borgerne ser det fra"), ({"publish_until": -DAY}, "ser ikke tilbuddet mere")],
)
def test_an_offer_outside_its_days_is_not_said_to_be_seen(window, told):
    today = timezone.localdate()
    offer = Offer(status="offentlig", **{name: today + gap for name, gap in window.items()})
    assert told in next_of(offer, None, True)[0]


@pytest.mark.django_db
def test_an_association_reads_who_has_its_correction_and_the_approver_what_to_do(log_in, django_user_model):
    approver = Client()
    approver.force_login(django_user_model.objects.create_superuser("chef"))
    offer = Offer.objects.published().filter(contact_points__kind="telefon").first()
    owner = log_in("Tilbudsejer", offer.organisation)
    told = revise(owner, offer, title="Isklub").text
    assert "Nu venter den nye udgave på en godkender" in told
    assert "ny udgave rettet af" in told
    assert "Sendt til godkendelse." in told
    assert "Læs, hvad den nye udgave ændrer." in page(approver, offer).text
    take(approver, offer, "retur", "Telefonen mangler")
    assert "Den nye udgave er sendt tilbage." in page(owner, offer).text


@pytest.mark.django_db
def test_who_only_reads_is_told_what_citizens_see_and_asked_for_nothing(log_in):
    reader = log_in("Sagsbehandler")
    told = page(reader, full_offer()).text
    assert "Borgerne kan ikke se tilbuddet imens." in told
    assert "Send kladden" not in told
    assert "Slettet ved en fejl?" not in reader.get("/admin/").text
