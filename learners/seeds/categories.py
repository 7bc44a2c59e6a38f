"""The topics of the Norwegian theory test for class B, in the forms that sentences need.

Eight topics and their weights are the specification's; the others are parts of one of them and weigh as much.
"""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Forms:
    """A topic in one language: after «om», after «repeter», and in a line about it."""

    bare: str
    definite: str
    description: str

    @property
    def label(self) -> str:
        """Return the bare form with a capital first letter and nothing else changed."""
        return self.bare[0].upper() + self.bare[1:]


@dataclass(frozen=True, slots=True, kw_only=True)
class CategorySeed:
    """A default topic."""

    code: str
    nb: Forms
    nn: Forms
    en: Forms
    weight: Decimal | None = None  # None: the parent's
    parent: str | None = None


CATEGORIES: tuple[CategorySeed, ...] = (
    CategorySeed(
        code="traffic_signs",
        weight=Decimal("1.00"),
        nb=Forms("trafikkskilt", "trafikkskiltene", "Hva skiltene betyr, og hva du skal gjøre når du ser dem."),
        nn=Forms("trafikkskilt", "trafikkskilta", "Kva skilta tyder, og kva du skal gjere når du ser dei."),
        en=Forms("traffic signs", "the traffic signs", "What the signs mean and what to do when you see them."),
    ),
    CategorySeed(
        code="traffic_rules",
        weight=Decimal("0.80"),
        nb=Forms("trafikkregler", "trafikkreglene", "Reglene som gjelder for alle som ferdes i trafikken."),
        nn=Forms("trafikkreglar", "trafikkreglane", "Reglane som gjeld for alle som ferdast i trafikken."),
        en=Forms("traffic rules", "the traffic rules", "The rules for everyone in traffic."),
    ),
    CategorySeed(
        code="dangerous_situations",
        weight=Decimal("1.30"),
        nb=Forms("farlige situasjoner", "de farlige situasjonene", "Se faren i tide og velg det trygge."),
        nn=Forms("farlege situasjonar", "dei farlege situasjonane", "Sjå faren i tide og vel det trygge."),
        en=Forms("hazards", "the hazards", "Notice danger in time and choose what is safe."),
    ),
    CategorySeed(
        code="vehicle_technology",
        weight=Decimal("0.90"),
        nb=Forms("kjøretøy og teknikk", "reglene om kjøretøyet", "Bilens utstyr, kontroll før kjøring og last."),
        nn=Forms("køyretøy og teknikk", "reglane om køyretøyet", "Utstyret i bilen, kontroll før køyring og last."),
        en=Forms("the vehicle", "the rules about the vehicle", "Equipment, checks before driving, and loads."),
    ),
    CategorySeed(
        code="road_markings",
        weight=Decimal("0.70"),
        nb=Forms("vegoppmerking", "vegoppmerkingen", "Hva linjer, piler og felt på vegen betyr."),
        nn=Forms("vegoppmerking", "vegoppmerkinga", "Kva linjer, piler og felt på vegen tyder."),
        en=Forms("road markings", "the road markings", "What lines, arrows and fields on the road mean."),
    ),
    CategorySeed(
        code="priority_rules",
        weight=Decimal("1.10"),
        nb=Forms("vikeplikt", "vikepliktreglene", "Hvem som skal vente, og hvem som kan kjøre."),
        nn=Forms("vikeplikt", "vikepliktreglane", "Kven som skal vente, og kven som kan køyre."),
        en=Forms("right of way", "the rules on right of way", "Who waits and who may go."),
    ),
    CategorySeed(
        code="parking_rules",
        weight=Decimal("0.60"),
        nb=Forms("stans og parkering", "parkeringsreglene", "Hvor du kan stanse, og hvor du kan parkere."),
        nn=Forms("stans og parkering", "parkeringsreglane", "Kvar du kan stanse, og kvar du kan parkere."),
        en=Forms("stopping and parking", "the parking rules", "Where you may stop and where you may park."),
    ),
    CategorySeed(
        code="environment_driving",
        weight=Decimal("0.50"),
        nb=Forms(
            "miljøvennlig kjøring", "rådene om miljøvennlig kjøring", "Kjør rolig, bruk lite energi og slipp ut mindre."
        ),
        nn=Forms(
            "miljøvennleg køyring", "råda om miljøvennleg køyring", "Køyr roleg, bruk lite energi og slepp ut mindre."
        ),
        en=Forms("eco-driving", "the advice on eco-driving", "Drive calmly, use little energy and emit less."),
    ),
    CategorySeed(
        code="speed",
        parent="traffic_rules",
        nb=Forms("fart og fartsgrenser", "fartsgrensene", "Hvor fort du kan kjøre, og når du bør kjøre saktere."),
        nn=Forms("fart og fartsgrenser", "fartsgrensene", "Kor fort du kan køyre, og når du bør køyre saktare."),
        en=Forms("speed and limits", "the speed limits", "How fast you may drive and when to go slower."),
    ),
    CategorySeed(
        code="positioning",
        parent="traffic_rules",
        nb=Forms(
            "plassering og feltvalg", "plasseringsreglene", "Hvor i vegen du skal ligge, og hvilket felt du velger."
        ),
        nn=Forms("plassering og feltval", "plasseringsreglane", "Kvar i vegen du skal liggje, og kva felt du vel."),
        en=Forms("positioning and lanes", "the positioning rules", "Where on the road to be and which lane to choose."),
    ),
    CategorySeed(
        code="overtaking",
        parent="traffic_rules",
        nb=Forms("forbikjøring", "reglene for forbikjøring", "Når du kan kjøre forbi, og når du skal la være."),
        nn=Forms("forbikøyring", "reglane for forbikøyring", "Når du kan køyre forbi, og når du skal la vere."),
        en=Forms("overtaking", "the overtaking rules", "When you may overtake and when not to."),
    ),
    CategorySeed(
        code="licence_law",
        parent="traffic_rules",
        nb=Forms("førerkort og øvelseskjøring", "førerkortreglene", "Krav til fører, førerkort og øvelseskjøring."),
        nn=Forms("førarkort og øvingskøyring", "førarkortreglane", "Krav til førar, førarkort og øvingskøyring."),
        en=Forms(
            "licence and practice", "the licence rules", "What is asked of drivers, licences and practice driving."
        ),
    ),
    CategorySeed(
        code="roundabouts",
        parent="priority_rules",
        nb=Forms("rundkjøring", "reglene i rundkjøring", "Vikeplikt, plassering og tegn i rundkjøring."),
        nn=Forms("rundkøyring", "reglane i rundkøyring", "Vikeplikt, plassering og teikn i rundkøyring."),
        en=Forms("roundabouts", "the roundabout rules", "Giving way, positioning and signaling in roundabouts."),
    ),
    CategorySeed(
        code="stopping_distance",
        parent="dangerous_situations",
        nb=Forms("stopplengde og avstand", "stopplengden", "Hvor langt bilen går før den står, og avstand til andre."),
        nn=Forms("stopplengd og avstand", "stopplengda", "Kor langt bilen går før han står, og avstand til andre."),
        en=Forms(
            "stopping distance", "the stopping distance", "How far the car goes before it stands, and keeping back."
        ),
    ),
    CategorySeed(
        code="vulnerable_users",
        parent="dangerous_situations",
        nb=Forms("gående og syklende", "reglene for gående og syklende", "Gi plass og tid til dem som går og sykler."),
        nn=Forms("gåande og syklande", "reglane for gåande og syklande", "Gje plass og tid til dei som går og syklar."),
        en=Forms(
            "pedestrians and cyclists",
            "the rules on pedestrians and cyclists",
            "Space and time for people on foot or bike.",
        ),
    ),
    CategorySeed(
        code="conditions",
        parent="dangerous_situations",
        nb=Forms(
            "føre, sikt og mørke", "rådene for vanskelig føre", "Kjøring på glatt føre, i mørke og i dårlig sikt."
        ),
        nn=Forms("føre, sikt og mørke", "råda for vanskeleg føre", "Køyring på glatt føre, i mørke og i dårleg sikt."),
        en=Forms(
            "road, visibility and darkness",
            "the advice for difficult roads",
            "Driving on ice, in the dark and in poor sight.",
        ),
    ),
    CategorySeed(
        code="impairment",
        parent="dangerous_situations",
        nb=Forms("rus og trøtthet", "reglene om rus og trøtthet", "Når du ikke skal kjøre, og hvorfor."),
        nn=Forms("rus og trøyttleik", "reglane om rus og trøyttleik", "Når du ikkje skal køyre, og kvifor."),
        en=Forms("impairment and fatigue", "the rules on impairment and fatigue", "When not to drive, and why."),
    ),
    CategorySeed(
        code="first_aid",
        parent="dangerous_situations",
        nb=Forms("trafikkuhell og førstehjelp", "førstehjelpen", "Sikre stedet, varsle og hjelp dem som trenger det."),
        nn=Forms("trafikkuhell og førstehjelp", "førstehjelpa", "Sikre staden, varsle og hjelp dei som treng det."),
        en=Forms("accidents and first aid", "first aid", "Secure the place, call for help and assist."),
    ),
)
