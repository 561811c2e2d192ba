"""What may never be true of a trial, whoever says so."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from temsisite.publishing.models import Proposal
from tests.editors.browsing import complaints, press, shown
from tests.factories import make_finding, make_trial, make_user
from tests.reading import text
from trials.models import Arm, Trial

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(make_user("editor", "Editors"))
    return client


def form_of(trial):
    return f"/admin/trials/trial/{trial.pk}/change/"


class TestItsDates:
    @pytest.mark.parametrize(
        ("start", "completion"),
        [("2010-05", "2010"), ("2010", "2010-05-31"), ("2010-05-31", "2010-05"), ("2010-05", ""), ("", "2010")],
    )
    def test_are_compared_as_far_as_both_are_known(self, start, completion):
        assert make_trial(start_date=start, completion_date=completion).is_public

    def test_are_refused_together_with_what_else_is_wrong(self, editor):
        trial = make_trial(start_date="2010-05-31")
        typed = {"primary_completion_date": "2010-04", "completion_date": "2010", "last_reviewed_on": "2999-01-01"}

        page = press(editor, "_propose", form_of(trial), **typed, note="As registered.")

        wrong = {name: complaints(page, name) for name in typed}
        assert [len(sentences) for sentences in wrong.values()] == [1, 0, 1]

    @pytest.mark.parametrize("name", ["primary_completion_date", "completion_date"])
    def test_are_refused_when_the_end_lies_before_the_start(self, editor, name):
        trial = make_trial(start_date="2010-05-31")

        page = press(editor, "_propose", form_of(trial), **{name: "2010-04"}, note="As registered.")

        sentence = "2010-04 lies before 2010-05-31, when the trial started."
        assert complaints(page, name) == [sentence]

    def test_are_kept_in_order_by_the_table_as_well(self):
        with pytest.raises(IntegrityError, match="trials_trial_ends_after_it_starts"):
            make_trial(start_date="2010-05", completion_date="2009-12")


class TestItsAddress:
    @pytest.mark.parametrize("slug", ["NCT01026792", "nct01026792"])
    def test_is_no_nct_number(self, slug):
        with pytest.raises(ValidationError, match="NCT numbers lead to trials already"):
            make_trial(slug=slug, nct_id="NCT01026792")

    def test_may_begin_with_one(self):
        assert make_trial(slug="nct01026792-cervix").is_public

    def test_answers_even_if_it_became_one_past_every_form(self, client):
        trial = make_trial(nct_id="NCT01026792", brief_title="Temsirolimus in cancer of the cervix")
        Trial.objects.filter(pk=trial.pk).update(slug="nct01026792")

        response = client.get("/trials/nct01026792/")

        assert response.status_code == 200
        assert "Temsirolimus in cancer of the cervix" in response.text


class TestItsPeople:
    def test_are_no_fewer_than_its_findings_count(self, revise):
        trial = make_trial(enrollment=38, enrollment_type="ACTUAL")
        make_finding(slug="cervix-stable", trial=trial, denominator=33, denominator_counts="TREATED")

        with pytest.raises(ValidationError, match=r"N is above the number of people enrolled .*: cervix-stable"):
            revise(trial, enrollment=32)

    def test_of_an_arm_are_no_fewer_either(self, editor):
        trial = make_trial(arms=[{"enrollment": 38}])
        people = {"denominator": 33, "denominator_counts": "TREATED"}
        make_finding(slug="cervix-stable", trial=trial, arm=trial.arms.get(), **people)

        page = press(editor, "_propose", form_of(trial), **{"arms-0-enrollment": "32"}, note="As registered.")

        assert "N is above the number of people enrolled in what is public: cervix-stable." in text(page)

    @pytest.mark.parametrize("planned_or_explained", ["planned", "explained"])
    def test_may_be_fewer_where_that_contradicts_nothing(self, revise, planned_or_explained):
        trial = make_trial(enrollment=38, enrollment_type="ACTUAL")
        note = "The abstract counts one more." if planned_or_explained == "explained" else ""
        make_finding(trial=trial, denominator=33, denominator_counts="TREATED", discrepancy_note=note)

        revise(trial, enrollment=32, enrollment_type="ACTUAL" if note else "ESTIMATED")

        assert Trial.objects.get().enrollment == 32


class TestTheNumbersOfItsArms:
    def test_are_fixed_in_the_form_once_it_is_public(self, editor):
        trial = make_trial(arms=[{"title": "interferon alfa"}])

        press(editor, "_propose", form_of(trial), **{"arms-0-number": "7", "arms-0-title": "IFN-α"}, note="Shorter.")

        assert '"arms":[{' in (document := Proposal.objects.open().get().document)
        assert '"number":1,' in document
        assert '"title":"IFN-α"' in document

    def test_are_given_to_new_arms(self, editor):
        trial = make_trial(arms=[{"title": "interferon alfa"}])
        added = {"arms-1-number": 2, "arms-1-title": "both", "arms-1-group_type": "EXPERIMENTAL"}

        editor.post(
            form_of(trial),
            shown(editor.get(form_of(trial))) | added | {"arms-TOTAL_FORMS": 2, "note": "A third.", "_propose": "1"},
        )

        assert '"number":2,' in Proposal.objects.open().get().document

    def test_can_be_changed_in_a_draft(self, editor):
        trial = make_trial(publish=False, arms=[{"title": "interferon alfa"}])

        press(editor, "_save", form_of(trial), **{"arms-0-number": "7"})

        assert trial.arms.get().number == 7

    def test_stay_while_findings_name_the_arms_by_them(self):
        trial = make_trial(arms=[{"title": "interferon alfa"}])
        make_finding(trial=trial, arm=trial.arms.get())
        Arm.objects.update(number=7)

        with pytest.raises(ValidationError, match="“interferon alfa” cannot become arm 7"):
            trial.clean_for_publication()
