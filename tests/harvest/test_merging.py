"""A second import takes what the source has changed, and keeps what an editor has; it can be undone."""

import json

import pytest
from django.core.management import CommandError
from django.db import IntegrityError

from offers.exchange import runs
from offers.harvest import taking
from offers.models import ImportRun, Offer, Organisation, SourceRecord, Version
from tests.harvest.sources import SERVICE, a_service, file_of, take

pytestmark = pytest.mark.django_db


def the_offer():
    """Return the offer that was taken."""
    return Offer.objects.get(uuid=SERVICE)


def test_a_dry_run_tells_row_by_row_and_stores_nothing(tmp_path):
    before = Offer.objects.count(), Organisation.objects.count(), Version.objects.count()
    said = take(file_of(tmp_path, a_service()))
    assert "ny  Tilbud: Fællesspisning" in said
    assert "Kort fortalt: (tomt) → Spis med andre hver uge." in said
    assert "intet er gemt" in said
    after = Offer.objects.count(), Organisation.objects.count(), Version.objects.count()
    assert after == before
    assert not ImportRun.objects.exists()
    assert not SourceRecord.objects.exists()


def test_what_is_taken_is_a_draft_that_knows_its_source(tmp_path):
    moment = "2026-05-01T10:00:00+02:00"
    take(file_of(tmp_path, a_service(last_modified=moment)), "--save")
    offer = the_offer()
    assert (offer.status, offer.was_public) == (Offer.Status.DRAFT, False)
    record = SourceRecord.objects.get(offer=offer)
    assert (record.source, record.key, record.modified) == ("tilbud.ndjson", SERVICE, moment)
    assert record.taken["title"]
    assert Version.objects.of(Offer, offer.pk).get().why == "Hentet fra tilbud.ndjson"


def test_a_change_at_the_source_is_taken(tmp_path):
    take(file_of(tmp_path, a_service()), "--save")
    said = take(file_of(tmp_path, a_service(name="Spis med", minimum_age=18)), "--save")
    assert "ændret  Tilbud: Spis med" in said
    assert "Titel: Fællesspisning → Spis med" in said
    assert (the_offer().title, the_offer().min_age) == ("Spis med", 18)


def test_what_an_editor_changed_is_kept_where_the_source_is_silent(tmp_path):
    take(file_of(tmp_path, a_service()), "--save")
    Offer.objects.filter(uuid=SERVICE).update(title="Vores ord")
    said = take(file_of(tmp_path, a_service(minimum_age=18)), "--save")
    assert "Beholdt" not in said
    assert (the_offer().title, the_offer().min_age) == ("Vores ord", 18)


def test_what_both_changed_is_kept_and_told_each_time_until_one_asks(tmp_path):
    take(file_of(tmp_path, a_service()), "--save")
    Offer.objects.filter(uuid=SERVICE).update(title="Vores ord")
    changed = file_of(tmp_path, a_service(name="Deres ord"))
    for _ in range(2):
        said = take(changed, "--save")
        assert "Beholdt: “Titel” er rettet her. Her: Vores ord. Kilden: Deres ord." in said
        assert the_offer().title == "Vores ord"
    take(changed, "--save", "--overwrite")
    assert the_offer().title == "Deres ord"
    assert "Beholdt" not in take(changed, "--save")


def test_what_is_public_changes_only_when_asked_to(tmp_path):
    take(file_of(tmp_path, a_service()), "--save")
    Offer.objects.filter(uuid=SERVICE).update(status=Offer.Status.PUBLISHED)
    changed = file_of(tmp_path, a_service(name="Spis med"))
    assert "Tilbuddet er offentligt og står, som det er. Kilden har rettet: Titel." in take(
        changed, "--save"
    )
    assert the_offer().title == "Fællesspisning"
    take(changed, "--save", "--publish")
    assert (the_offer().title, the_offer().status) == ("Spis med", Offer.Status.PUBLISHED)


def test_a_telephone_that_is_gone_at_the_source_goes(tmp_path):
    phones = [{"id": "1", "number": "70 20 12 66", "type": "voice"}]
    take(file_of(tmp_path, a_service(phones=phones)), "--save")
    assert the_offer().contact_points.count() == 1
    take(file_of(tmp_path, a_service()), "--save")
    assert the_offer().contact_points.count() == 0


