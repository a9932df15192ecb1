#include "correlate/extract/known_names.h"

namespace correlate::extraction {

// Who and what the founding case is about, by the names that news of it use; written by hand.
std::string_view own_names() {
  return R"(
actor - Guardians of Peace: Guardians of Peace | Guardian of Peace | #GOP | GOP hackers | God'sApstls | Стражи мира | Guardianes de la Paz | Gardiens de la paix | Wächter des Friedens
actor KP Lazarus Group: Lazarus Group | Lazarus | Hidden Cobra | Zinc group | APT38 | APT 38 | 라자루스
actor KP Bureau 121: Bureau 121 | Unit 121 | 121국
actor - Lizard Squad: Lizard Squad | LizardSquad
actor - Anonymous: Anonymous hackers | Anonymous collective | hacker group Anonymous | hacktivist group Anonymous
malware - Destover: Destover | WhiskeyAlfa | Backdoor.Destover
malware - Shamoon: Shamoon | Disttrack
malware - DarkSeoul: DarkSeoul | Dark Seoul
malware - Jokra: Jokra
malware - WannaCry: WannaCry | WannaCrypt | Wanna Decryptor
malware - NotPetya: NotPetya | ExPetr | Nyetya
malware - Mirai: Mirai botnet | Mirai
organisation US Sony Pictures Entertainment: Sony Pictures Entertainment | Sony Pictures | Sony Entertainment | 소니 픽처스 | 소니픽처스 | 索尼影业 | 索尼影業 | ソニー・ピクチャーズ | Сони Пикчерс
organisation JP Sony: Sony Corporation | Sony Corp | Sony
organisation US FBI: FBI | Federal Bureau of Investigation | ФБР
organisation US NSA: NSA | National Security Agency
organisation US CIA: CIA | Central Intelligence Agency
organisation US White House: White House | Casa Blanca | Maison Blanche | Weiße Haus | Weißen Haus | Белый дом | 백악관 | 白宫
organisation US State Department: State Department | Department of State
organisation US Department of the Treasury: Treasury Department | U.S. Treasury | US Treasury
organisation KP National Defence Commission: National Defence Commission | National Defense Commission
organisation KP KCNA: KCNA | Korean Central News Agency | 조선중앙통신
organisation KP Star JV: Star Joint Venture | Star JV
organisation CN China Unicom: China Unicom | 中国联通
organisation US AMC Theatres: AMC Theatres | AMC Theaters
organisation US Regal Cinemas: Regal Cinemas | Regal Entertainment
organisation US Carmike Cinemas: Carmike Cinemas | Carmike
organisation US FireEye: FireEye | Mandiant
organisation US CrowdStrike: CrowdStrike
organisation US Norse: Norse Corp | Norse Corporation
person US Seth Rogen: Seth Rogen | Rogen
person US James Franco: James Franco
person US Evan Goldberg: Evan Goldberg
person US Amy Pascal: Amy Pascal | Pascal
person US Michael Lynton: Michael Lynton | Lynton
person US Barack Obama: Barack Obama | President Obama | Obama | Обама | 오바마 | 奥巴马 | オバマ
person US James Comey: James Comey | Comey
person KP Kim Jong-un: Kim Jong-un | Kim Jong Un | Kim Jong-Un | Ким Чен Ын | 김정은 | 金正恩
person US George Clooney: George Clooney | Clooney
work US The Interview: The Interview | "The Interview" | La entrevista | 인터뷰 | 디 인터뷰
work US Team America: Team America
)";
}

}  // namespace correlate::extraction
