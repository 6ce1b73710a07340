"""Addresses of registrations and attendance."""

from django.urls import path

from maillage.concertation.views import (
    attendance,
    attendance_files,
    attestations,
    door,
    registration_list,
    registrations,
)

MEETING = "groupes/rencontres/<uuid:uid>"

urlpatterns = [
    path(f"{MEETING}/inscription/", registrations.register, name="register"),
    path(f"{MEETING}/inscriptions/", registration_list.registrations, name="registrations"),
    path(f"{MEETING}/inscriptions.csv", attendance_files.registrations_file, name="registrations_file"),
    path(f"{MEETING}/presences/", attendance.attendance, name="attendance"),
    path(f"{MEETING}/presences.csv", attendance_files.attendance_file, name="attendance_file"),
    path(f"{MEETING}/affiche/", door.door, name="door"),
    path(f"{MEETING}/attestation/", attestations.attestation, name="attestation"),
    path(f"{MEETING}/attestations/", attestations.attestations, name="attestations"),
    path("i/<uuid:uid>/attestation/", attestations.registration_attestation, name="registration_attestation"),
    path("i/<uuid:uid>/", registrations.registration, name="registration"),
    path("a/<str:token>/", door.arrival, name="arrival"),
]
