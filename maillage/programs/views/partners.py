"""The partners of a programme."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from maillage.core.text import as_uid, stems
from maillage.directory.models import Organization
from maillage.directory.services import save_organization
from maillage.programs import services
from maillage.programs.forms import NewPartnerForm, PartnerForm
from maillage.programs.forms.fields import carried_out
from maillage.programs.models import Program
from maillage.programs.queries import partners_of

from .access import coordinated

FOUND = 20  # organizations that a search offers


def partners(request: HttpRequest, slug: str) -> HttpResponse:
    """The partners, the search that adds one, and the form for an organization that the directory lacks."""
    program = coordinated(request, slug)
    asked = request.GET.get("q", "").strip()[:100]
    new = NewPartnerForm(initial={"name": asked, "part": "signatory"}, prefix="new")
    if request.method == "POST":
        done, new = _act(request, program, new)
        if done:
            return redirect("programs:partners", slug=slug)
    context = {
        "program": program,
        "partners": partners_of(program),
        "q": asked,
        "found": _search(program, asked) if asked else [],
        "new": new,
        "parts": PartnerForm().fields["part"].choices,
    }
    return render(request, "programs/partners.html", context)


def partner(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change the part of a partner, or take it out."""
    program = coordinated(request, slug)
    line = get_object_or_404(program.partners.select_related("organization"), pk=pk)
    form = PartnerForm(request.POST or None, initial={"part": line.part, "since": line.since})
    if request.method == "POST":
        if "remove" in request.POST:
            services.remove_partner(actor=request.user, partner=line)
            messages.success(request, _("%(name)s n'est plus partenaire.") % {"name": line.organization})
            return redirect("programs:partners", slug=slug)
        edit = services.edit_partner
        if form.is_valid() and carried_out(form, lambda: edit(actor=request.user, partner=line, **form.cleaned_data)):
            return redirect("programs:partners", slug=slug)
    return render(request, "programs/partner.html", {"program": program, "partner": line, "form": form})


def _act(request: HttpRequest, program: Program, new: NewPartnerForm) -> tuple[bool, NewPartnerForm]:
    """Add the organization chosen in the search, or the one that was typed."""
    if "organization" in request.POST:
        chosen = get_object_or_404(Organization.objects.active(), uid=as_uid(request.POST["organization"]))
        form: PartnerForm = PartnerForm(request.POST)
    else:
        chosen, form = None, NewPartnerForm(request.POST, prefix="new")
    if not form.is_valid():
        messages.error(request, _("Cette organisation n'a pas été ajoutée : vérifiez ce qui est demandé."))
        return False, form if isinstance(form, NewPartnerForm) else new
    given = form.cleaned_data

    def work() -> None:
        organization = chosen
        if organization is None:
            organization = save_organization(actor=request.user, name=given["name"], kind=given["kind"]).obj
        part = {"part": given["part"], "since": given["since"]}
        services.add_partner(actor=request.user, program=program, organization=organization, **part)

    if carried_out(form, work):
        messages.success(request, _("Le partenaire est ajouté."))
        return True, new
    if isinstance(form, NewPartnerForm):
        return False, form
    messages.error(request, " ".join(form.non_field_errors()))
    return False, new


def _search(program: Program, asked: str) -> list[Organization]:
    found = Organization.objects.active().exclude(partnerships__program=program)
    for stem in stems(asked).split():
        found = found.filter(search__contains=f" {stem}")
    return list(found.order_by("name", "id")[:FOUND])
