"""What a finding is called and says as long as nobody has written it: its address, and a plain sentence.

Both are put together from its figures and conditions, and are only a beginning: editors change them as they like.
"""

from django.utils.text import slugify

from trials.models import Finding

LONGEST_ADDRESS = 100  # leaves room for the number that tells it from others


def address_of(finding, taken=frozenset()):
    """A free address made of trial, measure and conditions: ind-199-stable-disease, …-2 if there is one already."""
    if not (finding.trial_id and finding.measure):
        return ""
    many = finding.arm_id and finding.trial.arms.count() > 1
    told = [
        finding.trial.slug,
        finding.event_term or finding.get_measure_display(),
        finding.get_grade_band_display() if finding.event_term else "",
        finding.arm.title if many else "",
        finding.time_frame,
        finding.population,
    ]
    stem = slugify(" ".join(filter(None, told)))[:LONGEST_ADDRESS].strip("-")
    known = {*taken, *Finding.objects.filter(slug__startswith=stem).values_list("slug", flat=True)}
    numbers = (number for number in range(2, len(known) + 3) if f"{stem}-{number}" not in known)
    return stem if stem not in known else f"{stem}-{next(numbers)}"


def sentence_of(finding):
    """The figure in a plain sentence; the empty string where there is no figure to tell."""
    if not (finding.trial_id and finding.measure) or (finding.value is None and finding.numerator is None):
        return ""
    where = f"In the arm “{finding.arm}”" if finding.arm_id else "In the whole trial"
    among = f", among people of this group: {finding.population}," if finding.population else ","
    return f"{where}{among} {_what_came_out(finding)}."


def _what_came_out(finding):
    survival = {*Finding.SURVIVAL, Finding.Measure.STABLE_DISEASE_DURATION}
    if finding.measure in survival and finding.unit in {"MONTHS", "WEEKS", "YEARS"}:
        when = "" if finding.time_frame in {"", "median"} else f" ({finding.time_frame})"
        median = "median " if finding.time_frame == "median" else ""
        return f"the {median}{finding.get_measure_display()}{when} was {_value(finding)}"
    what = _named(finding)
    if finding.numerator is not None and finding.denominator is not None:
        aside = "" if finding.value is None or finding.unit == "PATIENTS" else f" ({_value(finding)})"
        return f"{finding.numerator} of {finding.denominator} people were counted for {what}{aside}"
    if finding.value is None:
        return f"{finding.numerator} people were counted for {what}"
    return f"the figure for {what} was {_value(finding)}"


def _named(finding):
    """The measure with all that tells it from others: “mucositis, grade 3 or higher”."""
    what = finding.event_term or finding.get_measure_display()
    against = f"compared with “{finding.compared_with}”" if finding.compared_with_id else ""
    return ", ".join(filter(None, [what, finding.get_grade_band_display(), finding.time_frame, against]))


def _value(finding):
    """The printed value with its interval, without a second pair of brackets."""
    p_value = f"P = {finding.p_value}" if finding.p_value[:1].isdigit() else f"P {finding.p_value}"
    aside = [finding.interval, p_value if finding.p_value else ""]
    return ", ".join(filter(None, [finding.printed_value, *aside]))
