from drugs.as_of import approved_as_of
from drugs.comparisons import compare_approvals, compare_mechanisms, compare_regulations
from drugs.filters import (
    ApprovalFilterSet,
    DiseaseFilterSet,
    DrugFilterSet,
    MechanismFilterSet,
    RegulationFilterSet,
    StatementFilterSet,
    TargetFilterSet,
)
from drugs.models import Approval, Disease, Drug, Mechanism, Regulation, Statement, Target
from drugs.pathways import pathway_of_drug, pathway_of_target
from drugs.presenters import (
    approval_facts,
    approval_row,
    approval_rows,
    disease_page,
    disease_row,
    drug_page,
    drug_row,
    link_rows,
    mechanism_cards,
    mechanism_facts,
    mechanism_row,
    regulation_cards,
    regulation_facts,
    regulation_row,
    statement_facts,
    statement_row,
    statements_by_topic,
    target_page,
    target_row,
)
from drugs.sections import sections
from drugs.timelines import timeline
from temsisite.evidence.matters import OnMatter
from temsisite.evidence.presenters import claim_page
from temsisite.publishing.pages import BySlug, get_shown, public_page, render_list, render_record
from temsisite.publishing.shape import headline

DRUG = BySlug(Drug.objects.select_related("derived_from").prefetch_related("synonyms", "identifiers", "sources"))
TARGET = BySlug(Target.objects.prefetch_related("synonyms", "identifiers", "sources"))
DISEASE = BySlug(Disease.objects.select_related("parent").prefetch_related("synonyms", "identifiers", "sources"))
APPROVAL = BySlug(Approval.objects.select_related("drug", "disease").with_sources())
MECHANISM = BySlug(Mechanism.objects.select_related("drug", "target", "through").with_sources())
REGULATION = BySlug(Regulation.objects.select_related("regulator", "target").with_sources())
STATEMENT = BySlug(Statement.objects.select_related("drug", "target", "disease").with_sources())
SAME_PLACE = OnMatter(Approval, "drug_id", "jurisdiction")
SAME_TARGET = OnMatter(Mechanism, "drug_id", "target_id")
SAME_PAIR = OnMatter(Regulation, "regulator_id", "target_id", "process")

DECISIONS = 200  # to a page, for what stands together should not be torn apart

# Drugs, targets, diseases


@public_page
def drug_list(request):
    drugs = Drug.objects.public().prefetch_related("synonyms").order_by("inn")
    return render_list(request, "drugs/drug_list.html", DrugFilterSet(request.GET, drugs), row=drug_row)


@public_page
def drug_detail(request, slug):
    """What the site says of one drug: facts, approvals, how it works, statements by topic, trials."""
    drug = get_shown(request, DRUG, slug)
    context = {
        "approvals": approval_rows(drug.approvals.public().order_by("-action_date", "slug")),
        "pathway": pathway_of_drug(drug),
        "timeline": timeline(drug),
        "mechanisms": mechanism_cards(drug.mechanisms.public().in_order_of_source()),
        "topics": statements_by_topic(drug.statements.public().in_order_of_source()),
        "sections": sections(drug),
        "derivatives": link_rows(drug.derivatives.public().order_by("inn")),
    }
    page = drug_page(drug, **context) | {"feed_url": f"{drug.get_absolute_url()}changes.atom"}
    return render_record(request, "drugs/drug_detail.html", drug, page)


@public_page
def target_list(request):
    targets = Target.objects.public().prefetch_related("synonyms").order_by("gene_symbol")
    return render_list(request, "drugs/target_list.html", TargetFilterSet(request.GET, targets), row=target_row)


@public_page
def target_detail(request, slug):
    """What the site says of one target: what acts on it, what it steers and what steers it."""
    target = get_shown(request, TARGET, slug)
    context = {
        "pathway": pathway_of_target(target),
        "mechanisms": mechanism_cards(target.mechanisms.public().in_order_of_source()),
        "through": mechanism_cards(target.mechanisms_through.public().in_order_of_source()),
        "steers": regulation_cards(target.regulations.public().in_order_of_source()),
        "steered_by": regulation_cards(target.regulated_by.public().in_order_of_source()),
        "topics": statements_by_topic(target.statements.public().in_order_of_source()),
    }
    return render_record(request, "drugs/target_detail.html", target, target_page(target, **context))


