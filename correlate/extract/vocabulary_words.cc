#include "correlate/extract/vocabulary.h"

// Words of outages, of who speaks of them, and of what is mistaken for them. The weight of NET,
// OUT, START, END and ELSE words is how much each speaks for or against a network outage.

namespace correlate::extraction {
namespace {

constexpr std::string_view kEnglish = R"(
en NET 3: Internet | internet access | internet service | internet connection | internet connectivity | mobile internet | mobile data | broadband | web access
en NET 2: connectivity | network | networks | routes | BGP | prefix | prefixes | routing | routed | traffic | telecoms | telecommunications | telecom | undersea cable* | submarine cable* | subsea cable* | subsea | fibre | fiber | cell service | cellular | mobile network | mobile service | phone service | landlines | landline | 3G | 4G | DNS | resolver | backbone | provider | providers | ISP | ISPs | autonomous system | fixed-line | fixed lines | data services | data service | mobile operator* | operator | operators | looking glass | upstream | gateways | gateway | online | subscribers | connection | connections | peering | satellite link | routers | router | carrier | carriers | communications
en NET 3: without usable internet | without Internet access | no internet | off the Internet | off the web | off the net | cables break | cable break | cables broke | cable breaks | broken cables | damaged cables | severed cables | cut cables
en NET 2: traffic dropped | traffic fell | traffic sank | traffic dipped | traffic ceased | traffic stopped | traffic vanished | stay online | no data service | no data | SERVFAIL
en NET 1: web | websites | website | sites | site | servers | server | phones | services | service | cloud | app | apps | platform | customers | users | calls | signal | link | links | cable | cables
en OUT 3: outage | outages | blackout | black-out | blackouts | internet shutdown | shutdown | shutdowns | offline | unreachable | disconnected | disconnection | cut off | cutoff | cut-off | internet curfew | kill switch | net cut | digital curfew | without internet
en OUT 2: dark | downtime | disruption | disruptions | disrupted | down | interruption | interruptions | interrupted | inaccessible | dead | collapse | cut | cuts | knocked out | failure | failures | isolated | unavailable | unresponsive | out of service | not working | no signal | no service | gap | silence | outages | severed | crippled | off the air | off the map | without service | dip | flicker* | no routes | all but offline | plunge | missing | off the net | broken | withdrawn | cripple | crippled | wobble* | loss of connectivity | loss of service | impaired | degraded | degradation
en OUT 3: without usable internet | without Internet access | no internet | no data service | cables break | cable break | cables broke | cable breaks | cables snap | broken cables | damaged cables | severed cables | cut cables | broken cable | damaged cable | net blackout
en OUT 3: off the Internet | off the web | off the net
en OUT 2: stay online | down for | out for | offline for | all out | were out | was out | blackhole | error page* | gateway errors | SERVFAIL | overloaded | congestion | off the grid | out of reach | neither voice nor data | no voice | no texts | no data | can't call | would not load | nothing loaded | loads nothing | doesn't load | don't load | zero visits | not answering
en OUT 1: incident | problem | problems | trouble | troubles | fault | faults | glitch | hiccup | errors | stopped | failing | struggle | blip | crash | mess | unplugged | brownout
en START 3: crashes | paralysed | paralyzed | knocks | knock | knocked off | downed by | downed | loses its link | lost its link | loses | traffic dropped | traffic fell | traffic sank | traffic dipped | traffic ceased | traffic stopped | traffic vanished | sank | sinks | went off the grid | lost everything | came to a halt | ground to a halt | go back to | goes back to | dates back to | went down | went dark | went offline | goes dark | goes down | goes offline | going dark | gone dark | went quiet | went silent | fell off | dropped off | dropped offline | drop offline | knocked offline | knocked out | taken offline | took itself offline | takes itself offline | cut off | switched off | shut off | turned off | shut down | shuts down | pulled the plug | disappeared | vanished | vanishes | vanish | disappears | withdrew | withdrawn | withdrawals | collapsed | plunged | severed | disconnected | lost connectivity | lost contact | lost service | lost power | dropped to zero | fell to zero | fell silent | cuts internet | cut internet | cut the internet | blocks internet | suspends | suspended | stopped working | ceased | unplugged | crashed | went out | went missing | went dead | left the | logged off | broke off | began dropping
en START 2: fallen off | had fallen | first reports | user reports | first user reports | first complaints | it went | first to go | going out | spike | spiked | failures began | first noticed before | silenced | torn | broken off | happened | happens | occurred | ran from | went wrong | can't call | piled up | torn | out of | starting | dated | took place | dip | dips | cut | cuts | dropped | fell | lost | began | begun | started | start | starts | starting | begins | beginning | hit | struck | broke | froze | stopped | stop | pulled | dropping | drop | blocked | ordered | orders | order | imposed | collapse | falls | failed | fail | failing | soared | tripped | appeared | knocked | drops | snapped | halted | halt | died | first reported | first seen | first noticed | noticed | out since | since | offline since | down since | took down | brought down | crippled | came to a halt | ruptured | damaged | unreachable | gone | interrupted | shut | disrupted | outage | blackout | without
en END 3: came to life | come to life | answers again | answer again | can browse again | browse again | reachable again | get a signal | got a signal | flip it back | had it back | were fine | was fine | got through again | reopened | reopens | regains | regained | answering again | working normally | working again | up and running | back to life | restored | restores | came back | comes back | coming back | come back | back online | back up | back on | back | returned | returns | return | reconnected | reconnects | reconnect | resumed | resume | resumes | recovered | recovers | recover | re-announced | reannounced | reappeared | reappear | reappears | re-emerged | lifted | lifts | switched back on | turned back on | switched on | up again | online again | reinstated | revived | re-established | flickered on | light up | restoration | recovery
en END 2: ended | ends | end | over | fixed | resolved | repaired | normal | again | stabilised | stabilized | back to normal | until | mitigated | killed globally | lasted until | ring | rang | alive | till
en LAST 2: lasted | lasting | lasts | for | after | down for | out for | offline for | took | ran for | ran | continued | spent | stretched | dragged on | went on for | endured | passed | entered | over after | went without | long | through
en SAY 1: said | says | say | told | tells | announced | announces | statement | reported | reports | according to | wrote | writes | tweeted | denied | denies | claimed | claims | confirmed | confirms | accused | accuses | promised | warned | warns | called | briefed | asked | declined | acknowledged | admitted | apologised | apologized | explained | estimated | found | insisted | believes | noted | met | meets | testified | posted | published | voted | spoke
en HEDGE 1: until further notice | reportedly | apparently | allegedly | appeared | appears | appear | seemed | seems | seem | seemingly | may have | might have | could have | possibly | perhaps | believed | suspected | unconfirmed | likely | probably | supposedly | rumoured | rumored | might | suggests | suggest | purportedly | is said to | are said to
en DENY 1: had not | hadn't | hadn’t | denied | denies | deny | denying | did not | didn't | didn’t | was not | were not | wasn't | wasn’t | weren't | weren’t | never | no outage | no interruption | no disruption | not affected | unaffected | refuted | rejects | rejected | dismissed | no restrictions | contrary to | debunked | nothing went down | without interruption | has not | have not | hasn't | haven't
en ALL 1: nationwide | nation-wide | countrywide | country-wide | the whole country | whole country | the entire country | entire country | all routes | all the routes | all of its routes | all networks | all four networks | all four | all its networks | the entire network | entire network | total | complete | completely | totally | entirely | near-total | all customers | all users | every network | everyone | the whole network | all sites | all websites | all of the country | national | worldwide | everything
en SOME 1: some customers | some users | some regions | some areas | some places | some networks | some sites | parts of the country | parts of | partial | partially | several networks | several provinces | most customers | many customers | most of the country | for most customers | some services | a few networks | intermittent | intermittently | half the country
en CAUSE 1 attack: DDoS | denial-of-service | denial of service | cyberattack | cyber attack | cyber-attack | hacked | hackers | junk traffic | attack on | attackers | Mirai | botnet | flood of
en CAUSE 1 power: power cut | power failure | power outage | power trouble | power problem* | grid failure | electricity | power grid | power surge
en CAUSE 1 government: ordered by | government order* | the government | authorities ordered | regulator | ministry ordered | exam | exams | exam cheating | coup | election | elections | protests | protest | junta
en CAUSE 1 cable: cable cut | cut cable | cable break | severed cable | cable damage | fibre cut | fiber cut | anchor | undersea cable* | submarine cable* | subsea cable* | damaged cable | fibre cable
en CAUSE 1 configuration: misconfiguration | misconfigured | configuration change | configuration error | route leak | BGP leak | faulty update | firewall rule | Flowspec | routing error | human error | software bug | update
en CAUSE 1 disaster: earthquake | hurricane | storm | flood | floods | eruption | volcano | volcanic | cyclone | typhoon | fire | blast | airstrike* | air strike* | bombardment
en CAUSE 1 overload: overload | overloaded | congestion
en ELSE 3 power: power outage | power outages | power cut | power cuts | electricity | grid | power grid | substation | power failure | without power | lights out | lights | load-shedding | megawatt* | power plant | power plants
en ELSE 3 airline: flights | flight | airport | airports | airline | airlines | check-in | passengers | boarding
en ELSE 3 sport: game | match | quarter | stadium | team | coach | league | goals | striker | season | playoffs | scored | fans | tournament | cup
en ELSE 3 finance: shares | stock | stocks | dividend | traders | broker | brokers | investors | markets | quarterly earnings | blackout period | trading
en ELSE 3 drill: drill | exercise | simulates | simulation | rehearsal | practised | practiced | test alert | alert test | nationwide alert
en ELSE 3 plan: bill would | draft law | proposal | may vote | plans to | considers | considering | threatens | threatened to | asks for | union asks | petition | scheduled maintenance | planned maintenance | would let | could be cut
en ELSE 0 instability: flapped | flapping | unstable | instability | attack traffic | amplification
en ELSE 2 transport: rail | trains | train | railway | subway | metro
en ELSE 2 block: social media ban | blocked WhatsApp | throttled | throttling | slowed | VPN | censorship | social platforms | blocks WhatsApp | social media
en ELSE 2 fiction: novel | film | movie | thriller | episode | series | drama | comedy | concert | album | singer
en HAP 3 breach: breached | hacked by | is hacked | was hacked | hacked and | hackers broke | broke into | infiltrated | compromised | intruders | break-in | held hostage by hackers | brings company to a standstill | systems down after | logging in | taken over | data breach
en HAP 1 breach: breach | hack | hacks | hacked | hacking | hackers | intrusion | cyberattack | cyber attack | cyber-attack | cyberattack on | hack attack
en HAP 3 leak: leak | leaks | leaked | leaking | dumped | dump of | published stolen | publish stolen | stolen files | stolen emails | stolen e-mails | posted online | trove | data dump | spilled | pirated | file-sharing | hackers release | hackers publish | made public | leak online | surfaced online
en HAP 1 leak: downloads | downloaded | downloads of | social security numbers | dump
en HAP 3 threat: threat | threats | threaten | threatens | threatened | threatening | warns of attacks | warns of retaliation | warned of retaliation | vows revenge | vows to strike | 9/11-style | 9/11-like | will pay | strike the White House | blow up | ultimatum | terror attack | terror attacks
en HAP 3 threat demand: demand | demands | demanded | demanding | ransom | unless money | shelved ASAP | want movie | want film | asked that
en HAP 4 cancellation: cancels | cancel | cancelled | canceled | cancelling | canceling | cancellation | yanked | yanks | pulls film | pulls the film | pulled from | scraps | shelves | called off | drops plans | withdraws release | pulling the film | pull film
en HAP 2 cancellation: drop | drops | withdrew | had withdrawn | withdrawal | pulls | shelved
en HAP 3 attribution: blames | blamed | blame | blaming | attributes | attributed | attribution | FBI says | responsible | responsible for | behind the hack | behind the attack | behind attack | is behind | was behind | behind cyberattack | behind | points to | accuses | accused | evidence links | may be linked to | linked to | link to the attack | ties to | ordered the hack | traced to | left traces | slipped up | proxies | connected directly | conclude | concludes | concluded | conclusion | stands by | confirms that | got careless | got sloppy
en HAP 4 denial: denies | denied | denial | denying | rejects | rejected | refutes | refuted | dismisses | no role | nothing to do with | not involved | we didn't do it | didn't do it | righteous deed
en HAP 4 denial retort: slams | blasts | criticises | criticizes | lashes out | condemns | hits back
en HAP 5 sanctions: sanctions | sanction | sanctioned | sanctioning | treasury designates | penalties on | executive order
en HAP 3 release: releases | premiere | premieres | screens | screening | screenings | opens in cinemas | goes online | available to rent | limited release | in theaters | in theatres | streamed | streaming services | streaming | debut | shown in | in cinemas | VOD | christmas day release | day release | rental
en HAP 2 attack: DDoS | denial-of-service | denial of service | attack | attacks | ransomware | malware | botnet | wiped | wiper | missile | strike
en HAP 4 statement: joint investigation | joint probe | joint inquiry | press conference | news conference | act of war | cyber vandalism | cyber-vandalism | vandalism | proportional response | proportional | proportionally | inside job | flash alert | form of warfare | urges restraint | offers talks
en HAP 2 statement: offers | proposes | proposed | urges | remarks | comments | vows response | vows | downplays | statement | responds | apologises | apologizes | apology | calls for | expert calls | calls hack | warns | warn | warned | warning | hails | praises | could just be | investigating | investigates | theories | downplayed | adamant
en HAP 1 statement: said | says | told | calls | promises | asked
)";

constexpr std::string_view kGermanic = R"(
de NET 3: Internet | Internetzugang | Internetverbindung* | Mobilfunk | Netz | Netze | Netzbetreiber
de NET 2: Netzwerk* | Leitung* | Datenverkehr | Telefon | Festnetz | Verbindung* | Router | Dienste | Anschlüsse | Webseiten | Seekabel* | online
de OUT 3: Ausfall | Ausfälle* | Netzausfall | Internetausfall | offline | Blackout | Netzstörung | Internetsperre | Abschaltung | Funkstille | abgeschnitten | Großstörung | vom Netz
de OUT 2: Störung* | gestört | Unterbrechung | unterbrochen | lahm | lahmgelegt | unerreichbar | nicht erreichbar | abgeschaltet | ohne Internet | tot | dunkel
de START 3: ausgefallen | fiel aus | fielen aus | brach zusammen | brach | abgeschaltet | abschalten | gekappt | kappte | getrennt | lahmgelegt | legt lahm | zusammengebrochen | verschwand* | verschwunden
de START 2: begann | seit | gestört | unterbrochen | waren | stört | Ausfall | Störung | ging offline
de END 3: wieder online | wiederhergestellt | behoben | Behebung | zurück | wieder erreichbar | wieder da | wieder | kehrte zurück | wiederhergestellt
de LAST 2: dauerte | lang | nach | für | währte | ohne
de SAY 1: sagte | sagt | mitteilte | teilte | erklärte | meldete | berichtete | laut | nach Angaben | kündigte
de HEDGE 1: offenbar | angeblich | mutmaßlich | vermutlich | wohl | anscheinend | möglicherweise | soll | sollen
de DENY 1: nicht gestört | dementiert | dementierte | bestreitet | kein Ausfall | keine Störung
de ELSE 3 power: Strom | Stromausfall | Stromnetz | Kraftwerk
de ELSE 3 drill: Übung | Katastrophenübung | probt
nl NET 3: internet | netwerk | mobiel internet | verbinding
nl OUT 3: storing | uitval | offline | platgelegd | plat | black-out | onbereikbaar
nl START 2: sinds | begon | viel uit | uitgevallen | plat
nl END 3: hersteld | terug | verholpen | weer online | weer
nl SAY 1: zei | zegt | meldt | meldde | volgens
nl LAST 2: duurde | na | lang
)";

