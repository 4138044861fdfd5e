"""The French words of the receipt (dialogue/answering/words/README.fr.md)."""

from tests.answering.wordlists import (
    Wordlist,
    ear,
    families_of,
    words_of,
)

# Very common words that sound like another very common word.
TWINS = words_of(
    """
    air aire amande amende ancre auteur autel balade ballade balle bal boue bout box boxe cahier car cent cerf chaine
    chair champ chant chaud chaux cher coin compte comte conte coq coque cou coup cour cours court cygne
    danse dent dessin dessein eau elle encre faim fard fin foi foie fois fond font gel gris haut hauteur heure
    hotel houx laid lait lieu lit lot lutte lys maire mai mais maitre mal male mer mere metre mite moi mois mon mot
    mur nez nid noeud non nom oie os ou paire pain panser penser peau pere pin plaine pleine plus poids poing point
    pois poil pont porc port pot pou pouce pousse puits rang raz reine renne riz roi roue sain saint sale salle sang
    sans saut sceau seau sel selle sept serre signe soi soie sol sole son sort sou sous statue tache tant tante temps
    tente thon toi toit tour tout toux trait tribu trop vain ver vers verre vert vingt vin voie voix
    """
)

# Words whose known spelling has an accent, a cedilla, a ligature or a hyphen.
BARE = words_of(
    """
    aerer bebe boite buche cable cafe canoe chaine chateau choeur coeur cone crane creche croute diplome echelle ecole
    ecran eleve epee etoile fee fete flute foret gateau gouter hotel ile lecon leger legume metro noel noeud oeil
    oeuf oeuvre piege pate patissier poele rateau reve riviere soeur tache telephone tele theatre trefle velo
    veranda zebre
    """
)

# The beginning of a list, not the whole of it: a careless addition should meet it.
UNWANTED = words_of(
    """
    andouille ange arc arme balle baiser banc bar biere bite blanc boisson bombe bordel boudin bourrer branler brun
    cafard canard canon cancer cave cercueil chameau chatte chien chienne chier cigare cimetiere cochon con conne corde
    cornichon couper couteau cracher crier croix cruche cul culotte danger dieu diable dinde docteur drapeau drogue
    enceinte enfer esclave fantome fesse feu flic foutre fouet frapper fumer fusil garce geant gifle gorille gourde
    gland grand grave gros guerre guenon haine hache hopital idiot imam juif juge lance larme laid lourd macaque maigre
    malade marteau mince moche moine monstre mort morve moule mourir musulman nain negre nichon noir nouille nu ogre
    oie orphelin pape pauvre pede pendre petit peur pipe pipi piquer pistolet pleurer poil poing poison poitrine police
    porc poubelle poule poulet prier prison pute queue rat reine revolver roi sabre salaud sang sein seringue
    serpent sexe sida singe soldat sorcier sucer tabac tapette thon tirer tombe triste truie tuer turban vache ventre
    verge vin viol voler voleur vomir vote whisky zizi
    """
)

# Forms of one word that the general rule for endings does not see.
FAMILIES = families_of(
    """
    acteur action actrice; attentif attentive; boire boisson; coiffer coiffure coiffeuse; couvrir couverture
    diviser division; employer emploi; envoyer envoi; fermer fermeture; fromage fromagerie; jeu jouer joueur jouet
    juste justice justesse; lire lecture lecteur; lumineux luminaire; magicien magique; nager nageur natation
    ouvrir ouvert ouvreuse ouverture; palmier palmeraie; produire produit; rosier roseraie; sauver sauvetage sauveur
    savoir savant; sculpter sculpture; sel saler; servir service serveur; sportif sportive; trouver trouvaille
    vaincre vainqueur; vigne vigneron vignoble; vite vitesse; vivre vie; voir vue; zapper zapping
    """
)

ENDINGS = words_of(
    """
    e s x es r er ir re eur euse eux ant ante ent ement ment age ier iere ette et iste oir oire if ive
    ation ition ateur atrice able ure ie ique ine eau elle
    """
)
DROPPED = ("e", "er", "ir", "re", "eau", "ie", "ier", "eur", "on")

# A rough French ear.
sound = ear(
    (r"sch|sh|ch", "S"), (r"ph", "f"), (r"h", ""), (r"tion", "sion"), (r"sc(?=[eiy])|c(?=[eiy])", "s"),
    (r"cqu|qu|q|ck|cc|k|c", "k"), (r"gu(?=[eiy])", "G"), (r"ge(?=[aou])|g(?=[eiy])", "j"), (r"G", "g"),
    (r"x", "ks"), (r"z", "s"), (r"w", "v"), (r"(?:er|ez|et|ed|ai|ay|ey|ais|ait|aiks|es)$", "9"),
    (r"eau|au", "o"), (r"oeu|eu|oe", "e"), (r"oin(?![aeiouynm])", "w1"),
    (r"(?:ain|aim|ein|eim|in|im|yn|ym|un|um)(?![aeiouynm])", "1"), (r"ien(?![aeiouynm])", "i1"),
    (r"(?:an|am|en|em|aon)(?![aeiouynm])", "2"), (r"(?:on|om)(?![aeiouynm])", "3"), (r"ou", "u"), (r"oi|oy", "wa"),
    (r"ai|ei|ay|ey", "9"), (r"ill|il$", "y"), (r"y", "i"), (r"(.)\1+", r"\1"), (r"(?<=.)e$", ""),
    (r"(?<=..)[tdspg]+$", ""), (r"ks$", ""), (r"9", "e"), (r"(.)\1+", r"\1"),
)  # fmt: skip


def forms(word: str) -> set[str]:
    """What the word may become with another ending: danseur and dansant for danser, jardinier for jardin."""
    shorter = {word.removesuffix(ending) for ending in DROPPED}
    stems = {word, word + word[-1]} | {stem for stem in shorter if len(stem) >= 3}
    return {stem + ending for stem in stems for ending in ENDINGS}


FRENCH = Wordlist(
    language="fr",
    sha256="e40f177c22bed8f010894b866a646aa85a4c906115e805b67af4874c962eefa8",
    sound=sound,
    forms=forms,
    families=FAMILIES,
    left_out={
        "sounds like another very common word": TWINS,
        "is really written with an accent or another sign": BARE,
        "is nothing to hand to a child": UNWANTED,
    },
    bad={
        "order": ["chat chat", "lune chat"],
        "letters": ["Chat", "tu", "fourmiliere", "café", "mp3"],
        "look": ["lapin sapin", "robe robes", "carton catron"],
        "sound": ["car quart", "seau sot", "danse dense", "coq coque", "pain pin", "poisson poison"],
        "longer": ["chant chanter"],
        "family": ["danser danseur", "jardin jardinier", "fermer fermeture"],
        "left out": ["verre", "gateau", "whisky"],
    },
)
