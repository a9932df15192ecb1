#include "correlate/extract/places.h"

// Operators and the names that news give them, cables, exchanges and measurers.

namespace correlate::extraction {
namespace {

// The AS number is the operator's largest, 0 where one number would not stand for it. Forms that
// are words of everyday language too ("Orange", "Three", "Sky") are left out unless more stands
// beside them.
constexpr std::string_view kOperators = R"(
AE 5384 Etisalat: Etisalat | Emirates Telecommunications
AE 15802 du: Emirates Integrated Telecommunications
AF 55330 Afghan Telecom: Afghan Telecom | Afghantelecom
AF 0 Afghan Wireless: Afghan Wireless | AWCC
AF 38742 Roshan: Roshan Telecom
AM 12297 Ucom: Ucom
AO 37119 Unitel: Unitel Angola
AR 7303 Telecom Argentina: Telecom Argentina
AT 8447 A1 Telekom Austria: A1 Telekom | Telekom Austria
AU 1221 Telstra: Telstra
AU 4804 Optus: Optus | SingTel Optus
AU 7545 TPG: TPG Telecom
AZ 29049 Delta Telecom: Delta Telecom
BD 24389 Grameenphone: Grameenphone
BD 24432 Robi: Robi Axiata
BD 45245 Banglalink: Banglalink
BE 5432 Proximus: Proximus | Belgacom
BF 25543 Onatel: Onatel
BJ 28683 Benin Telecoms: Benin Telecoms
BR 28573 Claro Brasil: Claro Brasil
BR 27699 Vivo: Telefônica Brasil | Telefonica Brasil
BR 7738 Oi: Telemar
BY 6697 Beltelecom: Beltelecom | Белтелеком* | Белтелекам*
BY 42772 A1 Belarus: velcom
CA 812 Rogers: Rogers Communications | Rogers
CA 577 Bell Canada: Bell Canada
CA 852 Telus: Telus
CD 37020 Vodacom Congo: Vodacom Congo
CH 3303 Swisscom: Swisscom
CI 29571 Orange Côte d'Ivoire: Orange Côte d'Ivoire | Orange Cote d'Ivoire
CM 15964 Camtel: Camtel
CN 4837 China Unicom: China Unicom | 中国联通 | 中國聯通 | 차이나유니콤
CN 4134 China Telecom: China Telecom | Chinanet | 中国电信
CN 9808 China Mobile: China Mobile | 中国移动
CO 3816 Colombia Telecomunicaciones: Colombia Telecomunicaciones
CU 27725 ETECSA: ETECSA | Etecsa
DE 3320 Deutsche Telekom: Deutsche Telekom
DE 6805 Telefónica Germany: Telefónica Deutschland | Telefonica Deutschland
DK 3292 TDC: TDC
DZ 36947 Algérie Télécom: Algérie Télécom | Algerie Telecom | Algeria Telecom
EG 8452 TE Data: TE Data | Telecom Egypt
EG 24863 LINKdotNET: LINKdotNET
ES 3352 Telefónica: Telefónica de España | Movistar
ET 24757 Ethio Telecom: Ethio Telecom | Ethio telecom
FI 719 Elisa: Elisa Oyj
FJ 9241 FINTEL: FINTEL
FR 3215 Orange: Orange France | France Télécom | France Telecom
FR 12322 Free: Iliad
GA 16058 Gabon Telecom: Gabon Telecom | Gabon Télécom
GB 2856 BT: BT Group | British Telecom | Openreach
GB 5089 Virgin Media: Virgin Media
GH 30986 Scancom: MTN Ghana
GN 0 Orange Guinée: Orange Guinée
HK 4760 PCCW: PCCW
ID 17974 Telkom Indonesia: Telkom Indonesia | Telkomsel | Indihome
IL 8551 Bezeq: Bezeq
IN 55836 Reliance Jio: Reliance Jio | Jio
IN 9498 Bharti Airtel: Bharti Airtel | Airtel
IN 9829 BSNL: BSNL
IQ 50710 EarthLink: EarthLink Iraq
IR 12880 Information Technology Company (ITC): Telecommunication Infrastructure Company
IR 44244 Irancell: Irancell | MTN Irancell | ایرانسل
IR 197207 MCI: Hamrah-e Aval | Hamrahe Aval | MCCI | همراه اول
IR 57218 RighTel: Rightel | RighTel | رایتل
IT 3269 Telecom Italia: Telecom Italia
JP 2516 KDDI: KDDI
JP 9605 NTT Docomo: NTT Docomo | Docomo | NTTドコモ | ドコモ
JP 17676 SoftBank: SoftBank | ソフトバンク
JP 2914 NTT: NTT Communications
KE 33771 Safaricom: Safaricom
KH 0 Smart Axiata: Smart Axiata
KP 131279 Star Joint Venture: Star Joint Venture | Star JV | STAR-KP | Star-KP
KP 0 Koryolink: Koryolink
KR 4766 KT: Korea Telecom | KT Corp
KR 9318 SK Broadband: SK Broadband | SK Telecom
KZ 9198 Kazakhtelecom: Kazakhtelecom | Kaztelecom | Казахтелеком*
KZ 0 Kcell: Kcell
LB 42020 Ogero: Ogero
LK 9329 Sri Lanka Telecom: Sri Lanka Telecom
LR 37410 Lonestar: Lonestar Cell
LY 21003 Libya Telecom: Libya Telecom & Technology | Libya Telecom and Technology | LTT
MA 36903 Maroc Telecom: Maroc Telecom
ML 0 Malitel: Malitel
MM 9988 MPT: MPT | Myanma Posts and Telecommunications
MM 133385 Telenor Myanmar: Telenor Myanmar
MR 29544 Mauritel: Mauritel
MU 23889 Mauritius Telecom: Mauritius Telecom
MX 8151 Telmex: Telmex
MY 4788 Telekom Malaysia: Telekom Malaysia
MZ 37342 Movitel: Movitel
MZ 37611 Tmcel: Tmcel
NE 37205 Niger Telecoms: Niger Telecoms
NG 29465 MTN Nigeria: MTN Nigeria
NG 37148 Globacom: Globacom
NL 1136 KPN: KPN
NL 33915 Ziggo: Ziggo | VodafoneZiggo
NO 2119 Telenor: Telenor
NP 17501 WorldLink: WorldLink
NZ 4771 Spark: Spark New Zealand
OM 28885 Omantel: Omantel
PH 9299 PLDT: PLDT
PH 4775 Globe Telecom: Globe Telecom
PK 17557 Pakistan Telecommunication: PTCL | Pakistan Telecom
PK 45669 Jazz: Mobilink | Jazz Pakistan
PL 5617 Orange Polska: Orange Polska
PS 12975 Paltel: Paltel | Jawwal | جوال | بالتل
PT 3243 MEO: Altice Portugal
QA 8781 Ooredoo: Ooredoo Qatar
RO 8708 RCS & RDS: RCS & RDS | Digi Romania
RU 12389 Rostelecom: Rostelecom | Ростелеком*
RU 8359 MTS: МТС
RU 31133 MegaFon: MegaFon | Мегафон*
RU 3216 VimpelCom: VimpelCom | Beeline | Билайн*
SA 25019 STC: Saudi Telecom
SD 15706 Sudatel: Sudatel | Sudani | سوداتل | سوداني
SD 36998 Zain Sudan: Zain Sudan | Zain
SD 33788 Kanartel: Canar | Kanar
SE 3301 Telia: Telia
SG 7473 Singtel: Singtel | SingTel
SN 8346 Sonatel: Sonatel | Orange Sénégal
SO 37371 Hormuud: Hormuud
SS 0 MTN South Sudan: MTN South Sudan
SY 29256 Syrian Telecommunications Establishment: Syrian Telecommunications Establishment | Syriatel STE | Syriatel | Syrian Telecom
TD 0 Tigo Tchad: Tigo Tchad
TG 24691 Togo Telecom: Togo Telecom | Togocom | Togocel
TH 23969 TOT: TOT Public Company
TJ 43197 Tojiktelecom: Tojiktelecom
TN 37705 Tunisie Telecom: Tunisie Telecom | Topnet
TO 45355 Digicel Tonga: Digicel Tonga
TO 17645 Tonga Communications Corporation: Tonga Communications Corporation | Tonga Cable
TR 9121 Türk Telekom: Türk Telekom | Turk Telekom
TR 16135 Turkcell: Turkcell
TW 3462 Chunghwa: Chunghwa Telecom | HiNet
TZ 0 Vodacom Tanzania: Vodacom Tanzania
UA 15895 Kyivstar: Kyivstar | Київстар* | Киевстар*
UA 6849 Ukrtelecom: Ukrtelecom | Укртелеком*
UA 21497 Vodafone Ukraine: Vodafone Ukraine
UA 34058 lifecell: lifecell
UG 20294 MTN Uganda: MTN Uganda
UG 36991 Africell: Africell
US 3356 CenturyLink: CenturyLink | Lumen | Level 3 | Level3
US 13335 Cloudflare: CloudFlare | Cloudflare | クラウドフレア | كلاودفلير
US 32934 Facebook: Facebook | Instagram | WhatsApp | Meta Platforms | FB | facebook | Фейсбук* | فيسبوك | فيس بوك | واتساب | フェイスブック | 페이스북 | 脸书 | فیسبوک | فیس‌بوک | फेसबुक
US 15169 Google: Google | Gmail | YouTube | Google Cloud | Google Docs | グーグル | 구글 | 谷歌 | جوجل | غوغل | गूगल | Гугл*
US 16509 Amazon Web Services: Amazon Web Services | Amazon's cloud | Amazon cloud | AWS | S3 | us-east-1 | EC2
US 8075 Microsoft: Microsoft | Azure | Outlook | Microsoft Teams | Office 365 | Microsoft 365 | マイクロソフト | مايكروسوفت
US 36459 GitHub: GitHub | Github
US 20940 Akamai: Akamai | アカマイ | 아카마이
US 54113 Fastly: Fastly
US 22697 Roblox: Roblox | roblox
US 0 Slack: Slack
US 13414 Twitter: Twitter
US 2906 Netflix: Netflix
US 14593 Starlink: Starlink | ستارلينك | スターリンク | 스타링크
US 21928 T-Mobile: T-Mobile US | T-Mobile USA | T-Mobile
US 7018 AT&T: AT&T
US 701 Verizon: Verizon
US 7922 Comcast: Comcast | Xfinity
US 20115 Charter: Charter Communications
US 22351 Intelsat: Intelsat
US 7155 Viasat: Viasat | KA-SAT
US 174 Cogent: Cogent Communications
US 6939 Hurricane Electric: Hurricane Electric
US 33070 Rackspace: Rackspace
US 33517 Dyn: Dyn DNS
US 26101 Yahoo: Yahoo
US 0 Zoom: Zoom Video
US 0 PlayStation Network: PlayStation Network
US 0 Reddit: Reddit
US 714 Apple: iCloud
UZ 8193 Uztelecom: Uztelecom | Uzbektelecom
VE 8048 CANTV: CANTV
VN 45899 VNPT: VNPT
VN 7552 Viettel: Viettel
YE 30873 YemenNet: YemenNet | TeleYemen
ZA 36994 Vodacom: Vodacom
ZA 0 Telkom South Africa: Telkom SA
ZM 0 Zamtel: Zamtel
ZW 37184 Econet: Econet | Liquid Telecom | Liquid Zimbabwe
ZW 37204 TelOne: TelOne | NetOne
)";

// "PREFIX COUNTRY ASN": prefixes that news writes out because of what is reached there.
constexpr std::string_view kPrefixes = R"(
175.45.176.0/22 KP 131279
1.1.1.0/24 US 13335
1.0.0.0/24 US 13335
8.8.8.0/24 US 15169
8.8.4.0/24 US 15169
9.9.9.0/24 CH 19281
208.67.222.0/24 US 36692
77.88.8.0/24 RU 13238
)";

