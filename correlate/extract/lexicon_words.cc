#include "correlate/extract/lexicon.h"

// Our own words of time: what CLDR does not have. One line: languages, role ("?" behind it: never
// stands alone), value, the forms. "*" behind a form: every word that begins so.

namespace correlate::extraction {
namespace {

constexpr std::string_view kEnglish = R"(
en NUM 1: a | an | one | a full | a whole | another
en NUM 2: a couple of | couple of | a pair of
en NUM 12: a dozen | dozen
en NUM 10: ten
en NUM 0.5: half a | half an | half of a | a half
en NUM 1000: a thousand
en VAGUE 0: several | a few | few | some few | many | a number of | a handful of | dozens of | hundreds of | scores of | a matter of | multiple | countless
en HALF 0: half
en PLUS 0.5: and a half | and one half | and-a-half
en PLUS 0.25: and a quarter
en PLUS 0.75: and three quarters
en COUNTED H,0.5: half-hour | half hour | half an hour
en COUNTED D,0.5: half-day | half day
en COUNTED H,0.25: quarter of an hour | quarter hour | quarter-hour
en COUNTED H,0.75: three quarters of an hour
en UNIT S: secs
en UNIT? S: sec | s
en UNIT MI: mins
en UNIT? MI: min | m
en UNIT H: hrs
en UNIT? H: hr | h
en UNIT? Y: yr | yrs | y
en UNIT? MO: mo | mos
en UNIT? D: d
en UNIT? W: w | wk | wks
en UNIT? Q: qtr
en UNIT WE: weekend | weekends
en UNIT FN: fortnight | fortnights
en UNIT DE: decade | decades
en UNIT C: century | centuries
en UNIT Q: quarter | quarters
en COUNTED D,1: 24-hour period
en MOD MORE_THAN: more than | over | just over | a little over | slightly more than | slightly over | longer than | in excess of | upwards of | well over | just more than | a little more than | better than | some more than | upward of | beyond
en MOD LESS_THAN: nearly | almost | less than | under | just under | close to | just shy of | not quite | fewer than | well under | a little less than | slightly less than | a little under | shy of | a bit less than | slightly under | little less than
en MOD EQUAL_OR_MORE: at least | no less than | not less than | a minimum of | as long as | as much as
en MOD EQUAL_OR_LESS: up to | at most | no more than | not more than | a maximum of | at the most | within | no longer than
en MOD APPROX: about | around | roughly | approximately | some | circa | approx | approx. | an estimated | or so | give or take | something like | somewhere around | in about | ~ | more or less | in the region of
en MODAFTER MORE_THAN: and change | or more | plus | and counting | and then some
en MODAFTER APPROX: or so | or thereabouts | give or take
en MODAFTER EQUAL_OR_LESS: or less | at most
en MODAFTER EQUAL_OR_MORE: at least | at minimum
en PHASE START: the first week of | the first days of | the first half of | the first weeks of | the first months of | early | earlier | the beginning of | beginning of | the start of | start of | the early part of | very early | the first days of | early in | the opening of
en PHASE END: the last week of | the final week of | the last days of | the final days of | the second half of | the last weeks of | the last months of | the latter half of | late | later | the end of | end of | the close of | very late | the last days of | the tail end of | late in
en PHASE MID: mid | mid- | the middle of | middle of | midway through
en THIS 0: this | the current | current | the present
en LAST 0: last | past | the last | the past | this past | previous | the previous | preceding | the preceding | prior
en NEXT 0: next | the next | coming | the coming | upcoming | following | the following | this coming
en THAT 0: that | the same | same | that same | that very
en AGO 0: ago | back
en HENCE 0: from now | hence | in the future
en LATER 0: later | afterwards | afterward | after that
en EARLIER 0: earlier | before that | previously
en AM 0: a.m. | am | a.m | AM | a. m.
en AM 12: p.m. | pm | p.m | PM | p. m.
en CLOCK 0: o'clock | o’clock | oclock | h
en AT 0: at | from | about | around | by | until | since | before | after | just before | just after | shortly before | shortly after
en OF 0: of | the | on
en TO 0: to | until | till | through | - | – | and
en NOON 12: noon | midday | mid-day | noontime | high noon
en NOON 0: midnight
en PART MO: early morning hours | the early morning hours | morning hours | early morning | morning | mornings | dawn | daybreak | sunrise | early hours | predawn | pre-dawn | breakfast time
en PART MI: lunchtime | lunch time | midday
en PART AF: afternoon | afternoons
en PART EV: evening hours | early evening | evening | evenings | dusk | sunset | nightfall
en PART NI: night | nights | night-time | nighttime | overnight | small hours | wee hours | the small hours | the wee hours
en PART? DT: daytime
en DAY 0: today | this day
en DAY -1: yesterday
en DAY 1: tomorrow
en DAY -2: the day before yesterday
en DAY 2: the day after tomorrow
en DAYPART NI,0: tonight | tonite
en DAYPART NI,-1: last night | yesterday night
en DAYPART EV,-1: last evening
en SEASON SP: spring | springtime
en SEASON SU: summer | summertime
en SEASON FA: autumn
en SEASON? FA: fall
en SEASON WI: winter | wintertime
en EVERY 0: every | each | per
en SET D: daily | day after day
en SET W: weekly
en SET MO: monthly
en SET Y: yearly | annually | annual
en SET H: hourly
en SET Q: quarterly
en SET NI: nightly
en REF PRESENT: now | currently | at present | at the moment | right now | nowadays | these days | at this time | presently | present day | the present | the present day | for the time being
en REF PAST: recently | lately | in the past | in recent times | formerly | once upon a time
en REF FUTURE: in the future | the future | in future
en REF PAST: recent | the distant past | the recent past | moments later | at the time | at that time | ages ago | just now
en REF PRESENT: modern day | modern-day | present-day | as of now | at this moment | at this point in time | the moment | at the minute
en REF FUTURE: the near term | the short term | the long term | near term | short term | long term | as soon as possible | asap | a later date | the near future | the foreseeable future | the coming future
en REF? PRESENT: already | yet | current | the latest period | this crucial moment
en REF? PAST: once | earlier | past | previously
en REF? FUTURE: future | soon | from time to time | later
en HOLIDAY 1225: christmas | christmas day | xmas
en HOLIDAY 1224: christmas eve
en HOLIDAY 1226: boxing day
en HOLIDAY 101: new year's day | new year’s day | new years day
en HOLIDAY 1231: new year's eve | new year’s eve | new years eve
en HOLIDAY 704: independence day | fourth of july
en HOLIDAY 1031: halloween
en HOLIDAY 214: valentine's day | valentines day | valentine’s day
en HOLIDAY 501: may day
en HOLIDAY 401: april fools' day | april fool's day
en HOLIDAY 317: st. patrick's day | st patrick's day
en QUARTER? 1: q1 | first quarter | the first quarter | 1st quarter | first qtr | 1st qtr | the 1st qtr | first-quarter
en QUARTER? 2: q2 | second quarter | the second quarter | 2nd quarter | second qtr | 2nd qtr | the 2nd qtr | second-quarter
en QUARTER? 3: q3 | third quarter | the third quarter | 3rd quarter | third qtr | 3rd qtr | the 3rd qtr | third-quarter
en QUARTER? 4: q4 | fourth quarter | the fourth quarter | 4th quarter | fourth qtr | 4th qtr | the 4th qtr | fourth-quarter | the final quarter
en ORD 1: first
en WDAY? 2: tues | tue
en WDAY? 4: thurs | thur | thu
en MONTH? 9: sept
)";

constexpr std::string_view kGermanic = R"(
de NUM 1: ein | eine | einen | einem | einer | eines
de NUM 2: zwei | ein paar
de NUM 1.5: eineinhalb | anderthalb | einundeinhalb
de NUM 2.5: zweieinhalb
de NUM 3.5: dreieinhalb
de NUM 4.5: viereinhalb
de NUM 5.5: fünfeinhalb
de NUM 6.5: sechseinhalb
de NUM 9.5: neuneinhalb
de COUNTED H,0.5: halbe Stunde | halben Stunde | halbstündig* | eine halbe Stunde | einer halben Stunde
de COUNTED H,0.25: Viertelstunde
de COUNTED H,0.75: Dreiviertelstunde
de COUNTED D,0.5: halben Tag | halber Tag | einen halben Tag
de VAGUE 0: mehrere | mehreren | einige | einigen | wenige | wenigen | etliche | viele | vielen | ein paar
de UNIT D: tägig* | Tages
de UNIT H: stündig* | Std | Std.
de UNIT MI: minütig* | Min
de UNIT W: wöchig*
de UNIT MO: monatig* | Monats
de UNIT Y: jährig* | Jahres
de UNIT WE: Wochenende | Wochenenden | Wochenendes
de UNIT DE: Jahrzehnt*
de UNIT C: Jahrhundert*
de UNIT Q: Quartal*
de MOD MORE_THAN: mehr als | über | gut | länger als | etwas mehr als
de MOD LESS_THAN: fast | knapp | beinahe | weniger als | nahezu | unter | kürzer als
de MOD EQUAL_OR_MORE: mindestens | wenigstens
de MOD EQUAL_OR_LESS: höchstens | bis zu | maximal | binnen
de MOD APPROX: etwa | rund | ungefähr | circa | ca. | ca | gegen | um die | zirka | in etwa
de PHASE START: Anfang | früh am | am frühen | frühen | zu Beginn des
de PHASE MID: Mitte
de PHASE END: Ende | spät am | am späten | späten
de THIS 0: dieser | diese | dieses | diesen | diesem | heutigen
de LAST 0: letzte | letzter | letztes | letzten | letztem | vergangene | vergangenen | vergangener | vergangenes | vorige | vorigen | voriges | vorheriger
de NEXT 0: nächste | nächster | nächstes | nächsten | nächstem | kommende | kommenden | kommendes | kommender
de THAT 0: jenem | jener | selben | gleichen
de AGO 0: vor
de HENCE 0: in
de LATER 0: später | danach
de EARLIER 0: zuvor | früher
de AM 0: vormittags | morgens | früh
de AM 12: nachmittags | abends
de CLOCK 0: Uhr | h
de AT 0: um | gegen | ab | seit | bis | kurz vor | kurz nach | von
de OF 0: den | dem | der | am | im | des | vom | zum
de TO 0: bis | und | -
de NOON 12: Mittag
de NOON 0: Mitternacht
de PART MO: Morgen | Vormittag | morgens | vormittags | früh | Früh | Morgengrauen
de PART MI: Mittag | mittags
de PART AF: Nachmittag | nachmittags
de PART EV: Abend | abends
de PART NI: Nacht | nachts
de DAY 1: morgen
de DAYPART MO,0: heute früh | heute Morgen | heute Vormittag
de DAYPART NI,0: heute Nacht
de DAYPART EV,0: heute Abend
de DAYPART EV,-1: gestern Abend
de SEASON SP: Frühling | Frühjahr
de SEASON SU: Sommer
de SEASON FA: Herbst
de SEASON WI: Winter
de EVERY 0: jeden | jede | jedes | jeder | pro
de SET D: täglich
de SET W: wöchentlich
de SET MO: monatlich
de SET Y: jährlich
de REF PRESENT: jetzt | derzeit | momentan | gerade | aktuell
de REF PAST: kürzlich | neulich
de HOLIDAY 1225: Weihnachten
de HOLIDAY 1224: Heiligabend
de HOLIDAY 1231: Silvester
de HOLIDAY 101: Neujahr
de MODAFTER NONE: lang
nl NUM 1: een | één
nl NUM 1.5: anderhalf | anderhalve
nl COUNTED H,0.5: half uur | een half uur | halfuur
nl COUNTED H,0.25: kwartier
nl VAGUE 0: enkele | meerdere | een paar | verschillende | aantal
nl UNIT WE: weekend | weekeinde
nl UNIT H: uur | uren
nl MOD MORE_THAN: meer dan | ruim | langer dan
nl MOD LESS_THAN: bijna | minder dan | krap | net geen
nl MOD EQUAL_OR_MORE: minstens | ten minste | minimaal
nl MOD EQUAL_OR_LESS: hoogstens | maximaal | binnen
nl MOD APPROX: ongeveer | circa | zo'n | rond | omstreeks | rond de | tegen
nl PHASE START: begin | vroeg op | begin van
nl PHASE MID: midden | medio
nl PHASE END: eind | einde | laat op
nl THIS 0: deze | dit | huidige
nl LAST 0: vorige | afgelopen | vorig | laatste | verleden
nl NEXT 0: volgende | komende | aanstaande | volgend | aankomende
nl THAT 0: die | dezelfde
nl AGO 0: geleden
nl HENCE 0: over | vanaf nu
nl LATER 0: later
nl EARLIER 0: eerder
nl AM 0: 's ochtends | 's morgens
nl AM 12: 's middags | 's avonds
nl CLOCK 0: uur | u | h
nl AT 0: om | rond | sinds | vanaf | tegen
nl OF 0: de | van | het | op
nl TO 0: tot | en
nl NOON 12: 's middags | middaguur
nl NOON 0: middernacht
nl PART MO: ochtend | morgen | voormiddag | 's ochtends | 's morgens
nl PART AF: middag | namiddag
nl PART EV: avond | 's avonds
nl PART NI: nacht | 's nachts
nl DAY 1: morgen
nl DAYPART NI,0: vannacht
nl DAYPART EV,0: vanavond
nl DAYPART MO,0: vanochtend | vanmorgen
nl DAYPART AF,0: vanmiddag
nl SEASON SP: lente | voorjaar
nl SEASON SU: zomer
nl SEASON FA: herfst | najaar
nl SEASON WI: winter
nl EVERY 0: elke | iedere | elk | per
nl SET D: dagelijks
nl SET W: wekelijks
nl REF PRESENT: nu | momenteel | op dit moment
sv,da,nb NUM 1: en | ett | et | én
sv,da,nb UNIT WE: helgen | helg | weekend | weekenden | helga
sv VAGUE 0: flera | några | ett par
da,nb VAGUE 0: flere | nogle | noen | et par
sv MOD MORE_THAN: mer än | över
sv MOD LESS_THAN: nästan | mindre än | knappt
sv MOD APPROX: ungefär | cirka | omkring | runt | ca
sv MOD EQUAL_OR_MORE: minst
da MOD MORE_THAN: mere end | over | godt
da MOD LESS_THAN: næsten | mindre end | knap | under
da MOD APPROX: cirka | omkring | omtrent | ca. | ca
nb MOD MORE_THAN: mer enn | over | drøyt
nb MOD LESS_THAN: nesten | mindre enn | knapt
nb MOD APPROX: omtrent | rundt | cirka | ca. | ca
da,nb MOD EQUAL_OR_MORE: mindst | minst
sv THIS 0: denna | detta | den här | i
da,nb THIS 0: denne | dette | i
sv LAST 0: förra | senaste | i förra | föregående | sista
da,nb LAST 0: sidste | forrige | siste | seneste | sist
sv NEXT 0: nästa | kommande
da,nb NEXT 0: næste | neste | kommende
sv AGO 0: sedan | för
da AGO 0: siden | for
nb AGO 0: siden | for
sv,da,nb HENCE 0: om | in
sv,da,nb LATER 0: senare | senere
sv,da,nb AT 0: klockan | kl. | kl | klokken | klokka | klokken
sv,da,nb OF 0: den | av | af | i | på | om
sv,da,nb PART MO: morgonen | morgon | förmiddag | förmiddagen | morgen | morgenen | formiddag | formiddagen | i morse | om morgenen | om morgonen
sv,da,nb PART AF: eftermiddag | eftermiddagen | ettermiddag | ettermiddagen | eftermiddagen
sv,da,nb PART EV: kväll | kvällen | aften | aftenen | kveld | kvelden
sv,da,nb PART NI: natt | natten | nat
sv DAYPART EV,0: i kväll | ikväll
sv DAYPART MO,0: i morse | imorse
sv DAYPART NI,0: i natt
da DAYPART EV,0: i aften
nb DAYPART EV,0: i kveld
nb,da DAYPART NI,0: i nat | i natt
sv DAY 0: idag
sv DAY -1: igår
sv DAY 1: imorgon
sv,da,nb NOON 0: midnatt | midnat
sv,da,nb NOON 12: middag
sv,da,nb SEASON SU: sommaren | sommar | sommer | sommeren
sv,da,nb SEASON WI: vinter | vintern | vinteren
sv,da,nb SEASON SP: vår | våren | forår | foråret
sv,da,nb SEASON FA: höst | hösten | efterår | efteråret | høst | høsten
sv,da,nb EVERY 0: varje | hver | hvert
sv,da,nb REF PRESENT: nu | nå
)";

