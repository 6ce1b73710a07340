"""Addresses of plans and their actions."""

from django.urls import path

from maillage.projects.views import action_follow, plan_actions, plan_objectives, plans

urlpatterns = [
    path("projets/plans/", plans.plans, name="plans"),
    path("projets/plans/nouveau/", plans.plan_new, name="plan_new"),
    path("projets/plans/<uuid:uid>/", plans.plan, name="plan"),
    path("projets/plans/<uuid:uid>/colonnes/", plans.plan_board, name="plan_board"),
    path("projets/plans/<uuid:uid>/actions.csv", plans.plan_file, name="plan_file"),
    path("projets/plans/<uuid:uid>/modifier/", plans.plan_edit, name="plan_edit"),
    path("projets/plans/<uuid:uid>/retirer/", plans.plan_remove, name="plan_remove"),
    path("projets/plans/<uuid:uid>/copier/", plans.plan_copy, name="plan_copy"),
    path("projets/plans/<uuid:uid>/objectifs/", plan_objectives.objectives, name="objectives"),
    path(
        "projets/plans/<uuid:uid>/objectifs/<uuid:objective>/",
        plan_objectives.objective_change,
        name="objective_change",
    ),
    path("projets/plans/<uuid:uid>/actions/nouvelle/", plan_actions.action_new, name="action_new"),
    path("projets/actions/", plan_actions.my_actions, name="my_actions"),
    path("projets/actions/<uuid:uid>/", plan_actions.action, name="action"),
    path("projets/actions/<uuid:uid>/modifier/", plan_actions.action_edit, name="action_edit"),
    path("projets/actions/<uuid:uid>/ligne/", plan_actions.action_line, name="action_line"),
    path("projets/actions/<uuid:uid>/etat/", plan_actions.action_move, name="action_move"),
    path("projets/actions/<uuid:uid>/retirer/", plan_actions.action_remove, name="action_remove"),
    path("projets/actions/<uuid:uid>/appuis/", action_follow.support_add, name="action_support_new"),
    path("projets/actions/<uuid:uid>/appuis/<int:support>/", action_follow.support_change, name="action_support"),
    path("projets/actions/<uuid:uid>/mesures/", action_follow.measure_add, name="measure_add"),
    path("projets/actions/<uuid:uid>/mesures/<int:measure>/", action_follow.measure_remove, name="measure_remove"),
    path("projets/<slug:slug>/plans/", plans.project_plans, name="project_plans"),
    path("groupes/<slug:slug>/plans/", plans.group_plans, name="group_plans"),
]
