"""What may never be true of drugs and diseases."""

import pytest
from django.core.exceptions import ValidationError

from drugs.models import Disease, Drug
from tests.factories import make_disease, make_drug

pytestmark = pytest.mark.django_db


def test_a_drug_is_not_made_from_itself(revise):
    sirolimus = make_drug(inn="sirolimus")

    with pytest.raises(ValidationError, match="A drug is made neither from itself nor from what came of it"):
        revise(sirolimus, derived_from=sirolimus)


def test_a_drug_is_not_made_from_what_came_of_it(revise):
    sirolimus = make_drug(inn="sirolimus")
    temsirolimus = make_drug(inn="temsirolimus", derived_from=sirolimus)
    prodrug = make_drug(inn="tamsilimus", derived_from=temsirolimus)

    with pytest.raises(ValidationError, match="nor from what came of it"):
        revise(sirolimus, derived_from=prodrug)


def test_a_disease_does_not_lie_within_its_own_part(revise):
    cancer = make_disease(name="cancer")
    kidney = make_disease(name="kidney cancer", parent=cancer)

    with pytest.raises(ValidationError, match="neither this one nor one that lies within it"):
        revise(cancer, parent=kidney)


def test_a_circle_that_is_there_already_ends_the_search():
    cancer, kidney = make_disease(name="cancer"), make_disease(name="kidney cancer")
    Disease.objects.filter(pk=cancer.pk).update(parent=kidney)
    Disease.objects.filter(pk=kidney.pk).update(parent=cancer)

    assert make_disease(name="renal cell carcinoma", parent=kidney).is_public


def test_a_long_descent_is_no_circle(revise):
    drug = make_drug(inn="sirolimus")
    for inn in ("temsirolimus", "everolimus", "ridaforolimus"):
        drug = make_drug(inn=inn, derived_from=drug)

    assert Drug.objects.get(inn="ridaforolimus").derived_from.derived_from.inn == "temsirolimus"