constexpr std::string_view kRomance = R"(
fr NUM 1: un | une | d'un | d'une
fr NUM 10: une dizaine de | une dizaine d'
fr NUM 15: une quinzaine de
fr NUM 20: une vingtaine de
fr NUM 24: vingt-quatre
fr NUM 48: quarante-huit
fr COUNTED H,0.5: demi-heure | une demi-heure
fr COUNTED D,0.5: demi-journée | une demi-journée
fr COUNTED H,0.25: quart d'heure | un quart d'heure
fr PLUS 0.5: et demie | et demi
fr PLUS 0.25: et quart
fr VAGUE 0: plusieurs | quelques | de nombreuses | de nombreux
fr UNIT D: journée | journées
fr UNIT Y: année | années
fr UNIT WE: week-end | weekend | week-ends
fr UNIT DE: décennie | décennies
fr UNIT C: siècle | siècles
fr UNIT Q: trimestre
fr UNIT? MI: min | mn
fr UNIT? H: h
fr MOD MORE_THAN: plus de | plus d' | un peu plus de | un peu plus d'
fr MOD LESS_THAN: près de | près d' | presque | moins de | moins d' | à peine | quasiment | un peu moins de
fr MOD EQUAL_OR_MORE: au moins
fr MOD EQUAL_OR_LESS: au plus | jusqu'à | tout au plus
fr MOD APPROX: environ | autour de | quelque | vers | à peu près | aux environs de | aux alentours de
fr MODAFTER APPROX: environ
fr PHASE START: début | au début de | tôt
fr PHASE MID: mi- | mi | à la mi-
fr PHASE END: fin | à la fin de | tard
fr THIS 0: ce | cet | cette | en ce
fr LAST 0: dernier | dernière | derniers | dernières | passé | passée | précédent | précédente | écoulé
fr NEXT 0: prochain | prochaine | prochains | prochaines | suivant | suivante
fr THAT 0: même
fr AGO 0: il y a | voilà | voici | y a
fr HENCE 0: dans | d'ici
fr LATER 0: plus tard | après
fr EARLIER 0: plus tôt | auparavant | avant
fr AM 0: du matin
fr AM 12: du soir | de l'après-midi
fr CLOCK 0: h | heures | heure
fr AT 0: à | vers | dès | depuis | jusqu'à | a
fr OF 0: le | la | du | de | l' | les | des | au
fr TO 0: à | au | et | jusqu'au
fr NOON 12: midi
fr NOON 0: minuit
fr PART MO: matin | matinée | dans la matinée | au matin | l'aube
fr PART MI: midi
fr PART AF: après-midi | aprem | aprèm
fr PART EV: soir | soirée
fr PART NI: nuit
fr DAYPART NI,0: cette nuit
fr DAYPART EV,-1: hier soir
fr SEASON SP: printemps
fr SEASON SU: été
fr SEASON FA: automne
fr SEASON WI: hiver
fr EVERY 0: chaque | tous les | toutes les | par
fr REF PRESENT: maintenant | actuellement | en ce moment | désormais | tout de suite
fr REF PAST: récemment
fr HOLIDAY 1225: noël | noel
fr HOLIDAY 101: nouvel an | jour de l'an
fr HOLIDAY 714: 14 juillet
fr SET D: quotidiennement
es NUM 1: un | una | uno
es NUM 2: un par de
es COUNTED H,0.5: media hora
es COUNTED D,0.5: medio día | media jornada
es PLUS 0.5: y media | y medio
es PLUS 0.25: y cuarto
es VAGUE 0: varias | varios | algunas | algunos | unos pocos | unas pocas | pocos | pocas | muchos | muchas
es UNIT WE: fin de semana | fines de semana
es UNIT DE: década | décadas | decenio
es UNIT C: siglo | siglos
es UNIT Q: trimestre | trimestres
es UNIT D: jornada | jornadas
es UNIT FN: quincena
es MOD MORE_THAN: más de | algo más de | poco más de
es MOD LESS_THAN: casi | menos de | cerca de | apenas | poco menos de
es MOD EQUAL_OR_MORE: al menos | por lo menos | como mínimo
es MOD EQUAL_OR_LESS: hasta | como máximo | a lo sumo
es MOD APPROX: unas | unos | alrededor de | aproximadamente | en torno a | hacia | sobre | a eso de
es PHASE START: principios de | a principios de | comienzos de | inicios de | inicio de | primeros de
es PHASE MID: mediados de | a mediados de
es PHASE END: finales de | a finales de | fines de | fin de | final de
es THIS 0: este | esta | estos | estas | el presente | el actual
es LAST 0: pasado | pasada | pasados | pasadas | último | última | últimos | últimas | anterior
es NEXT 0: próximo | próxima | próximos | próximas | siguiente | siguientes | que viene | entrante
es THAT 0: ese | esa | aquel | aquella | mismo | misma
es AGO 0: hace | atrás
es HENCE 0: dentro de | en
es LATER 0: después | más tarde
es EARLIER 0: antes
es AM 0: de la mañana | de la madrugada | a.m. | am
es AM 12: de la tarde | de la noche | p.m. | pm
es CLOCK 0: horas | h | hrs
es AT 0: a las | a la | las | hacia las | sobre las | desde las | a eso de las | la
es OF 0: de | del | el | la | los | las | por la | por el | en la | en el | a la
es TO 0: a | al | hasta | y
es NOON 12: mediodía
es NOON 0: medianoche
es PART MO: mañana | madrugada
es PART MI: mediodía
es PART AF: tarde
es PART EV: anochecer
es PART NI: noche
es DAY 1: mañana
es DAY 2: pasado mañana
es DAYPART NI,-1: anoche
es DAYPART NI,0: esta noche
es SEASON SP: primavera
es SEASON SU: verano
es SEASON FA: otoño
es SEASON WI: invierno
es EVERY 0: cada | todos los | todas las | por
es SET D: diario | diaria | diarios | diarias | diariamente
es SET W: semanal | semanales | semanalmente
es SET MO: mensual | mensuales | mensualmente
es SET Y: anual | anuales | anualmente
es REF PRESENT: ahora | actualmente | en este momento | hoy en día | actual | actuales | la actualidad
es REF PAST: recientemente | reciente | recientes | el pasado
es REF FUTURE: el futuro | futuro
es HOLIDAY 1225: navidad
es HOLIDAY 1224: nochebuena
es HOLIDAY 1231: nochevieja
es HOLIDAY 101: año nuevo
ca NUM 1: un | una
ca PART MO: matí | matinada
ca PART AF: tarda
ca PART EV: vespre
ca PART NI: nit
ca LAST 0: passat | passada | últim | última | últims | últimes | anterior
ca NEXT 0: vinent | que ve | pròxim | pròxima | propers | properes
ca THIS 0: aquest | aquesta | aquests | aquestes
ca AT 0: a les | les | a la
ca OF 0: de | del | el | la | d' | l'
ca AGO 0: fa
ca HENCE 0: d'aquí a | en
ca COUNTED H,0.5: mitja hora
ca PLUS 0.5: i mitja | i mig
ca NOON 12: migdia
ca NOON 0: mitjanit
ca UNIT WE: cap de setmana
ca MOD MORE_THAN: més de
ca MOD LESS_THAN: menys de | gairebé
ca MOD APPROX: aproximadament | prop de | uns | unes
ca AM 0: del matí
ca AM 12: de la tarda | del vespre | de la nit
ca REF PRESENT: ara
ca SEASON SU: estiu
ca SEASON WI: hivern
pt NUM 1: um | uma
pt NUM 2: um par de
pt COUNTED H,0.5: meia hora
pt COUNTED D,0.5: meio dia
pt PLUS 0.5: e meia | e meio
pt PLUS 0.25: e um quarto
pt VAGUE 0: várias | vários | algumas | alguns | poucas | poucos | umas | muitas | muitos
pt UNIT WE: fim de semana | fim-de-semana | final de semana
pt UNIT DE: década | décadas
pt UNIT C: século | séculos
pt UNIT Q: trimestre
pt MOD MORE_THAN: mais de
pt MOD LESS_THAN: quase | menos de | perto de
pt MOD EQUAL_OR_MORE: pelo menos | ao menos | no mínimo
pt MOD EQUAL_OR_LESS: até | no máximo
pt MOD APPROX: cerca de | aproximadamente | por volta de | uns | umas | em torno de | por volta das
pt PHASE START: início de | começo de | princípio de | início do | no início de
pt PHASE MID: meados de
pt PHASE END: fim de | final de | finais de | final do
pt THIS 0: este | esta | neste | nesta | desta | deste | esse | nessa
pt LAST 0: passado | passada | último | última | últimos | últimas | anterior
pt NEXT 0: próximo | próxima | próximos | próximas | seguinte | que vem | na próxima
pt THAT 0: mesmo | mesma | aquele | aquela | naquela
pt AGO 0: há | atrás
pt HENCE 0: daqui a | em | dentro de
pt LATER 0: depois | mais tarde
pt EARLIER 0: antes
pt AM 0: da manhã | da madrugada
pt AM 12: da tarde | da noite
pt CLOCK 0: h | horas
pt AT 0: às | as | à | a | pelas | desde as | desde às | por volta das
pt OF 0: de | do | da | no | na | dos | o | a | à | ao | pela
pt TO 0: a | às | até | e | ao
pt NOON 12: meio-dia | meio dia
pt NOON 0: meia-noite | meia noite
pt PART MO: manhã | madrugada
pt PART AF: tarde
pt PART EV: fim da tarde
pt PART NI: noite
pt DAYPART NI,0: esta noite | hoje à noite
pt WDAY 1: segunda-feira | segunda feira
pt WDAY 2: terça-feira | terça feira
pt WDAY 3: quarta-feira | quarta feira
pt WDAY 4: quinta-feira | quinta feira
pt WDAY 5: sexta-feira | sexta feira
pt WDAY? 2: terça
pt WDAY? 5: sexta
pt SEASON SP: primavera
pt SEASON SU: verão
pt SEASON FA: outono
pt SEASON WI: inverno
pt EVERY 0: cada | todos os | todas as | por
pt SET D: diariamente
pt REF PRESENT: agora | atualmente | neste momento | já
pt REF PAST: recentemente
pt HOLIDAY 1225: natal
pt HOLIDAY 101: ano novo
it NUM 1: un | una | uno | un'
it NUM 2: un paio di | un paio d'
it NUM 10: una decina di
it COUNTED H,0.5: mezz'ora | mezzora | mezza ora
it COUNTED D,0.5: mezza giornata
it COUNTED H,0.25: quarto d'ora
it PLUS 0.5: e mezza | e mezzo
it PLUS 0.25: e un quarto
it VAGUE 0: diverse | diversi | alcune | alcuni | qualche | poche | pochi | parecchi | parecchie
it UNIT WE: fine settimana | weekend | week end
it UNIT D: giornata | giornate
it UNIT DE: decennio | decenni
it UNIT C: secolo | secoli
it UNIT Q: trimestre
it MOD MORE_THAN: più di | oltre | poco più di
it MOD LESS_THAN: quasi | meno di | poco meno di
it MOD EQUAL_OR_MORE: almeno
it MOD EQUAL_OR_LESS: fino a | al massimo | entro
it MOD APPROX: circa | intorno a | verso | all'incirca | attorno a | verso le | intorno alle
it MODAFTER APPROX: circa
it PHASE START: inizio | l'inizio di | inizi di | primi di
it PHASE MID: metà
it PHASE END: fine | fine di | la fine di
it THIS 0: questo | questa | questi | queste | quest'
it LAST 0: scorso | scorsa | scorsi | scorse | ultimo | ultima | ultimi | ultime | passato | passata | precedente
it NEXT 0: prossimo | prossima | prossimi | prossime | seguente | successivo | che viene
it THAT 0: stesso | stessa | quel | quella
it AGO 0: fa | or sono
it HENCE 0: tra | fra | in
it LATER 0: dopo | più tardi
it EARLIER 0: prima
it AM 0: di mattina | del mattino | di notte
it AM 12: di pomeriggio | del pomeriggio | di sera | della sera
it CLOCK 0: h
it AT 0: alle | all' | dalle | verso le | ore | alle ore | le | intorno alle | per le | alle ore
it OF 0: di | del | il | la | lo | l' | i | le | della | dell' | dal | al
it TO 0: a | al | alle | fino a | e
it NOON 12: mezzogiorno
it NOON 0: mezzanotte
it PART MO: mattina | mattino | mattinata | stamattina | stamani
it PART AF: pomeriggio
it PART EV: sera | serata
it PART NI: notte
it DAYPART MO,0: stamattina | stamani | stamane
it DAYPART EV,0: stasera
it DAYPART NI,0: stanotte
it SEASON SP: primavera
it SEASON SU: estate
it SEASON FA: autunno
it SEASON WI: inverno
it EVERY 0: ogni | tutti i | tutte le
it REF PRESENT: adesso | ora | attualmente | in questo momento | subito
it REF PAST: recentemente
it HOLIDAY 1225: natale
it HOLIDAY 1226: santo stefano
it HOLIDAY 1231: san silvestro
it HOLIDAY 815: ferragosto
it HOLIDAY 101: capodanno
ro NUM 1: un | o
ro LAST 0: trecut | trecută | trecuta | ultimele | ultima | ultimul
ro NEXT 0: viitor | viitoare | următoarea | următorul | urmatoare
ro THIS 0: această | acest | aceasta
ro AT 0: la ora | ora | la
ro MOD MORE_THAN: mai mult de | peste | mai bine de
ro MOD LESS_THAN: aproape | mai puțin de | aproape de
ro MOD APPROX: aproximativ | circa | în jur de | cam
ro OF 0: de | din | a | al | pe
ro PART MO: dimineață | dimineata | dimineața
ro PART AF: după-amiază | dupa-amiaza
ro PART EV: seară | seara
ro PART NI: noapte | noaptea
ro REF PRESENT: acum
ro UNIT Q: trimestru | trimestrul
)";

