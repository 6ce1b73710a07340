"""Words that screening knows: first names and family names common in Québec, and words that begin a place's name.

The lists were written by hand for this product. They are short on purpose: a rare name is caught by its « Mme ».
First names that are also common words or places at the start of a sentence (Rose, France, Prudence…) are left out.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


GIVEN_NAMES = _words(
    """
    adam adele adrien agathe ahmed alain albert alex alexandra alexandre alexis alice aline amelie amina amine
    andre andree anita annabelle anne annie anthony antoine ariane armand arthur aurore benjamin benoit
    bernard berthe bertrand brigitte bruno camille carl carmen carole caroline catherine cecile celine chantal
    charles charlotte chloe christian christiane christine christophe claire claude claudette claudia clement
    colette conrad cynthia daniel danielle danny david denis denise diane dominic dominique donald doris edith
    edouard elisabeth elise emile emilie emma emmanuel eric estelle etienne eugene eva fabien fatima felix
    fernand florence francine francis francois francoise frederic gabriel gabrielle gaetan gaston genevieve
    george georges georgette gerald gerard germaine ghislain ghislaine gilles ginette gisele guillaume guy
    guylaine helene henri henriette hubert hugo huguette ibrahim irene isabelle ivan jacob jacqueline jacques
    jade jean jeanne jeannette jeannine jeremie jerome jessica joanie jocelyn jocelyne joel johanne jonathan
    josee joseph josiane judith jules julie julien juliette justin justine karine kathleen kevin khadija kim
    laurence laurent laurette lea leo leon leonard lilianne linda line lise lisette louis louise louiselle luc
    lucie lucien lucienne lucille lyne madeleine manon marc marcel marcelle margot marguerite maria marianne
    marie mariette mario marjolaine marthe martin martine mathieu mathilde mathis maurice maxime melanie
    melissa michel micheline michelle mireille mohamed mohammed monique mylene nadia nancy natacha nathalie
    nicolas nicole noemie normand odette olivier omar pascal pascale patrice patricia patrick paul paule
    pauline philippe pierre pierrette rachel raphael raymonde real rejean rejeanne remi renald rene renee
    richard rita robert roch roger roland rolande romain rosaire rosalie roxanne samuel sandra sarah sebastien
    serge simon simone solange sonia sophie stephane stephanie steve suzanne suzie sylvain sylvie tania theo
    therese thomas tommy valerie vanessa veronique vincent virginie viviane william xavier yan yannick yolande
    youssef yvan yves yvette yvon yvonne zoe
    """
)

SURNAMES = _words(
    """
    allard arsenault audet beaudoin beaulieu bedard belanger bergeron bernier berube bilodeau blais blanchette
    boisvert boivin bolduc bouchard boucher boudreau bouffard breton caron carrier champagne charbonneau
    cloutier cote couture cyr demers deschenes desjardins dion doyon drouin dube dubois dufour dupuis fortier
    fortin fournier gagne gagnon gaudreault gauthier gilbert girard giroux gosselin gravel grenier guay hamel
    hebert houle lachance lambert landry langlois lapointe lavoie leblanc leclerc leduc lefebvre lemay lemieux
    lessard levesque martel martin menard mercier michaud morin nadeau nguyen ouellet paquet paquette paradis
    parent pelletier perreault perron plante poirier poulin proulx raymond richard rodrigue rousseau roy
    savard simard theriault therrien thibault tremblay turcotte vachon veilleux villeneuve
    """
)

ORGANIZATION_WORDS = _words(
    """
    aide allee association auberge avenue banque bibliotheque boulevard carre carrefour carrefours
    cegep centraide centre chalet chemin cisss ciusss clinique clsc club college comite
    coop cooperative corporation cpe csss cuisine cuisines desjardins domaine ecole eglise
    entraide entreprise faubourg federation fondation foyer friperie garderie
    groupe habitation habitations halte hlm hopital hotel ilot immeuble institut jardin jardins
    loge maison maisonnee maisonnees manoir ministere mouvement mrc municipalite
    obnl office oh omh organisme parc paroisse pavillon place polyvalente popote quartier rang
    regroupement residence residences resto route rue salle secteur societe
    terrasse theatre villa village ville
    """
)