constexpr std::string_view kRomance = R"(
fr NET 3: Internet | accès à Internet | connexion | connexions | réseau | réseaux | Internet mobile
fr NET 2: opérateur* | fournisseur* | câble* | téléphonie | en ligne | données mobiles | trafic | abonnés | routes | services
fr OUT 3: panne | pannes | coupure | coupures | hors ligne | blackout | black-out | déconnecté* | coupé | coupée | coupés | privé d'Internet | privés d'Internet | interruption* | coupure d'Internet
fr OUT 2: perturbé* | perturbation* | inaccessible* | indisponible* | isolé* | hors service | suspendu* | dysfonctionnement* | injoignable* | en panne
fr START 3: coupé* | coupée | suspendu* | tombé | tombée | tombés | interrompu* | privé* | disparu* | a coupé | ont coupé | est tombé
fr START 2: depuis | commencé | débuté | débutée | début | coupure | panne | touché* | perturbé* | inaccessible* | rompu* | sectionné*
fr END 3: rétabli* | rétablie | revenu* | de retour | retour | restauré* | repris | reconnecté* | de nouveau | résolu* | fin | rétablissement | recouvré*
fr LAST 2: durée | duré | a duré | pendant | après | durant | soit | ans
fr SAY 1: dit | déclaré | affirme | annoncé | annonce | selon | indiqué | précisé | dément | reconnu | expliqué
fr HEDGE 1: apparemment | semble* | serait | seraient | aurait | auraient | probablement | sans doute | vraisemblablement
fr DENY 1: dément | démenti | démentent | nie | nient | aucune coupure | pas été coupé
fr ELSE 3 power: électricité | courant | électrique
fr ELSE 3 drill: exercice
es NET 3: Internet | acceso a internet | conexión | conexiones | red | redes | internet móvil
es NET 2: llamadas | mensajes | operador* | proveedor* | datos móviles | en línea | conectividad | tráfico | rutas | servicio | servicios | telefonía | cable submarino
es OUT 3: apagón | corte | cortes | desconexión | fuera de línea | sin internet | caída | interrupción | sin conexión | aislado* | desconectad* | bloqueo de internet
es OUT 2: fallo* | interrumpid* | inaccesible* | caíd* | colapso | incomunicad* | avería
es START 3: cayeran | cayera | cortó | cortaron | se cortó | cayó | cayeron | se cayó | interrumpió | desconectó | suspendió | perdió | perdieron | apagó | desapareció
es START 2: desde | comenzó | empezó | corte | caída | dejó de | quedó | quedaron | interrumpido*
es END 3: restablece | con normalidad | restableció | restablecid* | restablecimiento | volvió | volvieron | regresó | recupera | recuperó | recuperar* | reconectó | reanud* | de vuelta | vuelve | restaur* | solucion* | resuelto
es LAST 2: duró | durante | tras | después de | dura | estuvo | llevaba
es SAY 1: dijo | según | afirmó | anunció | declaró | informó | aseguró | explicó
es HEDGE 1: al parecer | aparentemente | habría* | supuestamente | presunt* | parece*
es DENY 1: negó | niega | desmintió | desmiente | no hubo
es ELSE 3 power: electricidad | eléctric* | apagón eléctrico | suministro eléctrico | luz
pt NET 3: Internet | acesso à internet | ligação | ligações | rede | redes | internet móvel | conexão
pt NET 2: operador* | fornecedor* | dados móveis | online | conectividade | tráfego | serviço* | telefonia | cabo submarino
pt OUT 3: cortad* | ruptura* | cabos partidos | apagão | corte | falha | offline | sem internet | queda | interrupção | sem ligação | bloqueio de internet | fora do ar | desligad* | desligamento
pt OUT 2: interrompid* | inacessível | caiu | instabilidade | avaria | em baixo
pt START 3: caiu | caíram | cortou | cortaram | cortada | interrompeu | desligou | suspendeu | perdeu | saiu do ar | saíram do ar | desapareceu | desligada
pt START 2: lentas | lentos | desde | começou | corte | falha | queda | ficou | ficaram | deixou de | interrompid* | bloqueada
pt END 3: restabelec* | voltou | voltaram | regressou | recupera* | retom* | de volta | resolvid* | normaliz* | restaur* | reposto*
pt LAST 2: durou | durante | após | depois de | por
pt SAY 1: disse | segundo | afirmou | anunciou | declarou | informou | garantiu | explicou
pt HEDGE 1: alegadamente | aparentemente | terá | teria | parece*
pt DENY 1: negou | nega | desmentiu | não houve
pt ELSE 3 power: eletricidade | elétric* | energia | luz
it NET 3: Internet | rete | connessione
it OUT 3: interruzione | blackout | offline | guasto | disservizio | isolat*
it START 2: dalle | caduta | crollat* | interrott* | spento | da
it END 3: ripristinat* | tornat* | ripreso | ristabilit* | risolto
it SAY 1: detto | secondo | dichiarato | annunciato
)";

