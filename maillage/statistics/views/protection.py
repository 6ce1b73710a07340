"""How far a programme protects its figures: thresholds, and the agreement of those whose activity is published."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from maillage.statistics.models import ProtectionPolicy
from maillage.statistics.release_forms import ConsentForm, ThresholdsForm
from maillage.statistics.services import policies

from .releases import carried_out, coordinated


@require_http_methods(["GET", "HEAD", "POST"])
def protection(request: HttpRequest, slug: str) -> HttpResponse:
    """Two forms: the thresholds, and the agreement, which may be taken back."""
    program = coordinated(request, slug)
    policy = ProtectionPolicy.objects.filter(program=program).first() or ProtectionPolicy(program=program)
    sent = request.POST.get("do", "")
    initial = {name: getattr(policy, name) for name in policies.THRESHOLDS}
    thresholds = ThresholdsForm(request.POST if sent == "thresholds" else None, initial=initial)
    consent = ConsentForm(request.POST if sent == "consent" else None)
    if request.method == "POST":
        actor, done = request.user, None
        if sent == "thresholds" and thresholds.is_valid():
            given = thresholds.cleaned_data
            work = policies.set_thresholds
            done = carried_out(thresholds, lambda: work(actor=actor, program=program, **given))
        elif sent == "consent" and consent.is_valid():
            words, day = consent.cleaned_data["accord"], consent.cleaned_data["le"]
            record = policies.record_consent
            done = carried_out(consent, lambda: record(actor=actor, program=program, consent=words, on=day))
        elif sent == "withdraw" and policy.consent:
            done = policies.withdraw_consent(actor=actor, program=program)
        if done:
            messages.success(request, _("C'est enregistré, pour les publications à venir."))
            return redirect("statistics:protection", slug)
    context = {"program": program, "policy": policy, "thresholds": thresholds, "consent": consent}
    return render(request, "statistics/releases/protection.html", context)