constexpr std::string_view kSlavic = R"(
ru WDAY 1: понедельник*
ru WDAY 2: вторник*
ru WDAY 3: сред* 
ru WDAY 4: четверг*
ru WDAY 5: пятниц*
ru WDAY 6: суббот*
ru WDAY 7: воскресень*
ru MONTH 1: январ*
ru MONTH 2: феврал*
ru MONTH 3: март*
ru MONTH 4: апрел*
ru MONTH 6: июн*
ru MONTH 7: июл*
ru MONTH 8: август*
ru MONTH 9: сентябр*
ru MONTH 10: октябр*
ru MONTH 11: ноябр*
ru MONTH 12: декабр*
ru UNIT D: сутки | суток | сутками | дням | днями | днях | днем
ru UNIT H: часам | часами | часах
ru UNIT MI: минутам | минутами
ru UNIT W: неделю | неделе | неделей
ru UNIT Y: год | года | лет | году | годами | г.
ru UNIT MO: месяцу | месяце
ru UNIT WE: выходные | выходных
ru UNIT DE: десятилети*
ru UNIT C: век | века | веке
ru NUM 1.5: полтора | полторы | полутора
ru NUM 2: пару | пара
ru COUNTED H,0.5: полчаса | получаса | получасов*
ru COUNTED D,0.5: полдня | полсуток
ru COUNTED Y,0.5: полгода
ru COUNTED H,1: часовой | часового | часовое
ru PLUS 0.5: с половиной
ru VAGUE 0: несколько | нескольких | многих
ru MOD MORE_THAN: более | более чем | больше | больше чем | свыше
ru MOD LESS_THAN: почти | менее | менее чем | меньше | без малого
ru MOD EQUAL_OR_MORE: не менее | как минимум | по меньшей мере
ru MOD EQUAL_OR_LESS: не более | до | в течение | максимум
ru MOD APPROX: около | примерно | порядка | приблизительно
ru PHASE START: начало | начале | рано
ru PHASE MID: середина | середине
ru PHASE END: конец | конце | поздно
ru THIS 0: этот | эта | это | эту | этом | этой | этого | нынешний | текущий
ru LAST 0: прошлый | прошлая | прошлое | прошлую | прошлом | прошлой | прошлого | минувший | минувшую | последний | последнюю | последние | прошлые
ru NEXT 0: следующий | следующая | следующую | следующем | следующей | следующее | будущий | будущем | ближайшие
ru AGO 0: назад
ru HENCE 0: через
ru LATER 0: спустя | позже
ru AM 0: утра | ночи
ru AM 12: вечера | дня
ru CLOCK 0: часов | часа | час | ч
ru AT 0: в | к | около | с | до | после | во
ru OF 0: в | на | г. | числа | во
ru TO 0: до | по | и
ru NOON 12: полдень | полудня
ru NOON 0: полночь | полуночи
ru PART MO: утро | утром | утра
ru PART AF: днем | днём
ru PART EV: вечер | вечером | вечера
ru PART NI: ночь | ночью | ночи
ru SEASON SP: весна | весной | весны
ru SEASON SU: лето | летом | лета
ru SEASON FA: осень | осенью | осени
ru SEASON WI: зима | зимой | зимы
ru EVERY 0: каждый | каждую | каждое | каждые
ru REF PRESENT: сейчас | теперь
ru REF PAST: недавно
uk WDAY 1: понеділ*
uk WDAY 2: вівтор*
uk WDAY 3: серед*
uk WDAY 4: четвер*
uk WDAY 5: п'ятниц* | п’ятниц*
uk WDAY 6: субот*
uk WDAY 7: неділ*
uk MONTH 1: січ*
uk MONTH 7: лип*
uk MONTH 12: груд*
uk UNIT D: доба | доби | добу | діб | днями
uk UNIT H: години | годин | годину
uk UNIT Y: рік | року | роки | років | р.
uk UNIT WE: вихідні | вихідних
uk NUM 1.5: півтора | півтори
uk COUNTED H,0.5: півгодини
uk COUNTED D,0.5: півдня
uk PLUS 0.5: з половиною
uk VAGUE 0: кілька | декілька | кількох
uk MOD MORE_THAN: більше | понад | більш ніж | більше ніж
uk MOD LESS_THAN: майже | менше | менш ніж | менше ніж
uk MOD EQUAL_OR_MORE: щонайменше | принаймні
uk MOD APPROX: близько | приблизно | орієнтовно | біля
uk PHASE START: початок | початку | рано
uk PHASE MID: середина | середині
uk PHASE END: кінець | кінці | пізно
uk THIS 0: цей | ця | це | цю | цього | цієї | цьому | цій
uk LAST 0: минулий | минула | минулого | минулої | минулому | минулу | минуле | попередн* | останн*
uk NEXT 0: наступний | наступна | наступного | наступної | наступному | наступну | майбутн*
uk AGO 0: тому
uk HENCE 0: через
uk LATER 0: потому
uk AM 0: ранку | ночі
uk AM 12: вечора | дня
uk CLOCK 0: години | годині | год
uk AT 0: о | об | з | до | близько | після
uk OF 0: в | у | на
uk TO 0: до | по | і | та
uk NOON 12: полудень | полудня | опівдні
uk NOON 0: опівночі | північ
uk PART MO: ранок | ранку | вранці | зранку
uk PART AF: вдень
uk PART EV: вечір | ввечері | увечері | вечора
uk PART NI: ніч | вночі | уночі | ночі
uk REF PRESENT: зараз
uk EVERY 0: кожен | кожну | кожного
bg WDAY 1: понеделник*
bg WDAY 3: сряд*
bg WDAY 7: недел*
bg UNIT H: часа | час | часовия | часово
bg UNIT D: дена | денонощие | денонощия
bg UNIT Y: година | години | г.
bg COUNTED H,0.5: половин час
bg COUNTED D,0.5: половин ден
bg PLUS 0.5: и половина
bg VAGUE 0: няколко
bg MOD MORE_THAN: повече от | над
bg MOD LESS_THAN: почти | по-малко от | близо
bg MOD APPROX: около | приблизително
bg MOD EQUAL_OR_MORE: поне | най-малко
bg PHASE START: началото на | рано
bg PHASE END: края на | късно
bg THIS 0: тази | този | това | тези
bg LAST 0: миналата | миналия | миналото | последните | предната | минал
bg NEXT 0: следващата | следващия | следващите | идната | идния
bg AGO 0: преди
bg HENCE 0: след
bg AT 0: в | към | около | от | до
bg OF 0: на | през | в | от
bg TO 0: до | и
bg AM 0: сутринта
bg AM 12: следобед | вечерта
bg CLOCK 0: часа | ч
bg NOON 12: обяд | по обяд
bg NOON 0: полунощ
bg PART MO: сутрин | сутринта
bg PART AF: следобед
bg PART EV: вечер | вечерта
bg PART NI: нощ | нощта
bg DAYPART NI,-1: снощи
bg DAYPART EV,0: довечера
bg REF PRESENT: сега
pl WDAY 3: środ*
pl WDAY 6: sobot*
pl WDAY 7: niedziel*
pl WDAY 1: poniedział*
pl WDAY 2: wtor*
pl WDAY 5: piąt*
pl WDAY 4: czwart*
pl MONTH 1: styczni*
pl MONTH 8: sierp*
pl UNIT D: doba | doby | dób | dobę
pl UNIT H: godzin*
pl UNIT WE: weekend* 
pl NUM 1.5: półtora | półtorej
pl COUNTED H,0.5: pół godziny
pl VAGUE 0: kilka | kilku | kilkanaście | parę
pl MOD MORE_THAN: ponad | więcej niż | przeszło
pl MOD LESS_THAN: prawie | niemal | mniej niż | niespełna
pl MOD APPROX: około | mniej więcej | ok.
pl MOD EQUAL_OR_MORE: co najmniej
pl THIS 0: ten | ta | to | tym | tego | tej | bieżący
pl LAST 0: zeszły | zeszłego | zeszłym | zeszłą | zeszła | ostatni | ostatnie | ostatniego | ostatnich | ostatnią | ubiegły | ubiegłego | poprzedni*
pl NEXT 0: następny | następnego | następnym | następną | przyszły | przyszłego | przyszłym | kolejny | następne | następnych | przyszłą
pl AGO 0: temu
pl HENCE 0: za
pl AT 0: o | o godzinie | od | do | około | godzina | przed | po
pl OF 0: w | we | na | roku | dnia
pl TO 0: do | i
pl AM 0: rano | przed południem
pl AM 12: po południu | wieczorem
pl NOON 12: południe | w południe
pl NOON 0: północ | o północy | północy
pl PART MO: rano | ranek | poranek | rankiem
pl PART AF: popołudnie | po południu | popołudniu
pl PART EV: wieczór | wieczorem | wieczorem
pl PART NI: noc | nocy | w nocy
pl DAYPART EV,0: dziś wieczorem | dzisiaj wieczorem
pl SEASON SP: wiosna | wiosnę | wiosny
pl SEASON SU: lato | lata
pl SEASON FA: jesień | jesieni
pl SEASON WI: zima | zimy
pl REF PRESENT: teraz | obecnie
pl HOLIDAY 1225: boże narodzenie
pl HOLIDAY 1224: wigilia
pl HOLIDAY 1231: sylwester
pl HOLIDAY 101: nowy rok
cs WDAY 3: střed*
cs WDAY 6: sobot*
cs LAST 0: minulý | minulé | minulou | minulého
cs NEXT 0: příští | příštího
cs THIS 0: tento | tato | tohoto
cs MOD MORE_THAN: více než | přes
cs MOD LESS_THAN: téměř | méně než | skoro
cs MOD APPROX: asi | přibližně | okolo | zhruba
cs AT 0: v | ve | o
cs COUNTED H,0.5: půl hodiny
cs NOON 12: poledne
cs NOON 0: půlnoc
hr WDAY 3: srijed*
hr WDAY 6: subot*
hr WDAY 7: nedjelj*
hr LAST 0: prošli | prošle | prošlog | prošlo | prošlu | prošla | zadnji | zadnjih
hr NEXT 0: sljedeći | sljedećeg | idući | idućeg | iduće | sljedeće | slijedeći
hr THIS 0: ovaj | ovog | ove | ovo | ova | ovu
hr AGO 0: prije
hr HENCE 0: za
hr AT 0: u | oko | od | do
hr OF 0: u | na
hr MOD MORE_THAN: više od | preko
hr MOD LESS_THAN: gotovo | skoro | manje od
hr MOD APPROX: oko | otprilike
hr AM 0: ujutro
hr AM 12: popodne | navečer
hr CLOCK 0: sati | sata | sat | h
hr NOON 12: podne
hr NOON 0: ponoć
hr PART MO: jutro | ujutro | jutra
hr PART AF: popodne | poslijepodne
hr PART EV: večer | navečer | večeras
hr PART NI: noć | noću
hr DAYPART EV,0: večeras
hr REF PRESENT: sad | sada
hr SEASON SU: ljeto
hr SEASON WI: zima
)";

