"""Addresses of a plan's other readings and of its yearly reviews."""

from django.urls import path

from maillage.projects.views import reviews, timelines

PLAN = "projets/plans/<uuid:uid>/"
REVIEW = "projets/bilans/<uuid:uid>/"

urlpatterns = [
    path(f"{PLAN}ligne-du-temps/", timelines.timeline, name="plan_timeline"),
    path(f"{PLAN}imprimer/", timelines.plan_print, name="plan_print"),
    path(f"{PLAN}plan.pdf", timelines.plan_pdf, name="plan_pdf"),
    path(f"{PLAN}bilans/", reviews.plan_reviews, name="plan_reviews"),
    path(f"{PLAN}bilans/ouvrir/", reviews.review_new, name="review_new"),
    path(REVIEW, reviews.review, name="review"),
    path(f"{REVIEW}bilan.pdf", reviews.review_pdf, name="review_pdf"),
    path(f"{REVIEW}modifier/", reviews.review_edit, name="review_edit"),
    path(f"{REVIEW}actions/<uuid:action>/", reviews.review_line, name="review_line"),
    path(f"{REVIEW}priorites/", reviews.priority_add, name="priority_add"),
    path(f"{REVIEW}priorites/<int:pk>/", reviews.priority_change, name="priority_change"),
    path(f"{REVIEW}clore/", reviews.review_close, name="review_close"),
    path(f"{REVIEW}rouvrir/", reviews.review_reopen, name="review_reopen"),
    path(f"{REVIEW}retirer/", reviews.review_remove, name="review_remove"),
]
