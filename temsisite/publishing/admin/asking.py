"""Questions that the lists of the desk answer beside their columns: whose it is, what is due, what rests on doubt."""

from django.contrib.admin import SimpleListFilter
from django.contrib.admin.options import IncorrectLookupParameters


class Question(SimpleListFilter):
    """A filter of a few answers; one that was forged is answered like any other that cannot be read."""

    answers: dict[str, str]

    def lookups(self, request, model_admin):
        return self.answers.items()

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        if self.value() not in self.answers:
            raise IncorrectLookupParameters
        return self.answer(request, queryset)

    def answer(self, request, queryset):
        raise NotImplementedError


class Whose(Question):
    """Mine, or those of others."""

    title, parameter_name = "whose", "whose"
    answers = {"mine": "mine", "others": "of others"}
    person: str

    def answer(self, request, queryset):
        mine = {self.person: request.user}
        return queryset.filter(**mine) if self.value() == "mine" else queryset.exclude(**mine)


class WhoseDraft(Whose):
    person = "created_by"


class WhoseProposal(Whose):
    person = "author"
