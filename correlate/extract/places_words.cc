#include "correlate/extract/places.h"

// Our own names of places. KIND: a, people and adjective; c, city; n, another name of the country;
// r, a region (its first form is its name). "*" behind a form: every word that begins so.

namespace correlate::extraction {
namespace {

constexpr std::string_view kPlaces = R"(
AE en a: Emirati | Emiratis
AE en n: UAE | U.A.E. | Emirates | United Arab Emirates
AE en c: Dubai | Abu Dhabi
AF en a: Afghan | Afghans | Afghani
AF en c: Kabul | Kandahar | Herat
AL en a: Albanian | Albanians
AL en c: Tirana
AM en a: Armenian | Armenians
AM en c: Yerevan
AO en a: Angolan | Angolans
AO en c: Luanda
AR en a: Argentine | Argentinian | Argentines | Argentinians
AR en c: Buenos Aires
AT en a: Austrian | Austrians
AT en c: Vienna
AU en a: Australian | Australians
AU en c: Sydney | Melbourne | Canberra | Brisbane
AZ en a: Azerbaijani | Azerbaijanis | Azeri
AZ en c: Baku
BA en n: Bosnia | Bosnia and Herzegovina
BA en a: Bosnian | Bosnians
BA en c: Sarajevo
BD en a: Bangladeshi | Bangladeshis
BD en c: Dhaka
BE en a: Belgian | Belgians
BE en c: Brussels
BF en a: Burkinabe
BF en c: Ouagadougou
BG en a: Bulgarian | Bulgarians
BG en c: Sofia
BH en a: Bahraini | Bahrainis
BH en c: Manama
BI en a: Burundian | Burundians
BI en c: Bujumbura
BJ en a: Beninese
BJ en c: Cotonou
BO en a: Bolivian | Bolivians
BO en c: La Paz
BR en a: Brazilian | Brazilians
BR en c: Brasilia | São Paulo | Rio de Janeiro
BT en a: Bhutanese
BY en a: Belarusian | Belarusians | Belarusan
BY en c: Minsk
CA en a: Canadian | Canadians
CA en c: Ottawa | Toronto | Montreal | Vancouver
CD en n: Democratic Republic of the Congo | Democratic Republic of Congo | DR Congo | DRC | D.R. Congo | Congo-Kinshasa | Congo Kinshasa | Zaire
CD en a: Congolese
CD en c: Kinshasa
CD en n: Congo
CF en n: Central African Republic
CF en c: Bangui
CG en n: Republic of the Congo | Republic of Congo | Congo-Brazzaville | Congo Brazzaville
CG en c: Brazzaville
CH en a: Swiss
CH en c: Geneva | Zurich | Bern
CI en n: Ivory Coast | Cote d'Ivoire | Côte d'Ivoire | Côte d’Ivoire
CI en a: Ivorian | Ivorians
CI en c: Abidjan
CL en a: Chilean | Chileans
CL en c: Santiago de Chile
CM en a: Cameroonian | Cameroonians
CM en c: Yaounde | Yaoundé | Douala
CN en a: Chinese
CN en c: Beijing | Shanghai
CN en r: Xinjiang
CN en r: Tibet | Tibetan
CO en a: Colombian | Colombians
CO en c: Bogota | Bogotá
CR en a: Costa Rican | Costa Ricans
CU en a: Cuban | Cubans
CU en c: Havana
CY en a: Cypriot | Cypriots
CZ en n: Czech Republic
CZ en a: Czech | Czechs
CZ en c: Prague
DE en a: German | Germans
DE en c: Berlin | Frankfurt | Munich | Hamburg
DJ en a: Djiboutian
DK en a: Danish | Danes
DK en c: Copenhagen
DZ en a: Algerian | Algerians
DZ en c: Algiers
EC en a: Ecuadorian | Ecuadorean | Ecuadorians
EC en c: Quito
EE en a: Estonian | Estonians
EE en c: Tallinn
EG en a: Egyptian | Egyptians
EG en c: Cairo | Alexandria
ER en a: Eritrean | Eritreans
ER en c: Asmara
ES en a: Spanish | Spaniards
ES en c: Madrid | Barcelona
ES en r: Catalonia | Catalan
ET en a: Ethiopian | Ethiopians
ET en c: Addis Ababa
ET en r: Tigray
ET en r: Oromia
FI en a: Finnish | Finns
FI en c: Helsinki
FJ en a: Fijian | Fijians
FJ en c: Suva
FR en a: French | Frenchman
FR en c: Paris | Marseille | Lyon
GA en a: Gabonese
GA en c: Libreville
GB en n: UK | U.K. | Britain | Great Britain | England | Scotland | Wales | Northern Ireland
GB en a: British | Briton | Britons
GB en c: London | Manchester | Edinburgh
GE en a: Georgian | Georgians
GE en c: Tbilisi
GH en a: Ghanaian | Ghanaians
GH en c: Accra
GL en c: Nuuk
GM en n: The Gambia
GM en a: Gambian | Gambians
GM en c: Banjul
GN en a: Guinean | Guineans
GN en c: Conakry
GQ en a: Equatorial Guinean | Equatoguinean
GQ en c: Malabo
GQ en r: Annobón | Annobon
GR en a: Greek | Greeks
GR en c: Athens
GT en a: Guatemalan | Guatemalans
GW en c: Bissau
GY en a: Guyanese
HK en n: Hong Kong | Hongkong
HN en a: Honduran | Hondurans
HN en c: Tegucigalpa
HR en a: Croatian | Croatians | Croats
HR en c: Zagreb
HT en a: Haitian | Haitians
HT en c: Port-au-Prince
HU en a: Hungarian | Hungarians
HU en c: Budapest
ID en a: Indonesian | Indonesians
ID en c: Jakarta
ID en r: Papua
IE en a: Irish
IE en c: Dublin
IL en a: Israeli | Israelis
IL en c: Jerusalem | Tel Aviv
IN en a: Indian | Indians
IN en c: New Delhi | Delhi | Mumbai | Kolkata | Chennai | Bengaluru | Bangalore | Hyderabad
IN en r: Kashmir | Jammu and Kashmir
IN en r: Manipur
IN en r: Rajasthan
IN en r: Haryana
IN en r: Uttar Pradesh
IN en r: West Bengal
IN en r: Assam
IN en r: Punjab
IQ en a: Iraqi | Iraqis
IQ en c: Baghdad | Basra | Mosul | Erbil
IQ en r: Kurdistan | Kurdistan Region
IQ en r: Anbar
IR en a: Iranian | Iranians
IR en c: Tehran | Teheran | Isfahan | Mashhad
IR en r: Khuzestan
IS en a: Icelandic | Icelanders
IS en c: Reykjavik
IT en a: Italian | Italians
IT en c: Rome | Milan
JM en a: Jamaican | Jamaicans
JO en a: Jordanian | Jordanians
JO en c: Amman
JP en a: Japanese
JP en c: Tokyo | Osaka
JP en r: Hokkaido
KE en a: Kenyan | Kenyans
KE en c: Nairobi
KG en a: Kyrgyz
KG en c: Bishkek
KH en a: Cambodian | Cambodians
KH en c: Phnom Penh
KP en n: North Korea | N. Korea | N Korea | NKorea | N.Korea | DPRK | D.P.R.K. | the North Korean regime
KP en n: Norks | Norkor | NorKor
KP en n: hermit kingdom | Hermit Kingdom
KP en a: North Korean | North Koreans | N. Korean
KP en c: Pyongyang
KR en n: South Korea | S. Korea | S Korea | SKorea | S.Korea | Republic of Korea
KR en a: South Korean | South Koreans | S. Korean
KR en c: Seoul | Busan
KW en a: Kuwaiti | Kuwaitis
KZ en a: Kazakh | Kazakhs | Kazakhstani
KZ en c: Almaty | Astana | Nur-Sultan
LA en a: Laotian | Lao
LA en c: Vientiane
LB en a: Lebanese
LB en c: Beirut
LK en a: Sri Lankan | Sri Lankans
LK en c: Colombo
LR en a: Liberian | Liberians
LR en c: Monrovia
LS en c: Maseru
LT en a: Lithuanian | Lithuanians
LT en c: Vilnius
LV en a: Latvian | Latvians
LV en c: Riga
LY en a: Libyan | Libyans
LY en c: Tripoli | Benghazi
MA en a: Moroccan | Moroccans
MA en c: Rabat | Casablanca
MD en a: Moldovan | Moldovans
MD en c: Chisinau
ME en a: Montenegrin
MG en a: Malagasy
MG en c: Antananarivo
MH en a: Marshallese
MK en a: Macedonian
ML en a: Malian | Malians
ML en c: Bamako
MM en n: Burma
MM en a: Burmese
MM en c: Yangon | Rangoon | Naypyidaw
MN en a: Mongolian | Mongolians
MN en c: Ulaanbaatar
MR en a: Mauritanian | Mauritanians
MR en c: Nouakchott
MT en a: Maltese
MV en a: Maldivian
MW en a: Malawian
MX en a: Mexican | Mexicans
MX en c: Mexico City
MY en a: Malaysian | Malaysians
MY en c: Kuala Lumpur
MZ en a: Mozambican | Mozambicans
MZ en c: Maputo
NA en a: Namibian | Namibians
NE en a: Nigerien | Nigeriens
NE en c: Niamey
NG en a: Nigerian | Nigerians
NG en c: Lagos | Abuja
NI en a: Nicaraguan | Nicaraguans
NI en c: Managua
NL en n: Holland
NL en a: Dutch
NL en c: Amsterdam | The Hague
NO en a: Norwegian | Norwegians
NO en c: Oslo
NP en a: Nepali | Nepalese | Nepalis
NP en c: Kathmandu
NZ en a: New Zealanders
NZ en c: Auckland | Wellington
OM en a: Omani | Omanis
OM en c: Muscat
PA en a: Panamanian | Panamanians
PE en a: Peruvian | Peruvians
PG en c: Port Moresby
PH en a: Filipino | Filipinos | Philippine
PH en c: Manila
PK en a: Pakistani | Pakistanis
PK en c: Islamabad | Karachi | Lahore
PK en r: Sindh
PK en r: Balochistan
PL en a: Polish | Poles
PL en c: Warsaw
PS en n: Palestine | Palestinian Territories | Palestinian territories
PS en a: Palestinian | Palestinians
PS en r: Gaza | Gaza Strip | Gazan | Gazans
PS en r: West Bank
PT en a: Portuguese
PT en c: Lisbon
PY en a: Paraguayan
QA en a: Qatari | Qataris
QA en c: Doha
RO en a: Romanian | Romanians
RO en c: Bucharest
RS en a: Serbian | Serbians | Serbs
RS en c: Belgrade
RU en a: Russian | Russians
RU en c: Moscow | Kremlin | St. Petersburg
RU en r: Dagestan
RU en r: Ingushetia
RW en a: Rwandan | Rwandans
RW en c: Kigali
SA en a: Saudi | Saudis
SA en c: Riyadh | Jeddah
SB en n: Solomons
SB en c: Honiara
SD en a: Sudanese
SD en c: Khartoum | Omdurman
SD en r: Darfur
SE en a: Swedish | Swedes
SE en c: Stockholm
SG en a: Singaporean | Singaporeans
SI en a: Slovenian | Slovenians
SI en c: Ljubljana
SK en a: Slovak | Slovaks
SK en c: Bratislava
SL en a: Sierra Leonean
SL en c: Freetown
SN en a: Senegalese
SN en c: Dakar
SO en a: Somali | Somalis
SO en c: Mogadishu
SO en r: Somaliland
SR en a: Surinamese
SS en a: South Sudanese
SS en c: Juba
SV en a: Salvadoran | Salvadorans
SY en a: Syrian | Syrians
SY en c: Damascus | Aleppo
SZ en n: Swaziland | Eswatini
TD en a: Chadian | Chadians
TD en c: N'Djamena | N’Djamena
TG en a: Togolese
TG en c: Lome | Lomé
TH en a: Thai | Thais
TH en c: Bangkok
TJ en a: Tajik | Tajiks
TJ en c: Dushanbe
TJ en r: Gorno-Badakhshan
TL en n: East Timor
TM en a: Turkmen
TM en c: Ashgabat
TN en a: Tunisian | Tunisians
TN en c: Tunis
TO en a: Tongan | Tongans
TO en c: Nuku'alofa | Nuku’alofa | Nukualofa
TR en n: Turkey | Turkiye | Türkiye
TR en a: Turkish | Turks
TR en c: Ankara | Istanbul
TT en n: Trinidad
TW en a: Taiwanese
TW en c: Taipei
TZ en a: Tanzanian | Tanzanians
TZ en c: Dar es Salaam | Dodoma
UA en a: Ukrainian | Ukrainians
UA en c: Kyiv | Kiev | Kharkiv | Odesa | Lviv | Mariupol
UA en r: Crimea | Crimean
UA en r: Donbas | Donetsk | Luhansk
UG en a: Ugandan | Ugandans
UG en c: Kampala
US en n: US | U.S. | USA | U.S.A. | United States | the States | America
US en a: American | Americans
US en c: Washington | New York | Los Angeles | San Francisco | Chicago | Houston | Boston | Seattle | Atlanta | Miami | Dallas | White House | Hollywood | Silicon Valley | Manhattan
US en r: California | Californian
US en r: Texas | Texan
US en r: Florida
US en r: New Hampshire
US en r: New Jersey
US en r: New Mexico
US en r: New England
US en r: Pennsylvania
US en r: Northern Virginia
US en r: West Virginia
US en c: East Coast | West Coast | Wall Street | Capitol Hill
US en r: Virginia
US en r: Ohio
US en r: Michigan
US en r: Illinois
US en r: Puerto Rico
UY en a: Uruguayan
UZ en a: Uzbek | Uzbeks
UZ en c: Tashkent
UZ en r: Karakalpakstan
VA en n: Vatican
VE en a: Venezuelan | Venezuelans
VE en c: Caracas
VN en n: Viet Nam
VN en a: Vietnamese
VN en c: Hanoi | Ho Chi Minh City | Saigon
YE en a: Yemeni | Yemenis
YE en c: Sanaa | Sana'a | Sana’a | Aden | Hodeidah | Hodeida
ZA en a: South African | South Africans
ZA en c: Johannesburg | Pretoria | Cape Town
ZM en a: Zambian | Zambians
ZM en c: Lusaka
ZW en a: Zimbabwean | Zimbabweans
ZW en c: Harare
KP de a: nordkoreanisch* | Nordkoreaner*
KP de c: Pjöngjang | Pyöngyang
KR de a: südkoreanisch* | Südkoreaner*
IR de a: iranisch* | Iraner*
SY de a: syrisch* | Syrer*
RU de a: russisch*
UA de a: ukrainisch*
CN de a: chinesisch*
US de a: amerikanisch* | US-amerikanisch*
US de n: USA
IQ de a: irakisch*
EG de a: ägyptisch* | Ägypter*
DE de a: deutsch*
DE de n: Bundesrepublik
GB de a: britisch*
KP fr a: nord-coréen* | nord-coréenne*
KR fr a: sud-coréen* | sud-coréenne*
IR fr a: iranien | iranienne | iraniens | iraniennes
SY fr a: syrien | syrienne | syriens | syriennes
NE fr a: nigérien | nigérienne | nigériens | nigériennes
NG fr a: nigérian | nigériane | nigérians | nigérianes
BJ fr a: béninois | béninoise | béninoises
SN fr a: sénégalais | sénégalaise | sénégalaises
CM fr a: camerounais | camerounaise
CD fr a: congolais | congolaise
CD fr n: RDC | République démocratique du Congo | Congo
CG fr n: Congo-Brazzaville
GA fr a: gabonais | gabonaise
GN fr a: guinéen | guinéenne | guinéens
TG fr a: togolais | togolaise
ML fr a: malien | malienne | maliens
BF fr a: burkinabè | burkinabé
FR fr a: français | française | françaises
US fr a: américain | américaine | américains | américaines
US fr n: États-Unis | Etats-Unis
RU fr a: russe | russes
DZ fr a: algérien | algérienne | algériens
CU fr a: cubain | cubaine | cubains
TD fr n: Tchad
KP es a: norcoreano | norcoreana | norcoreanos | norcoreanas
KP es c: Pyongyang | Pionyang
KR es a: surcoreano | surcoreana | surcoreanos | surcoreanas
US es a: estadounidense | estadounidenses
US es n: EE. UU. | EE.UU. | EEUU | Estados Unidos
CU es a: cubano | cubana | cubanos | cubanas
VE es a: venezolano | venezolana | venezolanos | venezolanas
IR es a: iraní | iraníes
GQ es c: Malabo
GQ es a: ecuatoguineano | ecuatoguineana
KP pt a: norte-coreano | norte-coreana | norte-coreanos
BR pt a: brasileiro | brasileira | brasileiros | brasileiras
PT pt a: português | portuguesa | portugueses
AO pt a: angolano | angolana
MZ pt a: moçambicano | moçambicana
KP it a: nordcoreano | nordcoreana | nordcoreani
KP nl a: Noord-Koreaans*
KP ru n: КНДР | Северная Корея | Северной Корее | Северной Кореи | Северную Корею | Северной Кореей
KP ru a: северокорейск*
KP ru c: Пхеньян*
KR ru a: южнокорейск*
KR ru n: Южной Корее | Южной Кореи | Южную Корею | Южной Кореей
RU ru a: российск* | россиян* | русск*
RU ru n: РФ
RU ru c: Москв* | Кремл*
UA ru a: украинск*
UA ru c: Киев*
US ru a: американск*
US ru n: США
IR ru a: иранск*
IR ru c: Тегеран*
SY ru a: сирийск*
KZ ru a: казахстанск*
BY ru a: белорусск*
CN ru a: китайск*
GB ru a: британск*
DE ru a: немецк* | германск*
KP uk n: КНДР | Північна Корея | Північної Кореї | Північній Кореї
KP uk a: північнокорейськ*
UA uk a: українськ*
UA uk c: Києв* | Київ
RU uk a: російськ*
US uk n: США
KP bg n: Северна Корея | КНДР
KP bg a: севернокорейск*
BG bg a: българск*
KP pl n: Korei Północnej | KRLD | Koreą Północną
KP pl a: północnokoreańsk*
PL pl a: polsk*
KP tr n: Kuzey Kore
KP tr a: Kuzey Koreli
TR tr a: Türk
KP ar n: كوريا الشمالية | بيونغ يانغ | بيونغيانغ
KP ar a: الكورية الشمالية | الكوري الشمالي
KR ar n: كوريا الجنوبية | سيول
SA ar n: السعودية | المملكة العربية السعودية
SA ar a: سعودي*
SA ar c: الرياض | جدة
SY ar a: السوري* | سوري | سورية
SY ar c: دمشق | حلب
SD ar a: السوداني* | سوداني*
SD ar c: الخرطوم
IQ ar a: العراقي* | عراقي*
IQ ar c: بغداد
EG ar a: المصري* | مصري*
EG ar c: القاهرة
YE ar a: اليمني* | يمني*
YE ar c: صنعاء | الحديدة | عدن
IR ar a: الإيراني* | إيراني*
IR ar c: طهران
LY ar a: الليبي*
LY ar c: طرابلس
DZ ar a: الجزائري*
MA ar a: المغربي*
JO ar a: الأردني*
JO ar c: عمّان
PS ar n: فلسطين
PS ar r: غزة | قطاع غزة
PS ar a: الفلسطيني*
LB ar a: اللبناني*
LB ar c: بيروت
US ar a: الأمريكي* | الأميركي*
US ar n: أمريكا | أميركا | واشنطن
KP fa n: کره شمالی | کرهٔ شمالی
KP fa c: پیونگ یانگ | پیونگ‌یانگ
KR fa n: کره جنوبی
IR fa a: ایرانی*
IR fa c: تهران | خوزستان
US fa n: آمریکا | امریکا | ایالات متحده
US fa a: آمریکایی*
AF fa a: افغان*
AF fa c: کابل
KP he n: צפון קוריאה | קוריאה הצפונית
KP hi n: उत्तर कोरिया | उत्तरी कोरिया
KP hi c: प्योंगयांग
KR hi n: दक्षिण कोरिया
IN hi a: भारतीय
IN hi c: दिल्ली | नई दिल्ली | मुंबई
IN hi r: कश्मीर
US hi n: अमेरिका | अमरीका
SD fr a: soudanais | soudanaise
TD fr a: tchadien | tchadienne | tchadiens
MR fr a: mauritanien | mauritanienne
CI fr a: ivoirien | ivoirienne | ivoiriens
IQ fr a: irakien | irakienne | irakiens
LY fr a: libyen | libyenne | libyens
TN fr a: tunisien | tunisienne
MA fr a: marocain | marocaine
ET fr a: éthiopien | éthiopienne
ZW fr a: zimbabwéen | zimbabwéenne
UG fr a: ougandais | ougandaise
KE fr a: kényan | kényane
MM fr a: birman | birmane
AF fr a: afghan | afghane | afghans
PK fr a: pakistanais | pakistanaise
IN fr a: indien | indienne
CN fr a: chinois | chinoise
EG fr a: égyptien | égyptienne
VE fr a: vénézuélien | vénézuélienne
HT fr a: haïtien | haïtienne
MG fr a: malgache | malgaches
BI fr a: burundais | burundaise
RW fr a: rwandais | rwandaise
UA fr a: ukrainien | ukrainienne
DE fr a: allemand | allemande
GB fr a: britannique | britanniques
SD es a: sudanés | sudanesa | sudaneses
SY es a: sirio | siria | sirios
IQ es a: iraquí | iraquíes
LY es a: libio | libia | libios
EG es a: egipcio | egipcia | egipcios
DZ es a: argelino | argelina
AF es a: afgano | afgana | afganos
MM es a: birmano | birmana
PK es a: paquistaní | paquistaníes
IN es a: indios | indias
CN es a: chino | chinos
RU es a: ruso | rusa | rusos
UA es a: ucraniano | ucraniana
NI es a: nicaragüense | nicaragüenses
HN es a: hondureño | hondureña
EC es a: ecuatoriano | ecuatoriana
ZW es a: zimbabuense
SD pt a: sudanês | sudanesa | sudaneses
SY pt a: sírio | síria | sírios
IQ pt a: iraquiano | iraquiana
LY pt a: líbio | líbia | líbios
EG pt a: egípcio | egípcia
AF pt a: afegão | afegã | afegãos
GW pt a: guineense | guineenses
RU pt a: russo | russa
UA pt a: ucraniano | ucraniana
ZW pt a: zimbabuano | zimbabueano
ZW pt n: Zimbábue | Zimbabué
SD de a: sudanesisch* | Sudanes*
LY de a: libysch* | Libyer*
AF de a: afghanisch* | Afghane*
PK de a: pakistanisch* | Pakistaner*
IN de a: indisch*
TR de a: türkisch* | Türken
BY de a: belarussisch* | weißrussisch*
BY de n: Weißrussland
MM de n: Birma | Burma
CI de n: Elfenbeinküste
CD de n: Kongo | Demokratische Republik Kongo
KZ de a: kasachisch*
VE de a: venezolanisch*
CU de a: kubanisch*
ET de a: äthiopisch*
FR de a: französisch*
JP de a: japanisch*
SD ru a: суданск*
LY ru a: ливийск*
EG ru a: египетск*
AF ru a: афганск*
PK ru a: пакистанск*
IN ru a: индийск*
TR ru a: турецк*
CU ru a: кубинск*
VE ru a: венесуэльск*
ET ru a: эфиопск*
IQ ru a: иракск*
AM ru a: армянск*
GE ru a: грузинск*
UZ ru a: узбекск* | каракалпакск*
TJ ru a: таджикск*
BY ru n: Белоруссия | Белоруссии | Белоруссию | Белоруссией
BY ru c: Минск*
KG ru n: Киргизия | Киргизии | Киргизию
MD ru n: Молдавия | Молдавии | Молдавию
TM ru n: Туркмения | Туркмении
MM ru n: Бирма | Бирме | Бирмы
SY ru c: Дамаск*
SD ru c: Хартум*
KZ ru c: Алма-Ат* | Алматы | Астан*
AE ar n: الإمارات | الامارات
BH ar n: البحرين
SY ar n: سوريا
OM ar n: عُمان
MR ar n: موريتانيا
SS ar n: جنوب السودان
KW ar a: الكويتي*
AF ar n: أفغانستان
AF ar c: كابول | كابل
TN ar a: التونسي*
TR ar a: التركي*
RU ar a: الروسي*
CN ar a: الصيني*
SD fa n: سودان
IQ fa n: عراق
SY fa n: سوریه
RU fa n: روسیه
TR fa n: ترکیه
PK fa n: پاکستان
KP ko n: 북한 | 북측 | 조선민주주의인민공화국
KP ko c: 평양
KR ko n: 한국 | 남한 | 우리나라
KR ko c: 서울 | 부산
US ko n: 미국 | 워싱턴
CN ko c: 베이징
JP ko c: 도쿄
JP ko r: 홋카이도
KP ja n: 北朝鮮
KP ja c: 平壌 | ピョンヤン
KR ja n: 韓国
KR ja c: ソウル
US ja n: 米国 | アメリカ | 米
JP ja c: 東京 | 大阪
CN ja c: 北京
KP zh n: 朝鲜 | 北韩 | 北朝鲜 | 朝鮮 | 北韓
KP zh c: 平壤
KR zh n: 韩国 | 南韩 | 韓國
US zh n: 美国 | 美國
CN zh c: 北京 | 上海
SY zh n: 叙利亚
KP id n: Korea Utara | Korut
KP id c: Pyongyang
KR id n: Korea Selatan | Korsel
US id n: AS | Amerika Serikat
ID id c: Jakarta
KP vi n: Bắc Triều Tiên | Triều Tiên
AM hy n: Հայաստան*
AM hy a: հայկական*
GE hy n: Վրաստան*
)";

}  // namespace

std::string_view place_table() { return kPlaces; }

}  // namespace correlate::extraction