// "NAME: forms". A form behind "?" is also an operator's name, and the measurer's only where it is
// one who says something or whose figures are cited.
constexpr std::string_view kMeasurers = R"(
Dyn Research: Dyn Research | Dyn | Renesys | Oracle Dyn | Oracle Internet Intelligence | 딘 리서치 | 딘리서치 | ダイン・リサーチ
Cloudflare Radar: Cloudflare Radar | ? CloudFlare | ? Cloudflare
Kentik: Kentik
NetBlocks: NetBlocks | Netblocks | نت بلاکس | نت‌بلاکس | نت بلوكس | نتبلوكس
IODA: IODA | Internet Outage Detection and Analysis
CAIDA: CAIDA
Arbor Networks: Arbor Networks | Arbor | NETSCOUT | Netscout
ThousandEyes: ThousandEyes | Thousand Eyes
RIPE NCC: RIPE NCC | RIPE Atlas | RIPEstat | BGPlay | RIPE RIS
RouteViews: RouteViews | Route Views
BGPmon: BGPmon | BGPMon
BGPStream: BGPStream
OONI: OONI
Google Transparency Report: Google Transparency Report | Transparency Report
Google: ? Google
Akamai: ? Akamai | State of the Internet
Downdetector: Downdetector | DownDetector | Down Detector
Ookla: Ookla | Speedtest
M-Lab: M-Lab | Measurement Lab
Internet Society Pulse: Internet Society Pulse | ISOC Pulse
Qrator: Qrator | Qrator Labs
Team Cymru: Team Cymru
Incapsula: Incapsula | Imperva
Packet Clearing House: Packet Clearing House
Doug Madory: Doug Madory | Madory
Access Now: Access Now | KeepItOn
Hurricane Electric: ? Hurricane Electric
Catchpoint: Catchpoint
GreyNoise: GreyNoise
)";