constexpr std::string_view kOthers = R"(
el LAST 0: περασμένη | περασμένο | περασμένος | προηγούμενη | προηγούμενο | προηγούμενος | τελευταίες | τελευταία | τελευταίους | περασμένου | τελευταίος
el NEXT 0: επόμενη | επόμενο | επόμενος | επόμενες | επόμενους | ερχόμενη | ερχόμενο
el THIS 0: αυτή | αυτό | αυτόν | αυτής | αυτού | τρέχων
el AT 0: στις | κατά τις | γύρω στις | από τις | στη
el OF 0: του | της | την | τη | το | στις | στην | τον | των
el AM 0: π.μ. | πμ | το πρωί
el AM 12: μ.μ. | μμ | το απόγευμα | το βράδυ
el MOD MORE_THAN: πάνω από | περισσότερο από
el MOD LESS_THAN: σχεδόν | λιγότερο από
el MOD APPROX: περίπου | γύρω στις
el COUNTED H,0.5: μισή ώρα
el PLUS 0.5: και μισή
el NOON 12: μεσημέρι
el NOON 0: μεσάνυχτα
el PART MO: πρωί
el PART AF: απόγευμα
el PART EV: βράδυ
el PART NI: νύχτα
el DAYPART EV,0: απόψε
el UNIT WE: σαββατοκύριακο
el REF PRESENT: τώρα
el HENCE 0: σε
el SEASON SU: καλοκαίρι
el SEASON WI: χειμώνας
el WDAY 7: κυριακ*
el WDAY 2: τρίτη
fi WDAY 1: maanant*
fi WDAY 2: tiistai*
fi WDAY 3: keskiviikk* | keskiviiko*
fi WDAY 4: torstai*
fi WDAY 5: perjantai*
fi WDAY 6: lauantai*
fi WDAY 7: sunnuntai*
fi LAST 0: viime | edellinen | kuluneet | viimeiset | kuluneen
fi NEXT 0: ensi | seuraava | seuraavat | tuleva
fi THIS 0: tämä | tällä | tänä
fi AGO 0: sitten
fi HENCE 0: päästä | kuluttua | sisällä
fi AT 0: klo | kello
fi MOD MORE_THAN: yli
fi MOD LESS_THAN: lähes | melkein | alle
fi MOD APPROX: noin
fi DAYPART EV,0: tänä iltana
fi DAYPART MO,0: tänä aamuna
fi PART MO: aamu | aamulla | aamuna
fi PART AF: iltapäivä | iltapäivällä
fi PART EV: ilta | illalla | iltana
fi PART NI: yö | yöllä
fi COUNTED H,0.5: puoli tuntia
fi NOON 0: keskiyö | keskiyöllä
fi NOON 12: keskipäivä | keskipäivällä
fi REF PRESENT: nyt
hu WDAY 1: hétfő*
hu WDAY 2: kedd*
hu WDAY 3: szerd*
hu WDAY 4: csütörtök*
hu WDAY 5: péntek*
hu WDAY 6: szombat*
hu WDAY 7: vasárnap*
hu LAST 0: múlt | elmúlt | előző
hu NEXT 0: jövő | következő
hu THIS 0: ez a | ezen a | e
hu AGO 0: ezelőtt
hu HENCE 0: múlva
hu AM 0: reggel | délelőtt | de. | de
hu AM 12: délután | este | du. | du
hu CLOCK 0: órakor | óra | h | ó
hu MOD MORE_THAN: több mint
hu MOD LESS_THAN: majdnem | közel | kevesebb mint
hu MOD APPROX: körülbelül | mintegy | kb.
hu COUNTED H,0.5: fél óra | félóra
hu NOON 12: dél | délben
hu NOON 0: éjfél | éjfélkor
hu PART MO: reggel | délelőtt
hu PART AF: délután
hu PART EV: este
hu PART NI: éjjel | éjszaka
hu DAYPART EV,0: ma este
hu UNIT WE: hétvége | hétvégén
hu REF PRESENT: most
hu SEASON SU: nyár | nyáron
hu SEASON WI: tél | télen
tr WDAY 1: pazartesi*
tr WDAY 3: çarşamba*
tr WDAY 5: cuma
tr WDAY 6: cumartesi*
tr UNIT H: saati | saate | saattir | saatlik | saatten
tr UNIT D: gündür | günlük | güne | günü | gündür
tr UNIT MI: dakikalık | dakikadır
tr UNIT W: haftalık | haftadır
tr UNIT WE: hafta sonu
tr COUNTED H,0.5: yarım saat
tr PLUS 0.5: buçuk
tr VAGUE 0: birkaç | birçok
tr LAST 0: geçen | son | geçtiğimiz | önceki
tr NEXT 0: gelecek | önümüzdeki | sonraki
tr THIS 0: bu
tr AGO 0: önce
tr HENCE 0: sonra | içinde | içerisinde
tr AT 0: saat | sabah | öğlen
tr CLOCK 0: 'de | 'da
tr AM 0: sabah
tr AM 12: öğleden sonra | akşam
tr MODAFTER MORE_THAN: aşkın | fazla
tr MODAFTER LESS_THAN: yakın | az
tr MOD MORE_THAN: en fazla
tr MOD EQUAL_OR_MORE: en az
tr MOD APPROX: yaklaşık | takriben
tr NOON 12: öğle | öğlen
tr NOON 0: gece yarısı
tr PART MO: sabah | sabahı
tr PART AF: öğleden sonra | ikindi
tr PART EV: akşam | akşamı
tr PART NI: gece | gecesi
tr REF PRESENT: şimdi
tr SEASON SU: yaz
tr SEASON WI: kış
ar WDAY 1: الاثنين | الإثنين
ar WDAY 3: الأربعاء | الاربعاء
ar UNIT H: ساعة | ساعات | الساعات
ar UNIT D: يوم | أيام | يوما | يوماً | الأيام
ar UNIT W: أسبوع | أسابيع | اسبوع | أسبوعا
ar UNIT MO: شهر | أشهر | شهور | شهرا
ar UNIT Y: سنة | سنوات | عام | أعوام | عاما
ar UNIT MI: دقيقة | دقائق
ar COUNTED H,2: ساعتين | ساعتان
ar COUNTED D,2: يومين | يومان
ar COUNTED W,2: أسبوعين
ar COUNTED MO,2: شهرين
ar COUNTED Y,2: عامين | سنتين
ar COUNTED H,0.5: نصف ساعة
ar COUNTED D,0.5: نصف يوم
ar NUM 3: ثلاث | ثلاثة
ar NUM 4: أربع | أربعة
ar NUM 5: خمس | خمسة
ar NUM 6: ست | ستة
ar NUM 7: سبع | سبعة
ar NUM 8: ثماني | ثمانية | ثمان
ar NUM 9: تسع | تسعة
ar NUM 10: عشر | عشرة
ar PLUS 0.5: ونصف | و نصف
ar VAGUE 0: عدة | بضع | بضعة
ar MOD MORE_THAN: أكثر من | ما يزيد على | ما يزيد عن
ar MOD LESS_THAN: قرابة | أقل من | ما يقرب من | نحو
ar MOD APPROX: حوالي | حوالى | نحو | تقريبا | زهاء
ar MODAFTER APPROX: تقريبا | تقريباً
ar MOD EQUAL_OR_MORE: على الأقل
ar THIS 0: هذا | هذه
ar LAST 0: الماضي | الماضية | السابق | السابقة | الفائت
ar NEXT 0: القادم | القادمة | المقبل | المقبلة | التالي
ar AGO 0: قبل | منذ
ar HENCE 0: بعد | خلال
ar AT 0: الساعة | عند الساعة | في الساعة | في تمام الساعة
ar OF 0: من | في | شهر | يوم | اليوم
ar AM 0: صباحا | صباحاً | فجرا | ص
ar AM 12: مساء | مساءً | م | ظهرا | عصرا | ليلا
ar PART MO: صباح | فجر | صباحا | الصباح
ar PART MI: ظهر
ar PART AF: عصر | بعد ظهر
ar PART EV: مساء | المساء
ar PART NI: ليل | ليلة | الليلة | ليلا
ar NOON 12: الظهر | منتصف النهار
ar NOON 0: منتصف الليل
ar REF PRESENT: الآن
ar MONTH 1: كانون الثاني
ar MONTH 2: شباط
ar MONTH 3: آذار
ar MONTH 4: نيسان
ar MONTH 5: أيار
ar MONTH 6: حزيران
ar MONTH 7: تموز
ar MONTH 8: آب
ar MONTH 9: أيلول
ar MONTH 10: تشرين الأول
ar MONTH 11: تشرين الثاني
ar MONTH 12: كانون الأول
fa WDAY 1: دوشنبه
fa WDAY 2: سه‌شنبه | سه شنبه
fa WDAY 3: چهارشنبه
fa WDAY 4: پنجشنبه | پنج‌شنبه
fa MONTH 1: ژانویه
fa MONTH 2: فوریه
fa MONTH 3: مارس
fa MONTH 4: آوریل
fa MONTH 5: مه
fa MONTH 6: ژوئن
fa MONTH 7: ژوئیه
fa MONTH 8: اوت
fa MONTH 9: سپتامبر
fa MONTH 10: اکتبر
fa MONTH 11: نوامبر
fa MONTH 12: دسامبر
fa UNIT H: ساعته | ساعت
fa UNIT D: روزه | روز
fa UNIT W: هفته
fa COUNTED H,0.5: نیم ساعت
fa PLUS 0.5: و نیم
fa VAGUE 0: چند | چندین
fa MOD MORE_THAN: بیش از | بیشتر از
fa MOD LESS_THAN: نزدیک به | کمتر از | تقریبا
fa MOD APPROX: حدود | در حدود | تقریباً
fa MOD EQUAL_OR_MORE: دست‌کم | حداقل | دست کم
fa THIS 0: این
fa LAST 0: گذشته | پیش | قبل
fa NEXT 0: آینده | بعد
fa AGO 0: پیش | قبل
fa HENCE 0: بعد | دیگر
fa AT 0: ساعت
fa OF 0: روز | ماه | در
fa AM 0: صبح | بامداد
fa AM 12: بعدازظهر | بعد از ظهر | عصر | شب
fa PART MO: صبح | بامداد
fa PART MI: ظهر
fa PART AF: عصر | بعدازظهر | بعد از ظهر
fa PART EV: غروب
fa PART NI: شب | شامگاه
fa DAYPART NI,0: امشب
fa DAYPART NI,-1: دیشب
fa NOON 12: نیمروز
fa NOON 0: نیمه‌شب
fa REF PRESENT: اکنون | الان | هم‌اکنون
he PART MO: בבוקר | בוקר
he PART AF: אחר הצהריים | אחה"צ
he PART EV: בערב | ערב
he PART NI: בלילה | לילה
he LAST 0: שעבר | שעברה | האחרון | הקודם
he NEXT 0: הבא | הבאה | הקרוב
he THIS 0: הזה | הזאת | זה
he AT 0: בשעה | ב
he NOON 0: חצות
he MOD MORE_THAN: יותר מ | למעלה מ
he MOD LESS_THAN: כמעט | פחות מ
he MOD APPROX: בערך | כ
he COUNTED H,0.5: חצי שעה
he COUNTED H,2: שעתיים
he COUNTED D,2: יומיים
he COUNTED W,2: שבועיים
he REF PRESENT: עכשיו
hi UNIT H: घंटे | घंटों | घंटा | घण्टे
hi UNIT D: दिन | दिनों
hi UNIT MI: मिनट | मिनटों
hi UNIT W: हफ्ते | हफ्तों | हफ़्ते | सप्ताह
hi UNIT MO: महीने | महीनों | माह
hi UNIT Y: साल | सालों | वर्ष
hi NUM 1: एक
hi NUM 1.5: डेढ़
hi NUM 2.5: ढाई
hi NUM 6: छह | छः
hi COUNTED H,0.5: आधे घंटे | आधा घंटा
hi VAGUE 0: कई | कुछ
hi MOD MORE_THAN: से अधिक
hi MOD APPROX: करीब | लगभग | तकरीबन
hi MODAFTER MORE_THAN: से अधिक | से ज्यादा | से ज़्यादा
hi MODAFTER LESS_THAN: से कम
hi LAST 0: पिछले | पिछला | पिछली | गत | बीते
hi NEXT 0: अगले | अगला | अगली | आगामी
hi THIS 0: इस
hi AGO 0: पहले
hi HENCE 0: बाद | में
hi DAY 0: आज
hi DAY 1: कल
hi AM 0: सुबह
hi AM 12: शाम | दोपहर
hi CLOCK 0: बजे
hi PART MO: सुबह | सवेरे | तड़के
hi PART AF: दोपहर
hi PART EV: शाम
hi PART NI: रात
hi OF 0: को | के | की | का
hi REF PRESENT: अब | अभी
hi WDAY 1: सोमवार
hi WDAY 4: गुरुवार | बृहस्पतिवार
ko UNIT H: 시간
ko UNIT MI: 분 | 분간
ko UNIT S: 초
ko UNIT D: 일간 | 일
ko UNIT W: 주 | 주일 | 주간
ko UNIT MO: 개월 | 달
ko UNIT Y: 년
ko COUNTED D,1: 하루
ko COUNTED D,2: 이틀
ko COUNTED D,3: 사흘
ko COUNTED D,4: 나흘
ko COUNTED D,5: 닷새
ko COUNTED D,0.5: 반나절 | 한나절
ko COUNTED H,0.5: 30분
ko PLUS 0.5: 반
ko VAGUE 0: 몇 | 수
ko MOD APPROX: 약
ko MOD EQUAL_OR_MORE: 최소
ko MODAFTER APPROX: 가량 | 쯤 | 정도 | 여
ko MODAFTER MORE_THAN: 넘게 | 이상 | 넘는
ko MODAFTER LESS_THAN: 가까이 | 미만 | 가까운
ko LAST 0: 지난 | 전
ko NEXT 0: 다음 | 오는
ko THIS 0: 이번 | 금
ko AGO 0: 전
ko HENCE 0: 후 | 뒤
ko AM 0: 오전 | 새벽 | 아침
ko AM 12: 오후 | 저녁 | 밤
ko CLOCK 0: 시
ko PART MO: 아침 | 오전
ko PART NI: 새벽
ko PART MI: 점심
ko PART AF: 오후
ko PART EV: 저녁
ko PART NI: 밤
ko DAYPART NI,0: 오늘 밤 | 오늘밤
ko NOON 12: 정오
ko NOON 0: 자정
ko REF PRESENT: 지금 | 현재
ko UNIT WE: 주말
ko SEASON SP: 봄
ko SEASON SU: 여름
ko SEASON FA: 가을
ko SEASON WI: 겨울
ko EVERY 0: 매
ko SET D: 매일
ja UNIT H: 時間
ja UNIT MI: 分間 | 分
ja UNIT S: 秒 | 秒間
ja UNIT D: 日間
ja UNIT W: 週間 | 週
ja UNIT MO: か月 | ヶ月 | カ月 | ヵ月 | 箇月 | ケ月
ja UNIT Y: 年間 | 年
ja COUNTED H,0.5: 半時間
ja COUNTED D,0.5: 半日
ja PLUS 0.5: 半
ja VAGUE 0: 数
ja MOD APPROX: 約 | およそ | ほぼ
ja MOD LESS_THAN: ほぼ
ja MODAFTER APPROX: ほど | 程度 | ごろ | 頃 | くらい | ぐらい
ja MODAFTER MORE_THAN: 以上 | 超 | あまり | 余り
ja MODAFTER LESS_THAN: 近く | 弱 | 未満 | 足らず
ja LAST 0: 先 | 前 | 前の
ja NEXT 0: 来 | 次の
ja THIS 0: 今
ja AGO 0: 前
ja HENCE 0: 後
ja AM 0: 午前 | 朝 | 未明
ja AM 12: 午後 | 夜 | 夕方
ja CLOCK 0: 時
ja PART MO: 朝 | 午前 | 未明 | 早朝
ja PART AF: 午後 | 昼
ja PART EV: 夕方 | 夕
ja PART NI: 夜 | 深夜 | 晩
ja DAYPART NI,0: 今夜 | 今晩
ja DAYPART NI,-1: 昨夜 | 昨晩
ja DAYPART MO,0: 今朝
ja DAY -1: 昨日 | きのう | 前日
ja DAY 0: 今日 | きょう | 本日
ja DAY 1: 明日 | あした | あす
ja NOON 12: 正午
ja NOON 0: 真夜中
ja REF PRESENT: 今 | 現在
ja UNIT WE: 週末
ja SEASON SP: 春
ja SEASON SU: 夏
ja SEASON FA: 秋
ja SEASON WI: 冬
zh UNIT H: 小时 | 个小时 | 小時 | 個小時 | 钟头 | 鐘頭 | 个钟头
zh UNIT MI: 分钟 | 分鐘 | 分
zh UNIT S: 秒 | 秒钟 | 秒鐘
zh UNIT D: 天 | 日
zh UNIT W: 周 | 星期 | 个星期 | 礼拜 | 個星期 | 个礼拜
zh UNIT MO: 个月 | 個月
zh UNIT Y: 年
zh NUM 2: 两 | 兩
zh COUNTED H,0.5: 半小时 | 半个小时 | 半小時 | 半個小時
zh COUNTED D,0.5: 半天
zh COUNTED Y,0.5: 半年
zh VAGUE 0: 数 | 几 | 數 | 幾 | 多
zh MOD MORE_THAN: 超过 | 超過
zh MOD LESS_THAN: 近 | 将近 | 不到 | 不足 | 將近
zh MOD APPROX: 约 | 大约 | 約 | 大約
zh MOD EQUAL_OR_MORE: 至少
zh MODAFTER APPROX: 左右
zh MODAFTER MORE_THAN: 以上 | 多
zh LAST 0: 上 | 上个 | 上個 | 去 | 过去 | 過去
zh NEXT 0: 下 | 下个 | 下個 | 明
zh THIS 0: 这 | 这个 | 本 | 今 | 這 | 這個
zh AGO 0: 前 | 以前 | 之前
zh HENCE 0: 后 | 後 | 以后 | 之后 | 以後
zh AM 0: 上午 | 凌晨 | 早上 | 清晨 | 早晨
zh AM 12: 下午 | 晚上 | 傍晚 | 晚间 | 晚
zh CLOCK 0: 时 | 時 | 点 | 點 | 点钟 | 點鐘
zh PART MO: 早上 | 上午 | 凌晨 | 清晨 | 早晨
zh PART MI: 中午
zh PART AF: 下午
zh PART EV: 傍晚
zh PART NI: 晚上 | 夜里 | 晚间 | 夜晚 | 夜间
zh DAYPART NI,0: 今晚
zh DAYPART NI,-1: 昨晚 | 昨夜
zh DAYPART NI,1: 明晚
zh DAY 0: 今日
zh DAY -1: 昨日
zh DAY 1: 明日
zh NOON 12: 正午
zh NOON 0: 午夜
zh REF PRESENT: 现在 | 目前 | 如今 | 現在
zh UNIT WE: 周末 | 週末
zh WDAY 1: 周一 | 星期一 | 礼拜一 | 週一 | 禮拜一
zh WDAY 2: 周二 | 星期二 | 礼拜二 | 週二 | 禮拜二
zh WDAY 3: 周三 | 星期三 | 礼拜三 | 週三 | 禮拜三
zh WDAY 4: 周四 | 星期四 | 礼拜四 | 週四 | 禮拜四
zh WDAY 5: 周五 | 星期五 | 礼拜五 | 週五 | 禮拜五
zh WDAY 6: 周六 | 星期六 | 礼拜六 | 週六 | 禮拜六
zh WDAY 7: 周日 | 星期日 | 星期天 | 礼拜天 | 礼拜日 | 週日 | 周天
vi LAST 0: trước | vừa rồi | qua | vừa qua
vi NEXT 0: sau | tới | kế tiếp
vi THIS 0: này | nay
vi AGO 0: trước | cách đây
vi HENCE 0: sau | nữa
vi AT 0: lúc | vào lúc | vào
vi CLOCK 0: giờ | h
vi AM 0: sáng
vi AM 12: chiều | tối
vi PART MO: sáng | buổi sáng
vi PART MI: trưa
vi PART AF: chiều | buổi chiều
vi PART EV: tối | buổi tối
vi PART NI: đêm
vi MOD MORE_THAN: hơn
vi MOD LESS_THAN: gần
vi MOD APPROX: khoảng
vi OF 0: ngày | tháng | năm
vi REF PRESENT: bây giờ | hiện tại
id NUM 1: se
id WDAY 1: Senin
id UNIT H: jam
id UNIT D: hari
id UNIT MI: menit
id UNIT W: pekan | minggu
id COUNTED H,0.5: setengah jam
id COUNTED H,1: sejam
id COUNTED D,1: sehari
id COUNTED D,0.5: setengah hari
id VAGUE 0: beberapa
id LAST 0: lalu | kemarin | terakhir
id NEXT 0: depan | mendatang
id THIS 0: ini
id AGO 0: lalu | yang lalu
id HENCE 0: lagi
id LATER 0: kemudian
id AT 0: pukul | jam | sekitar pukul
id AM 0: pagi | dini hari
id AM 12: siang | sore | malam
id PART MO: pagi | dini hari
id PART MI: siang
id PART AF: sore
id PART NI: malam
id MOD MORE_THAN: lebih dari | lebih
id MOD LESS_THAN: hampir | kurang dari
id MOD APPROX: sekitar | kira-kira
id MOD EQUAL_OR_MORE: setidaknya | paling tidak
id REF PRESENT: sekarang | saat ini
)";

