"""For whom invented services are, what their organizations and places are called."""

FOR: dict[str, str] = {
    "senior": "Pour les personnes de 65 ans et plus.",
    "youth": "Pour les jeunes de 12 à 25 ans.",
    "family": "Pour les familles avec enfants.",
    "women": "Pour les femmes.",
    "men": "Pour les hommes.",
    "newcomer": "Pour les personnes immigrantes et réfugiées.",
    "low_income": "Pour les personnes à faible revenu.",
    "everyone": "Ouvert à tous.",
}
ORGANIZATIONS = (
    "Centre d'action bénévole de {place}",
    "Carrefour communautaire de {place}",
    "Maison de la famille de {place}",
    "Entraide {place}",
    "Regroupement des services de {place}",
    "Corporation de développement de {place}",
    "Services de santé de {place}",
    "Municipalité de {place}",
    "La Passerelle de {place}",
    "L'Éclaircie de {place}",
)
MANNERS = ("Téléphoner pour prendre rendez-vous.", "Se présenter sur place.", "Remplir la demande en ligne.", "")
SAINTS = (
    "Adalbert Agapit Alban Albert Alexis Alphonse Amable Ambroise Anaclet Anselme Antoine Apollinaire Armand Arsène "
    "Athanase Aubert Augustin Barnabé Basile Benjamin Benoît Bernard Bonaventure Boniface Bruno Calixte Camille Casimir "
    "Célestin Charles Clément Clet Côme Cuthbert Cyprien Cyriac Cyrille Damase Damien David Denis Didace Dominique Donat "
    "Édouard Éloi Elphège Elzéar Émile Éphrem Épiphane Étienne Eugène Eusèbe Évariste Fabien Faustin Félicien Félix "
    "Ferdinand Ferréol Fidèle Flavien Fortunat François Frédéric Fulgence Gabriel Gédéon Gérard Germain Gervais Gilbert "
    "Gilles Godefroy Guillaume Guy Henri Herménégilde Hilaire Hippolyte Honoré Hubert Hugues Ignace Irénée Isidore Jacques "
    "Janvier Jérôme Joachim Jude Jules Julien Justin Juste Lambert Laurent Lazare Léandre Léon Léonard Liguori Lin Louis "
    "Luc Lucien Ludger Magloire Malachie Marc Marcel Marcellin Martin Mathias Mathieu Maurice Médard Méthode Michel Modeste "
    "Moïse Narcisse Nazaire Nérée Nicolas Noël Norbert Octave Odilon Omer Onésime Ours Pacôme Pamphile Pascal Patrice "
    "Paulin Philémon Philibert Philippe Pie Pierre Placide Polycarpe Prime Prosper Raphaël Raymond Rémi René Robert Roch "
    "Romain Samuel Sébastien Séverin Siméon Simon Sixte Stanislas Sylvestre Télesphore Théodore Théophile Thomas Thuribe "
    "Tite Ubalde Urbain Valentin Valère Valérien Vallier Venant Victor Vincent Zacharie Zénon Zéphirin Zotique"
)
TAILS = ("", "-des-Monts", "-du-Lac", "-de-la-Rivière", "-des-Érables", "-de-la-Pointe", "-du-Portage", "-des-Plaines")