constexpr std::string_view kCables = R"(
SEA-ME-WE 3: SEA-ME-WE 3 | SMW3 | SeaMeWe-3 | SEA-ME-WE-3
SEA-ME-WE 4: SEA-ME-WE 4 | SMW4 | SeaMeWe-4 | SEA-ME-WE-4
SEA-ME-WE 5: SEA-ME-WE 5 | SMW5 | SeaMeWe-5 | SEA-ME-WE-5
IMEWE: IMEWE | I-ME-WE
FLAG: FLAG Telecom | FLAG Europe-Asia | FALCON cable
AAE-1: AAE-1 | AAE1
EIG: Europe India Gateway | EIG cable
TGN-Eurasia: TGN-Eurasia | TGN-EA
WACS: WACS | West Africa Cable System
ACE: ACE cable | Africa Coast to Europe
MainOne: MainOne | Main One
SAT-3: SAT-3 | SAT3 | SAT-3/WASC
Glo-1: Glo-1 | Glo 1
Equiano: Equiano
EASSy: EASSy | Eastern Africa Submarine Cable System
SEACOM: SEACOM | Seacom
TEAMS: TEAMS cable
2Africa: 2Africa
Tonga Cable: Tonga Cable System | Tonga Domestic Cable
Southern Cross: Southern Cross Cable
AAG: Asia-America Gateway | AAG cable
APG: Asia Pacific Gateway | APG cable
APCN-2: APCN-2 | APCN2
TPE: Trans-Pacific Express
C-Lion1: C-Lion1 | C-Lion 1
BCS East-West: BCS East-West | BCS East-West Interlink
Svalbard Undersea Cable: Svalbard Undersea Cable
SHEFA-2: SHEFA-2
ALBA-1: ALBA-1
MAREA: MAREA
TAT-14: TAT-14
Peace: PEACE cable
Estonia-Finland: EE-S1
)";

constexpr std::string_view kExchanges = R"(
DE DE-CIX: DE-CIX
NL AMS-IX: AMS-IX | Amsterdam Internet Exchange
GB LINX: LINX | London Internet Exchange
US Equinix: Equinix
RU MSK-IX: MSK-IX
BR IX.br: IX.br | PTT.br
KE KIXP: KIXP
NG IXPN: IXPN
HK HKIX: HKIX
JP JPNAP: JPNAP | JPIX
FR France-IX: France-IX
UA UA-IX: UA-IX | DTEL-IX
ZA NAPAfrica: NAPAfrica | JINX
CH SwissIX: SwissIX
AT VIX: Vienna Internet Exchange
IN NIXI: NIXI
)";

}  // namespace

std::string_view operator_table() { return kOperators; }
std::string_view prefix_table() { return kPrefixes; }
std::string_view measurer_table() { return kMeasurers; }
std::string_view cable_table() { return kCables; }
std::string_view exchange_table() { return kExchanges; }

}  // namespace correlate::extraction