constexpr std::string_view kZones = R"(
* ZONE UTC: UTC | Z | UTC+0 | Coordinated Universal Time | Zulu | universal time
* ZONE GMT: GMT | Greenwich Mean Time
* ZONE ET: ET | Eastern Time | Eastern time | Eastern
* ZONE CT: Central Time | Central time
* ZONE MT: Mountain Time | Mountain time
* ZONE PT: PT | Pacific Time | Pacific time | Pacific | US/Pacific | US Pacific
* ZONE ET: US/Eastern | U.S. Eastern | US Eastern | Eastern Standard Time | New York time | Washington time
* ZONE CT: US/Central
* ZONE local: local time | local | hora local | heure locale | Ortszeit | waktu setempat | местному времени | по местному времени | ora locale | plaatselijke tijd | yerel saat | 현지시간 | 현지시각 | 現地時間 | 当地时间 | بالتوقيت المحلي | به وقت محلی | за місцевим часом | местно време | स्थानीय समय
* ZONE Europe/London: British time | London time | UK time | British Summer Time
* ZONE Asia/Seoul: Korea time | Korean time | Seoul time | Korea Standard Time | 한국시간
* ZONE Asia/Pyongyang: Pyongyang time
* ZONE Asia/Tokyo: Japan time | Tokyo time | 日本時間
* ZONE Asia/Shanghai: Beijing time | 北京时间 | 北京時間 | China time
* ZONE Europe/Moscow: Moscow time | московскому времени | по московскому времени
* ZONE Europe/Kyiv: Kyiv time | Kiev time | за Києвом
* ZONE Asia/Damascus: Damascus time
* ZONE Asia/Baghdad: Baghdad time
* ZONE Asia/Tehran: Tehran time
* ZONE Asia/Kolkata: India time | Indian time
* ZONE Europe/Paris: Paris time | heure de Paris
* ZONE Europe/Berlin: Berlin time | German time
* ZONE Africa/Cairo: Cairo time
)";

}  // namespace

std::string_view lexicon_table() {
  static const std::string kAll = [] {
    std::string all;
    for (auto part : {kEnglish, kGermanic, kRomance, kSlavic, kOthers, kZones}) all += part;
    return all;
  }();
  return kAll;
}

}  // namespace correlate::extraction
