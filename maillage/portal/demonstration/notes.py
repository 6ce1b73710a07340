"""Invented notes: what a worker writes, without anybody's name, address or number."""

import random

from .allotment import Wheel
from .scenes import Scene

INDIVIDUAL = (
    "Rencontre à la demande de la personne. On a fait le point sur sa situation et sur la suite.",
    "Visite pour prendre des nouvelles. La personne se sent moins seule depuis les cafés du mardi.",
    "Aide pour remplir un formulaire de renouvellement du bail.",
    "Appel fait ensemble pour prendre un rendez-vous. La personne ira avec une voisine.",
    "Longue discussion dans le corridor. Inquiétude à propos du bruit le soir.",
    "La personne dit ne plus savoir à qui parler de ses dettes. On regarde ensemble les services possibles.",
    "Première rencontre depuis l'emménagement. Présentation des services et de la salle communautaire.",
    "Suivi après la rencontre de la semaine dernière. Le rendez-vous a eu lieu, la personne est rassurée.",
    "Médiation entre deux ménages à propos du stationnement. Une entente verbale est faite.",
    "La personne refuse d'aller plus loin pour le moment. Je reste disponible.",
    "Accompagnement jusqu'au service, puis retour ensemble en autobus.",
    "Lecture d'une lettre officielle et explication de ce qui est demandé.",
    "Deuil récent. Écoute et présentation d'un groupe d'entraide.",
    "La personne s'inquiète pour sa santé. On prépare des questions pour la clinique.",
    "Rencontre brève, tout va bien. À revoir dans deux semaines.",
    "Difficulté à faire l'épicerie jusqu'à la fin du mois. Dépannage alimentaire proposé.",
    "Un jeune parle de ses difficultés à l'école. Il accepte qu'on en parle avec son parent.",
    "Parent épuisé. On cherche un répit et une activité pour les enfants.",
    "Problème de moisissure signalé. La demande d'entretien est faite avec la personne.",
    "Situation tendue à l'arrivée, calme au départ. Un plan pour la fin de semaine est convenu.",
    "La personne veut s'impliquer au comité. On convient d'une première rencontre.",
    "Soutien pour une demande de logement adapté.",
    "Explication du fonctionnement du transport adapté, essai prévu la semaine prochaine.",
    "La personne a retrouvé un emploi à temps partiel. On revoit son budget.",
    "Échange au sujet des règles de l'immeuble. La personne comprend mieux ce qui est attendu.",
)
OUTREACH = (
    "Tournée de l'immeuble en fin de journée. Trois jeunes se sont arrêtés pour jaser.",
    "Présence au parc pendant le souper communautaire. Contact facile avec des parents.",
    "Discussion sur le perron. La confiance s'installe peu à peu.",
    "Croisé à la banque alimentaire. La personne demande quand a lieu la prochaine activité.",
    "Présence à la maison des jeunes, soirée jeux de société.",
    "La personne vient vers moi pour la première fois.",
    "Cogné aux portes pour annoncer la fête des voisins.",
    "Deux familles se connaissent maintenant et gardent les enfants l'une de l'autre.",
    "Un jeune raconte sa bonne note, il en est fier.",
    "Petit coup de main pour monter un meuble, l'occasion de parler de tout et de rien.",
    "Présence à l'arrêt d'autobus scolaire le matin. Bonnes discussions avec les parents.",
    "Marche dans le quartier avec deux adolescents. On parle d'emplois d'été.",
)
REFERRAL = (
    "Référence expliquée et acceptée. Suivi prévu dans dix jours.",
    "La personne a pris elle-même le rendez-vous pendant la rencontre.",
    "Information remise par écrit, la personne veut y réfléchir.",
    "Relais fait avec l'accord de la personne.",
    "Accompagnement proposé pour la première visite.",
    "La liste d'attente est longue. On regarde une autre ressource en attendant.",
    "La personne connaissait le service mais n'osait pas appeler.",
    "Référence faite en présence d'une intervenante du service.",
)
GROUP_PROJECT = (
    "Rencontre de préparation du jardin collectif. Le choix des plants est fait.",
    "Atelier de cuisine : cinq recettes économiques, chacun repart avec deux repas.",
    "Café-rencontre sur le budget, avec une personne-ressource invitée.",
    "Fête des voisins : bonne humeur malgré la pluie, plusieurs nouveaux visages.",
    "Groupe de couponnage : les économies du mois sont affichées.",
    "Après-midi de jeux entre enfants et aînés.",
    "Bilan de la session avec le groupe. Les participants veulent continuer à l'automne.",
    "Atelier de réparation de vélos dans la cour.",
    "Sortie à la bibliothèque avec les familles.",
    "Préparation de la corvée de printemps, les tâches sont partagées.",
    "Soirée d'information sur les droits des locataires.",
    "Aide aux devoirs : présence stable, deux bénévoles de plus.",
    "Dîner communautaire, le groupe a tout organisé seul.",
    "Les locataires choisissent les sujets des prochaines conférences.",
    "Activité de marche du mercredi, le groupe s'agrandit.",
)
ASSOCIATION = (
    "Rencontre de l'association : préparation de l'assemblée générale.",
    "Soutien à la rédaction de l'ordre du jour et du compte rendu.",
    "L'association discute des heures d'ouverture de la salle.",
    "Appui pour une demande de subvention à la municipalité.",
    "Recrutement : une affiche et une tournée des portes sont prévues.",
    "Assemblée générale : le quorum est atteint, trois postes comblés.",
    "L'association prépare un avis pour le comité consultatif.",
    "Formation courte sur l'animation de réunion.",
)
OTHER_COLLECTIVE = (
    "Rencontre de l'équipe locale avec des locataires : besoins nommés, priorités choisies.",
    "Table de concertation : les locataires présentent leur projet.",
    "Rencontre avec la direction et des locataires au sujet de la sécurité.",
    "Préparation du grand rassemblement régional avec un comité de locataires.",
    "Échange avec les partenaires sur le transport des aînés.",
    "Séance d'information offerte par un service du quartier.",
)
ENDINGS = Wheel(
    {
        "": 0.62,
        " À suivre.": 0.12,
        " On se revoit la semaine prochaine.": 0.09,
        " Belle rencontre.": 0.07,
        " Un peu plus long que prévu.": 0.04,
        " Le local était bien adapté.": 0.03,
        " Prévoir plus de temps la prochaine fois.": 0.03,
    }
)
HOW_OFTEN = 0.46


def write(draw: random.Random, scene: Scene, kind: str, refers: bool) -> str:
    """A note, or nothing: less than half of entries have one. `kind` is "" for an individual entry."""
    if draw.random() > HOW_OFTEN:
        return ""
    if kind:
        stock = {"group_project": GROUP_PROJECT, "tenant_association": ASSOCIATION}.get(kind, OTHER_COLLECTIVE)
    elif refers and draw.random() < 0.6:
        stock = REFERRAL
    else:
        stock = OUTREACH if scene.is_outreach and draw.random() < 0.55 else INDIVIDUAL
    return draw.choice(stock) + ENDINGS.turn(draw)
