"""Whatever way a row changes, the next search has it."""

import pytest

from offers.models import ContactPoint, LegalBasis, Need, Offer, Organisation, Synonym, WordRule
from offers.search import current
from offers.search.question import Question
from tests.test_offer_list import make_offer

pytestmark = pytest.mark.django_db


def found(words, **question):
    keys = current.ask(Question(words=words, **question)).keys
    slugs = dict(Offer.objects.values_list("pk", "slug"))
    return [slugs[key] for key in keys]


@pytest.fixture
def offer():
    return make_offer("proeve", title="Kvalmehjælp")


def test_saving_and_deleting(offer):
    assert found("kvalmehjælp")[0] == "proeve"
    offer.title = "Hostehjælp"
    offer.save()
    assert found("hostehjælp")[0] == "proeve"
    assert "proeve" not in found("kvalme xyzzy")
    offer.delete()
    assert "proeve" not in found("hostehjælp")


def test_update_and_bulk_update(offer):
    Offer.objects.filter(pk=offer.pk).update(title="Snuehjælp")
    assert found("snuehjælp")[0] == "proeve"
    offer.title = "Feberhjælp"
    Offer.objects.bulk_update([offer], ["title"])
    assert found("feberhjælp")[0] == "proeve"
    Offer.objects.filter(pk=offer.pk).update(status=Offer.Status.ARCHIVED)
    assert "proeve" not in found("feberhjælp")


def test_bulk_create():
    texts = {
        "summary": "x",
        "status": Offer.Status.PUBLISHED,
        "organisation": Organisation.objects.get(slug="kl"),
    }
    Offer.objects.bulk_create([Offer(slug="ny", title="Rystelseshjælp", **texts)])
    assert found("rystelser")[0] == "ny"


def test_links_are_followed_when_they_come_and_go(offer):
    need = Need.objects.get(slug="vold")
    offer.needs.add(need)
    assert "proeve" in found("", chosen={"behov": ("vold",)})
    offer.needs.remove(need)
    assert "proeve" not in found("", chosen={"behov": ("vold",)})
    offer.needs.set([need])
    assert "proeve" in found("voldelig")
    offer.needs.clear()
    assert "proeve" not in found("", chosen={"behov": ("vold",)})


def test_a_renamed_need_or_organisation_is_followed(offer):
    offer.needs.add(Need.objects.get(slug="vold"))
    Need.objects.filter(slug="vold").update(name="Rabalder")
    assert "proeve" in found("rabalder")
    Organisation.objects.filter(slug="kl").update(name="Pibefabrikken")
    assert "proeve" in found("pibefabrikken")


def test_numbers_law_and_what_repealed_law_leads_to(offer):
    ContactPoint.objects.create(offer=offer, kind="telefon", value="70 99 88 77")
    offer.legal_bases.add(LegalBasis.objects.get(law="barnets lov", section="30"))
    for words in ("70998877", "70 99 88 77", "+45 70 99 88 77", "barnets lov § 30", "SEL 11", "§ 11"):
        assert found(words)[:1] == ["proeve"], words


def test_a_synonym_acts_at_once(offer):
    offer.needs.add(Need.objects.get(slug="vold"))
    assert "proeve" not in found("pandekageklask")
    Synonym.objects.create(phrase="pandekageklask", need=Need.objects.get(slug="vold"))
    assert "proeve" in found("pandekageklask")


def test_a_rule_about_a_word_acts_at_once(offer):
    assert "proeve" in found("kvalme xyzzy")
    WordRule.objects.create(word="kvalmehjælp", kind=WordRule.Kind.ATOM)
    assert "proeve" not in found("kvalme xyzzy")


def test_drafts_and_offers_outside_their_window_are_not_found(offer):
    Offer.objects.filter(pk=offer.pk).update(publish_until="2020-01-01")
    assert "proeve" not in found("kvalmehjælp")
