"""Names that English spells in its own way: places, peoples, institutions, people of the past."""

from __future__ import annotations

from collections.abc import Mapping

from passerelle.translate.lexicon.words import fold, stem

# French, then every English word that may stand for it.
_TEXT = """
afghanistan afghanistan afghan|afrique africa african|aix aix|albanie albania albanian|alger algiers
algerie algeria algerian|allemagne germany german|americain american americans us usa america u
americains american americans us usa america u|americaine american us usa u|alpes alps alpine
amerique america american americas us usa|andalousie andalusia|angleterre england english
antilles antilles west caribbean|anvers antwerp|arabie arabia saudi|ardennes ardennes
argentine argentina argentine argentinian|armenie armenia|asie asia asian|athenes athens athenian
atlantique atlantic|australie australia australian|autriche austria austrian|bale basel|baltique baltic
barcelone barcelona|basque basque|baviere bavaria bavarian|belgique belgium belgian|belgrade belgrade|berne bern
bolivie bolivia|bosnie bosnia|bourgogne burgundy|bresil brazil brazilian|bretagne brittany britain
britannique british|brexit brexit|bruges bruges|bruxelles brussels|bucarest bucharest|bulgarie bulgaria|caire cairo
californie california californian|cambodge cambodia|cameroun cameroon|canaries canary|caraibes caribbean
carthagene cartagena|catalogne catalonia catalan|caucase caucasus|chili chile chilean|chine china chinese
chypre cyprus|cologne cologne|colombie colombia|colombie-britannique british|copenhague copenhagen
coree korea korean|corse corsica corsican|cracovie krakow cracow|crete crete|crimee crimea crimean|croatie croatia
cuba cuba cuban|damas damascus|danemark denmark danish|danube danube|douvres dover|dresde dresden|dublin dublin
ecosse scotland scottish|edimbourg edinburgh|egypte egypt egyptian|elysee elysee palace president
emirats emirates uae|equateur ecuador equator|erythree eritrea|espagne spain spanish|estonie estonia
etats states us usa u american america federal|etats-unis states us usa u american america|ethiopie ethiopia
europe europe european eu|finlande finland finnish|flandre flanders|flandres flanders|florence florence
floride florida|france france french|francfort frankfurt|gand ghent|gaule gaul|galles wales welsh|gaza gaza
genes genoa|geneve geneva|georgie georgia georgian|grece greece greek|grenade grenada granada|groenland greenland
guinee guinea|guyane guiana guyana|haye hague|haiti haiti haitian|hambourg hamburg|hanovre hanover|havane havana
hollande holland dutch netherlands|hongrie hungary hungarian|inde india indian|indes indies|indonesie indonesia
irak iraq iraqi|iran iran iranian|irlande ireland irish|islande iceland|islam islam islamic|israel israel israeli
italie italy italian|jamaique jamaica|japon japan japanese|jerusalem jerusalem|jordanie jordan|jourdain jordan
kiev kyiv kiev|kosovo kosovo|koweit kuwait|lettonie latvia|liban lebanon lebanese|liberia liberia|libye libya libyan
lisbonne lisbon|lituanie lithuania|londres london|londonien london londoner|lorraine lorraine|louisiane louisiana
louvain leuven|lucerne lucerne|luxembourg luxembourg|lyon lyon lyons|macedoine macedonia|maghreb maghreb north
malaisie malaysia|malte malta|manche channel|maroc morocco moroccan|marseille marseille marseilles
maurice mauritius maurice|mauritanie mauritania|mayence mainz|mecque mecca|mediterranee mediterranean|mexico mexico
mexique mexico mexican|milan milan|moldavie moldova|monaco monaco|mongolie mongolia|montenegro montenegro
moscou moscow|moscovite moscow muscovite|moyen-orient middle|munich munich|namibie namibia|naples naples
neerlandais dutch|nil nile|norvege norway norwegian|nouvelle-orleans orleans|nouvelle-zelande zealand
zelande zealand|occident west western|oceanie oceania|ouganda uganda|ouzbekistan uzbekistan|pacifique pacific
palestine palestine palestinian|pays-bas netherlands dutch holland|pekin beijing peking|perou peru
perse persia persian|philippines philippines|pologne poland polish|polynesie polynesia|portugal portugal portuguese
prague prague|prusse prussia|pyrenees pyrenees|quebec quebec quebecois|ratisbonne regensburg|rhin rhine|rhone rhone
rome rome roman|roumanie romania|russie russia russian|royaume-uni kingdom uk britain british|saigon saigon
salonique thessaloniki|salzbourg salzburg|saoudite saudi|sarajevo sarajevo|sardaigne sardinia|sarre saarland
savoie savoy|saxe saxony|scandinavie scandinavia|seine seine|senegal senegal|seoul seoul|serbie serbia
siberie siberia|sicile sicily|singapour singapore|slovaquie slovakia|slovenie slovenia|somalie somalia|soudan sudan
strasbourg strasbourg|suede sweden swedish|suisse switzerland swiss|syrie syria syrian|tadjikistan tajikistan
tamise thames|tanzanie tanzania|taiwan taiwan|tchad chad|tchequie czechia czech|tchetchenie chechnya|tcheque czech
tchecoslovaquie czechoslovakia|terre earth|texas texas|thailande thailand|tokyo tokyo|toscane tuscany
trinite trinity|tunis tunis|tunisie tunisia tunisian|turin turin|turquie turkey turkish|ukraine ukraine ukrainian
union union eu au u|valence valencia valence|varsovie warsaw|vatican vatican|venetie veneto|venezuela venezuela
venise venice|versailles versailles|vesuve vesuvius|vienne vienna|vietnam vietnam|virginie virginia|vosges vosges
yemen yemen|zambie zambia|zimbabwe zimbabwe|nations nations un|onu un united|otan nato|ue eu european union|oms who
omc wto|fmi imf|bce ecb|pib gdp|adn dna|arn rna|sida aids|vih hiv|ovni ufo|urss ussr soviet union|rda gdr ddr east
rfa frg west germany|tva vat|pdg ceo|ong ngo|ocde oecd|unesco unesco|opep opec|ogm gmo gm|irm mri|cpi icc|cia cia
cee eec|rdc drc congo|rca car|eau uae|alexandre alexander|aristote aristotle|auguste augustus|bible bible
bouddha buddha|cesar caesar|charles charles|christ christ|cleopatre cleopatra|colomb columbus|confucius confucius
coran quran koran|dieu god|elisabeth elizabeth|francois francis francois|gengis genghis|georges george
gorbatchev gorbachev|guillaume william|henri henry|hitler hitler|homere homer|jacques james jacques|jean john jean
jean-paul john|jesus jesus|jules julius jules|lenine lenin|louis louis|luther luther|mahomet muhammad mohammed
marie mary marie|marx marx|michel-ange michelangelo|mohammed muhammad mohammed|moise moses|neron nero|noel christmas
noe noah|paques easter|paul paul|philippe philip philippe|pierre peter pierre|platon plato|poutine putin
pythagore pythagoras|raphael raphael|saint st saint|sainte st saint|salomon solomon|socrate socrates|staline stalin
trotski trotsky|tite-live livy|toussaint saints halloween|ulysse ulysses odysseus|virgile virgil|zeus zeus
jupiter jupiter|mercure mercury|neptune neptune|saturne saturn|uranus uranus|venus venus|mars mars march
pluton pluto|lune moon|soleil sun
"""
EXONYMS: Mapping[str, frozenset[str]] = {
    fold(words[0]): frozenset(stem(word) for word in words[1:])
    for words in (entry.split() for entry in _TEXT.replace("\n", "|").split("|"))
    if words
}