constexpr std::string_view kSlavic = R"(
ru NET 3: интернет* | сеть | сети | сетей | связь | связи | мобильный интернет | мобильного интернета
ru NET 2: оператор* | провайдер* | трафик* | маршрут* | онлайн | абонент* | подключени* | соединени* | сервис* | сайт*
ru OUT 3: сбой | сбоя | сбои | сбоем | отключени* | блэкаут* | офлайн | без интернета | обрыв* | шатдаун* | отключен* | недоступ* | без связи | перебо*
ru OUT 2: не работ* | прерван* | нарушен* | упал* | пропал* | авари* | отрезан*
ru START 3: отключил* | отключен* | пропал* | упал* | исчез* | прервал* | оборвал* | потерял* | лишил* | перестал* | рухнул*
ru START 2: начал* | началс* | с | сбой | отключени* | не работ* | прекратил* | произош*
ru END 3: восстанов* | вернул* | вернулс* | возобнов* | заработал* | снова | возвращ* | устранен* | устранил*
ru LAST 2: длил* | продлил* | после | продолжал* | в течение | длилось
ru SAY 1: сообщил* | заявил* | по данным | сказал* | сообща* | рассказал* | говорит* | объявил*
ru HEDGE 1: возможно | вероятно | предположительно | якобы | по-видимому | похоже
ru DENY 1: опроверг* | отрица* | не было
ru ELSE 3 power: электричеств* | электроэнерг* | энергосистем*
uk NET 3: інтернет* | мереж* | зв'язок | зв’язок | зв'язку | зв’язку | мобільний інтернет
uk NET 2: оператор* | провайдер* | трафік* | абонент* | підключен* | онлайн
uk OUT 3: збій | збою | збої | відключен* | блекаут* | офлайн | без інтернету | без зв'язку | без зв’язку | недоступ* | перебо*
uk OUT 2: не працю* | обірван* | порушен*
uk START 3: відключил* | зник* | впав | впала | втратил* | залишили* | перестал*
uk START 2: почав* | почал* | з | збій | не працю*
uk END 3: віднов* | поверну* | запрацю* | знову | усунен*
uk LAST 2: тривав* | тривал* | після | протягом
uk SAY 1: повідомил* | повідомив | заявил* | заявив | за даними | підтвердил*
uk HEDGE 1: можливо | ймовірно | нібито
uk DENY 1: спростув* | заперечи*
bg NET 3: интернет* | мрежа* | връзк*
bg OUT 3: срив* | прекъсване* | офлайн | без интернет | блекаут* | изключен* | прекъсна* | недостъп*
bg START 2: спря* | прекъсна* | срина* | изчезна* | от | започна*
bg END 3: възстанов* | върна* | отново
bg LAST 2: продължи* | след | в продължение
bg SAY 1: каза* | съобщи* | според | заяви*
bg HEDGE 1: вероятно | възможно | предполага*
bg ELSE 0 instability: нестабилна | нестабилен | нестабилни | нестабилност
pl NET 3: internet* | sieć | sieci | połączeni*
pl OUT 3: awari* | przerw* | offline | wyłączen* | odcięt*
pl END 3: przywróc* | powrót | wróci* | ponownie
pl START 2: od | zaczę* | wyłącz*
)";

