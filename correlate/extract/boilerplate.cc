#include "correlate/extract/boilerplate.h"

#include <algorithm>
#include <string_view>

#include "correlate/extract/one_of.h"
#include "correlate/extract/phrases.h"

namespace correlate::extraction {
namespace {

// What a line of the page's own begins with. T: only when a date or clock time follows at once.
constexpr std::string_view kOpenings = R"(
L: read more | read also | read next | see also | also read | more on this | share this | share on | tweet this | follow us | follow him on | follow her on | sign up | subscribe | click here | advertisement | sponsored | related articles | related stories | related: | recommended | most read | print this | email this | leave a comment | all rights reserved | copyright | © | photo: | photo by | image: | image credit | file photo | getty images | watch: | video: | skip to | cookie | this site uses cookies | newsletter | get our app | download our app | have a story | contact us | filed under | tags:
L: lire aussi | lire la suite | à lire aussi | partager | abonnez-vous | lesen sie auch | mehr zum thema | teilen | abonnieren | leer más | lea también | compartir | suscríbete | leia também | leia mais | compartilhe | partilhar | leggi anche | condividi | lees ook | deel dit | читайте также | подписывайтесь | поделиться | читайте ще | читайте також | baca juga | bagikan | ayrıca oku | paylaş | اقرأ أيضا | اقرأ أيضاً | شارك | もっと読む | 関連記事 | 阅读更多 | 相关新闻 | 관련기사 | 무단전재 | ⓒ
T: published | updated | last updated | last modified | first published | posted | posted on | posted at | published on | published at | modified | publié le | mis à jour le | veröffentlicht am | aktualisiert am | publicado el | actualizado el | publicado em | atualizado em | pubblicato il | aggiornato il | опубликовано | обновлено | 입력 | 수정
)";

const Phrases<char>& openings() {
  static const Phrases<char> kMade = [] {
    Phrases<char> made;
    each_form(kOpenings,
              [&](std::string_view head, std::string_view form) { made.add(form, head.front()); });
    return made;
  }();
  return kMade;
}

// "By Jane Roe and John Doe, Staff Writer": names alone.
bool is_byline(const Tokens& tokens, std::size_t from, std::size_t to) {
  constexpr std::size_t kLongest = 14;
  if (!one_of(tokens.word(from), "by", "von", "par", "por", "di") || to > from + kLongest ||
      to < from + 3) {
    return false;
  }
  for (std::size_t i = from + 1; i < to; ++i) {
    bool name = tokens[i].kind == TokenKind::kWord && tokens[i].capital;
    bool joint =
        tokens[i].kind == TokenKind::kPunct || one_of(tokens.word(i), "and", "for", "of", "in");
    if (!name && !joint) return false;
  }
  return true;
}

bool is_page_line(const Tokens& tokens, std::size_t from, std::size_t to) {
  constexpr std::size_t kLongest = 30;  // tokens; a sentence that long is prose
  if (to > from + kLongest) return false;
  if (is_byline(tokens, from, to)) return true;
  auto found = openings().find(tokens, from);
  if (!found) return false;
  std::size_t next = from + found.length;
  if (found.meanings->front() != 'T') return true;
  while (next < to && tokens[next].kind == TokenKind::kPunct) ++next;
  if (next < to && one_of(tokens.word(next), "on", "at")) ++next;
  // A number soon, and little else: "Updated: Tuesday 23 December 2014 10:12 GMT".
  constexpr std::size_t kReach = 3;
  for (std::size_t i = next; i < std::min(to, next + kReach); ++i) {
    if (tokens[i].kind == TokenKind::kNumber) return true;
  }
  return false;
}

}  // namespace

std::vector<bool> find_boilerplate(const Tokens& tokens, std::size_t title_end) {
  std::vector<bool> out(tokens.sentences());
  for (std::size_t number = 0; number < tokens.sentences(); ++number) {
    auto [from, to] = tokens.sentence(number);
    if (from >= title_end && from < to) out[number] = is_page_line(tokens, from, to);
  }
  return out;
}

std::size_t behind_dateline(const Tokens& tokens, const std::vector<FoundMention>& places,
                            std::size_t from) {
  constexpr std::size_t kLongest = 16;
  if (from >= tokens.size() || tokens[from].kind != TokenKind::kWord || !tokens[from].capital) {
    return from;
  }
  bool place = std::any_of(places.begin(), places.end(),
                           [&](const FoundMention& found) { return found.first == from; });
  if (!place && !tokens[from].upper) return from;
  std::size_t end = std::min(tokens.size(), from + kLongest);
  for (std::size_t i = from + 1; i < end; ++i) {
    std::string_view raw = tokens.raw(i);
    bool dash = raw == "–" || raw == "—" || raw == "-";
    if (dash && tokens[i].spaced && i + 1 < tokens.size() && tokens[i + 1].spaced) return i + 1;
    bool fits = tokens[i].capital || tokens[i].kind == TokenKind::kNumber ||
                one_of(raw, ",", ".", "(", ")", "/", "-", "’", "'");
    if (!fits) return from;
  }
  return from;
}

}  // namespace correlate::extraction
