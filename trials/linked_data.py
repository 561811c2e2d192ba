"""Trials and findings in the words of schema.org, which has none for phases, arms or results."""

from temsisite.evidence.linked_data import claim, identifier, identifiers
from temsisite.publishing.linked_data import mentions, named, node
from temsisite.publishing.prepared import parts_of
from trials.models import Trial

TYPES = {
    Trial.StudyType.INTERVENTIONAL: "MedicalTrial",
    Trial.StudyType.OBSERVATIONAL: "MedicalObservationalStudy",
    Trial.StudyType.EXPANDED_ACCESS: "MedicalStudy",
}
STATUSES = {
    Trial.OverallStatus.NOT_YET_RECRUITING: "NotYetRecruiting",
    Trial.OverallStatus.RECRUITING: "Recruiting",
    Trial.OverallStatus.ENROLLING_BY_INVITATION: "EnrollingByInvitation",
    Trial.OverallStatus.ACTIVE_NOT_RECRUITING: "ActiveNotRecruiting",
    Trial.OverallStatus.SUSPENDED: "Suspended",
    Trial.OverallStatus.TERMINATED: "Terminated",
    Trial.OverallStatus.COMPLETED: "Completed",
    Trial.OverallStatus.WITHDRAWN: "Withdrawn",
}


def trial(trial, absolute):
    drugs = {drug.pk: drug for arm in parts_of(trial, "arms") for drug in parts_of(arm, "drugs") if drug.is_public}
    status = STATUSES.get(trial.overall_status)
    registered = [identifier("ClinicalTrials.gov", trial.nct_id, url=trial.registry_url)] if trial.nct_id else []
    return node(
        TYPES[trial.study_type],
        trial,
        absolute,
        alternateName=[name for name in (trial.acronym, trial.official_title) if name],
        description=trial.summary,
        healthCondition=mentions(parts_of(trial, "diseases"), absolute),
        studySubject=mentions(drugs.values(), absolute),
        sponsor=named("Organization", trial.lead_sponsor),
        status=status and f"https://schema.org/{status}",
        identifier=registered + identifiers(trial),
        sameAs=trial.registry_url,
        subjectOf=mentions(parts_of(trial, "sources"), absolute),
    )


finding = claim