NUMBER = {"id": "1", "number": "70 20 12 66", "type": "voice"}
OTHER = {"id": "2", "number": "70 20 12 67", "type": "voice"}


def agreed():
    """Return the contacts of the offer, each with whether a person has said yes."""
    return dict(the_offer().contact_points.values_list("value", "has_consent"))


@pytest.mark.parametrize("flags", [["--save"], ["--save", "--overwrite"]])
def test_what_a_person_agreed_to_here_outlives_every_import(tmp_path, flags):
    take(file_of(tmp_path, a_service(phones=[NUMBER])), "--save")
    by_us = {"value": "20 30 40 50", "label": "Ring til Anne Hansen", "has_consent": True}
    the_offer().contact_points.create(kind="telefon", **by_us)
    said = take(file_of(tmp_path, a_service(phones=[OTHER])), *flags)
    assert "En kontakt, som en person har sagt ja til, er beholdt: 20 30 40 50" in said
    assert agreed() == {"70 20 12 67": False, "20 30 40 50": True}
    assert the_offer().contact_points.get(value="20 30 40 50").label == by_us["label"]
    take(file_of(tmp_path, a_service()), *flags)
    assert agreed() == {"20 30 40 50": True}
    assert "0 ændrede, 1 som før" in take(file_of(tmp_path, a_service()), *flags)


def test_a_yes_to_what_the_source_has_stays_when_the_source_changes_the_rest(tmp_path):
    take(file_of(tmp_path, a_service(phones=[NUMBER])), "--save")
    the_offer().contact_points.update(has_consent=True)
    take(file_of(tmp_path, a_service(phones=[NUMBER, OTHER])), "--save")
    assert agreed() == {"70 20 12 66": True, "70 20 12 67": False}


def test_an_import_brings_no_yes_not_even_to_a_number_that_one_has(tmp_path):
    anne = {"id": "3", "number": "20 30 40 50", "type": "voice", "description": "Ring til Anne Hansen"}
    take(file_of(tmp_path, a_service(phones=[NUMBER, anne])), "--save", "--overwrite")
    assert agreed() == {"70 20 12 66": False}
    the_offer().contact_points.update(has_consent=True)
    bo = NUMBER | {"description": "Ring til Bo Jensen"}
    take(file_of(tmp_path, a_service(phones=[bo, anne])), "--save", "--overwrite")
    assert agreed() == {"70 20 12 66": True}
    assert the_offer().contact_points.get().label == ""


@pytest.mark.parametrize("is_said", [True, False])
def test_an_import_that_is_undone_leaves_the_word_on_a_number_as_it_is_now(tmp_path, is_said):
    take(file_of(tmp_path, a_service(phones=[NUMBER])), "--save", name="k")
    the_offer().contact_points.update(has_consent=not is_said)
    take(file_of(tmp_path, a_service(phones=[NUMBER, OTHER])), "--save", name="k")
    the_offer().contact_points.update(has_consent=is_said)
    undo(ImportRun.objects.filter(sheet="tilbud", changed=1).get())
    assert agreed() == {"70 20 12 66": is_said}


def test_what_an_editor_deleted_is_not_made_again_unasked(tmp_path):
    path = file_of(tmp_path, a_service())
    take(path, "--save")
    the_offer().delete()
    assert "En redaktør har slettet den her." in take(path, "--save")
    assert not Offer.objects.filter(uuid=SERVICE).exists()
    take(path, "--save", "--overwrite")
    assert the_offer().title == "Fællesspisning"


def test_a_withdrawn_service_is_archived_if_nobody_else_has_decided(tmp_path):
    gone = file_of(
        tmp_path, {"id": SERVICE, "name": "Fællesspisning", "status": "defunct"}, name="b.ndjson"
    )
    assert "Tilbud: 0 nye" in take(gone, "--save"), "what we never had is not made"
    take(file_of(tmp_path, a_service()), "--save", "--publish", name="kilden")
    take(gone, "--save", name="kilden")
    assert the_offer().status == Offer.Status.PUBLISHED
    take(gone, "--save", "--publish", name="kilden")
    assert the_offer().status == Offer.Status.ARCHIVED