@public_page
def disease_list(request):
    diseases = Disease.objects.public().select_related("parent").prefetch_related("synonyms").order_by("name")
    return render_list(request, "drugs/disease_list.html", DiseaseFilterSet(request.GET, diseases), row=disease_row)


@public_page
def disease_detail(request, slug):
    """What the site says of one disease: how common and how grave, what is approved for it, trials."""
    disease = get_shown(request, DISEASE, slug)
    context = {
        "topics": statements_by_topic(disease.statements.public().in_order_of_source()),
        "approvals": approval_rows(disease.approvals.public().order_by("-action_date", "slug")),
        "sections": sections(disease),
        "children": link_rows(disease.children.public().order_by("name")),
    }
    return render_record(request, "drugs/disease_detail.html", disease, disease_page(disease, **context))


# Claims


@public_page
def approval_list(request):
    approvals = Approval.objects.public().select_related("drug", "disease").with_sources()
    filterset = ApprovalFilterSet(request.GET, approvals.order_by("-action_date", "slug"))
    if filterset.is_valid() and (day := filterset.form.cleaned_data["as_of"]):
        return _approvals_as_of(request, filterset, day)
    return render_list(request, "drugs/approval_list.html", filterset, row=approval_row)


def _approvals_as_of(request, filterset, day):
    """What was approved on a day: claims brought together by the decision they tell of, on long pages."""

    def rows(page):
        later = Approval.objects.public().filter(drug__in={approval.drug_id for approval in page})
        return approved_as_of(page, day, later=later.given_later_in_the_year(day).order_by("action_date")[:DECISIONS])

    return render_list(
        request, "drugs/approval_as_of.html", filterset, rows=rows, page_size=DECISIONS, is_ordered=False
    )


@public_page
def approval_detail(request, slug):
    approval = get_shown(request, APPROVAL, slug)
    context = claim_page(approval, approval_facts(approval), SAME_PLACE, compare_approvals)
    return render_record(request, "drugs/approval_detail.html", approval, context)


@public_page
def mechanism_list(request):
    mechanisms = Mechanism.objects.public().select_related("drug", "target", "through").with_sources()
    filterset = MechanismFilterSet(request.GET, mechanisms.order_by("drug__inn", "slug"))
    return render_list(request, "drugs/mechanism_list.html", filterset, row=mechanism_row)


@public_page
def mechanism_detail(request, slug):
    mechanism = get_shown(request, MECHANISM, slug)
    context = claim_page(mechanism, mechanism_facts(mechanism), SAME_TARGET, compare_mechanisms)
    return render_record(request, "drugs/mechanism_detail.html", mechanism, context)


@public_page
def regulation_list(request):
    regulations = Regulation.objects.public().select_related("regulator", "target").with_sources()
    filterset = RegulationFilterSet(request.GET, regulations.order_by("regulator__gene_symbol", "slug"))
    return render_list(request, "drugs/regulation_list.html", filterset, row=regulation_row)


@public_page
def regulation_detail(request, slug):
    regulation = get_shown(request, REGULATION, slug)
    context = claim_page(regulation, regulation_facts(regulation), SAME_PAIR, compare_regulations)
    return render_record(request, "drugs/regulation_detail.html", regulation, context)


@public_page
def statement_list(request):
    statements = Statement.objects.public().select_related("drug", "target", "disease").with_sources()
    filterset = StatementFilterSet(request.GET, statements.order_by("slug"))
    return render_list(request, "drugs/statement_list.html", filterset, row=statement_row)


@public_page
def statement_detail(request, slug):
    statement = get_shown(request, STATEMENT, slug)
    context = claim_page(statement, statement_facts(statement))
    context["title"] = headline(f"{statement.subject}: {statement.get_topic_display()}")
    return render_record(request, "drugs/statement_detail.html", statement, context)