constexpr std::string_view kOthers = R"(
tr NET 3: internet* | ağ | ağı | bağlantı* | hizmetleri | şebeke*
tr OUT 3: kesinti* | çöktü | çöküş* | çevrimdışı | erişilemez | kopuk* | kesik
tr START 3: çöktü | kesildi | koptu | kesti | erişilemez
tr START 2: başladı | beri | kesinti
tr END 3: geri geldi | yeniden | düzeldi | giderildi | tekrar | geri döndü
tr LAST 2: sürdü | sonra | boyunca
tr SAY 1: dedi | açıkladı | göre | bildirdi | belirtti
tr HEDGE 1: iddiaya göre | muhtemelen | olası
ar NET 3: الإنترنت | الانترنت | إنترنت | انترنت | الشبكة | شبكة | شبكات | الاتصالات | الاتصال | بالإنترنت
ar NET 2: خدمة | خدمات | الخدمة | المحمول | الهاتف | الكابلات | كابل | مزود*
ar OUT 3: انقطاع* | عن الخدمة | خرجت عن الخدمة | انقطعت | انقطع | تعطل | تعطّل | عطل | حجب | قطع | معزول* | بانقطاع | مقطوع* | خارج الخدمة
ar START 3: انقطع | انقطعت | قطعت | قطع | توقفت | توقف | تعطلت | اختفت
ar START 2: بدأ | بدأت | منذ | انقطاع | اعتبارا
ar END 3: عودة | عادت | عاد | استعادة | استئناف | إعادة | أعادت | تعود | استؤنفت
ar LAST 2: استمر | استمرت | دام | لمدة | بعد | طوال | دامت
ar SAY 1: قال | قالت | أعلن | أعلنت | وفق | بحسب | ذكرت | أفاد* | نفى | نفت
ar HEDGE 1: يبدو | ربما | يعتقد | يُعتقد | محتمل
ar DENY 1: نفى | نفت | لم تنقطع | لم ينقطع | استمرار
ar ELSE 3 power: الكهرباء | التيار | كهرباء
fa NET 3: اینترنت | شبکه | ارتباط* | اینترنت همراه
fa OUT 3: قطع | قطعی | خاموشی | اختلال | قطعی اینترنت | قطع شد | از دسترس خارج
fa START 3: قطع شد | قطع کرد | قطع شدند | افت کرد | سقوط کرد
fa START 2: از | آغاز | شروع | قطع
fa END 3: برگشته | بازگشته | وصل | برقرار | بازگشت | وصل شد | برقرار شد | دوباره | متصل
fa LAST 2: پس از | به مدت | طول کشید | بعد از
fa SAY 1: گفت | اعلام کرد | به گفته | گزارش
fa HEDGE 1: احتمالا | ظاهرا | گویا
fa ELSE 3 power: برق | خاموشی‌ها
he NET 3: אינטרנט | האינטרנט | רשת | הרשת
he OUT 3: נפל* | ניתוק | נותק* | תקלה | מנותק*
he END 3: חזר* | שוקם | הושב*
hi NET 3: इंटरनेट | नेटवर्क | मोबाइल इंटरनेट | सेवा | सेवाएं | सेवाएँ | ब्रॉडबैंड
hi OUT 3: ठप | बंद | बाधित | ठप्प | शटडाउन | कटौती | गायब
hi START 3: ठप हो | ठप हुई | ठप पड़ीं | बंद कर | बंद हुई | ठप
hi START 2: से | शुरू | बंद | ठप
hi END 3: बहाल | वापस | फिर से | चालू
hi LAST 2: बाद | तक | रही | रहीं
hi SAY 1: कहा | बताया | अनुसार | मुताबिक
hi ELSE 3 power: बिजली
ko NET 3: 인터넷 | 네트워크 | 통신망 | 통신 | 망 | 접속 | 누리집 | 홈페이지 | 웹사이트 | 사이트
ko OUT 3: 접속 불가 | 접속불가 | 먹통 | 다운 | 장애 | 불통 | 먹통 | 중단 | 마비 | 두절 | 끊김 | 끊겼 | 끊어 | 접속 장애 | 열리지 않 | 차단 | 단절
ko START 3: 끊겨 | 또 끊겨 | 끊겼 | 끊어졌 | 다운됐 | 다운된 | 마비됐 | 중단됐 | 사라졌 | 두절됐 | 멈췄
ko START 2: 부터 | 시작 | 이후 | 께부터 | 다운 | 끊 | 발생
ko END 3: 복구 | 재개 | 정상화 | 복구됐 | 회복 | 다시 연결 | 되살아 | 돌아왔 | 돌아온 | 다시 열렸 | 다시 열린
ko LAST 2: 만에 | 동안 | 간 | 지속
ko SAY 1: 밝혔 | 말했 | 전했 | 보도했 | 발표했 | 따르면
ko HEDGE 1: 것으로 보인다 | 추정 | 듯 | 가능성 | 알려졌
ko DENY 1: 부인 | 없었다 | 아니다
ko ELSE 3 power: 정전 | 전력
ja NET 3: インターネット | ネット | 通信 | 回線 | ネットワーク | 接続 | サイト | 携帯電話
ja OUT 3: 障害 | 遮断 | 不通 | 停止 | 途絶 | ダウン | つながりにく | つながらな | 接続障害 | 通信障害 | 切断 | 断絶 | 使えな
ja START 3: 遮断され | 停止し | 途絶え | つながらなく | 切断され | ダウンし | 消え | 不通にな
ja START 2: から | 発生 | 始まっ | 障害
ja END 3: 復旧 | 回復 | 再開 | 復活 | 解消
ja LAST 2: にわたって | 続い | 間 | 後
ja SAY 1: 述べ | 発表 | によると | 明らかにし | 伝え
ja HEDGE 1: とみられ | 可能性 | 模様 | ようだ | らしい
ja DENY 1: 否定
ja ELSE 3 power: 停電 | 電力
zh NET 3: 互联网 | 网络 | 网路 | 网 | 上网 | 通信 | 連線 | 互聯網 | 網路 | 網絡 | 通讯 | 网站
zh OUT 3: 中断 | 断网 | 瘫痪 | 故障 | 断开 | 斷網 | 中斷 | 癱瘓 | 掉线 | 断线 | 宕机 | 崩溃 | 无法访问
zh START 3: 中断 | 断网 | 瘫痪 | 断开 | 消失 | 切断 | 中斷
zh START 2: 开始 | 自 | 起 | 于 | 從 | 从
zh END 3: 恢复 | 恢復 | 重新连接 | 修复 | 重连 | 修復
zh LAST 2: 持续 | 后 | 长达 | 持續 | 達 | 达
zh SAY 1: 说 | 表示 | 称 | 据 | 报道 | 宣布 | 說
zh HEDGE 1: 可能 | 疑 | 疑似 | 似乎 | 据称
zh DENY 1: 否认 | 否認
zh ELSE 3 power: 停电 | 电力 | 停電
id NET 3: internet | jaringan | koneksi | data seluler
id OUT 3: kehilangan akses | tak bisa diakses | putus | terputus | padam | gangguan | mati | pemadaman internet | gelap | lumpuh | tumbang | offline
id START 3: terputus | putus | diputus | dimatikan | diblokir | mati | lumpuh | tumbang
id START 2: sejak | mulai | gangguan
id END 3: pulih | kembali normal | dipulihkan | tersambung | normal | hidup lagi
id LAST 2: selama | setelah | sekitar
id SAY 1: kata | mengatakan | menurut | menyebut | mengumumkan
id HEDGE 1: diduga | kemungkinan | tampaknya
id ELSE 3 power: listrik
hy NET 3: ինտերնետ* | կապ*
hy OUT 3: անջատ* | խափան* | առանց ինտերնետ*
hy END 3: վերականգն*
)";

}  // namespace

std::string_view vocabulary_table() {
  static const std::string kAll = [] {
    std::string all;
    for (auto part : {kEnglish, kGermanic, kRomance, kSlavic, kOthers}) all += part;
    return all;
  }();
  return kAll;
}

}  // namespace correlate::extraction