def test_an_import_can_be_undone_offers_first(tmp_path, django_user_model):
    django_user_model.objects.create_superuser("anna")
    path = file_of(tmp_path, a_service(alert="Lukket 24.12.2099 (jul)."))
    take(path, "--save", by="anna")
    take(file_of(tmp_path, a_service(name="Nyt", alert="Lukket 24.12.2099 (jul).")), "--save", by="anna")
    assert the_offer().title == "Nyt"
    assert the_offer().closures.get().reason == "jul"
    for run in ImportRun.objects.filter(sheet="tilbud"):  # the latest first
        undo(run)
    assert not Offer.objects.filter(uuid=SERVICE).exists()
    undo(ImportRun.objects.filter(sheet="organisationer", new=1).get())
    assert not Organisation.objects.filter(name="Foreningen Bordet").exists()
    assert "Tilbud: 1 nye" in take(path, "--save"), "what was undone may be taken again"


def undo(run):
    """Take an import back, as the button on the desk does."""
    assert runs.begin(run, ImportRun.State.UNDOING)
    runs.carry_on(run.pk)
    run.refresh_from_db()
    assert (run.state, run.message) == (ImportRun.State.UNDONE, "")


def test_an_organisation_that_is_here_is_used_and_left_as_it_is(tmp_path):
    ours = Organisation.objects.filter(parent=None, cvr="").first()
    ours.cvr = "29189404"
    ours.save()
    their = {"id": "x", "name": "Et andet navn", "description": "x"}
    their["organization_identifiers"] = [
        {"id": "y", "identifier_scheme": "DK-CVR", "identifier_type": "CVR", "identifier": ours.cvr}
    ]
    take(file_of(tmp_path, a_service(organization=their)), "--save")
    assert the_offer().organisation == ours
    assert Organisation.objects.get(pk=ours.pk).name == ours.name


def test_an_offer_that_looks_like_one_of_ours_is_told(tmp_path):
    ours = Offer.objects.published().first()
    said = take(file_of(tmp_path, a_service(name=ours.title)))
    assert f"Ligner “{ours.title}”" in said


def test_nothing_is_stored_when_the_database_says_no(tmp_path, monkeypatch):
    def fail(*args):
        raise IntegrityError

    monkeypatch.setattr(taking, "_remember", fail)
    path, before = file_of(tmp_path, a_service()), Organisation.objects.count()
    with pytest.raises(CommandError, match="Intet er gemt"):
        take(path, "--save")
    assert Organisation.objects.count() == before


def test_the_desk_shows_what_was_taken(editor, tmp_path):
    take(file_of(tmp_path, a_service()), "--save")
    run = ImportRun.objects.get(sheet="tilbud")
    page = editor.get(f"/admin/offers/importrun/{run.pk}/change/").content.decode()
    assert "Fællesspisning" in page
    assert json.dumps(run.steps)


def test_of_a_large_source_the_desk_tells_the_beginning_and_undoes_all(editor, tmp_path, monkeypatch):
    monkeypatch.setattr(taking, "MOST_TOLD", 2)
    path = file_of(tmp_path, *(a_service(id=f"n-{number}", name=f"Tilbud {number}") for number in range(3)))
    said = take(path, "--save")
    assert said.count("ny  Tilbud: ") == 3
    run = ImportRun.objects.get(sheet="tilbud")
    assert (run.new, len(run.steps), len(run.log)) == (3, 2, 3)
    page = editor.get(f"/admin/offers/importrun/{run.pk}/change/").content.decode()
    assert "Her står de første 2." in page
    undo(run)
    assert not Offer.objects.filter(title__startswith="Tilbud ").exists()


def test_many_records_that_nobody_changed_are_as_before(tmp_path):
    need = {"taxonomy_term": {"name": "Ensom"}}
    path = file_of(tmp_path, *(a_service(id=f"n-{number}", attributes=[need]) for number in range(300)))
    take(path, "--save")
    said = take(path, "--save")
    assert "Tilbud: 0 nye, 0 ændrede, 300 som før, 0 afvist." in said
    assert "Beholdt" not in said
