#include "feeds/news/allowed.h"

#include <string>
#include <unordered_map>

namespace feeds::news::allowed {
namespace {

using Names = std::unordered_map<std::string, std::string_view>;

// Blank-separated names → set of their lower-case spellings, each with its own.
Names names(std::string_view list) {
  Names out;
  std::size_t pos = 0;
  while ((pos = list.find_first_not_of(' ', pos)) != std::string_view::npos) {
    std::size_t end = std::min(list.find(' ', pos), list.size());
    std::string_view name = list.substr(pos, end - pos);
    std::string lower(name);
    for (char& c : lower) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    out.emplace(std::move(lower), name);
    pos = end;
  }
  return out;
}

bool has(const Names& list, std::string_view name) { return list.contains(std::string(name)); }

std::string_view spelling(const Names& list, std::string_view name) {
  auto found = list.find(std::string(name));
  return found == list.end() ? std::string_view{} : found->second;
}

}  // namespace

bool element(std::string_view name) {
  static const Names kNames = names(
      // HTML standard sections 4.3 to 4.11, without embedded documents and scripts.
      "address article aside footer h1 h2 h3 h4 h5 h6 header nav section "
      "blockquote dd div dl dt figcaption figure hr li menu ol p pre ul "
      "a abbr b br cite code dfn em i kbd q rp rt ruby s samp small span strong sub sup time u var "
      "del ins area audio canvas img map source video "
      "caption col colgroup table tbody td tfoot th thead tr "
      "button datalist fieldset form input label legend meter optgroup option output progress "
      "select textarea details dialog noscript "
      // HTML 4 and what browsers and drafts had.
      "acronym big center command datagrid dir event-source font keygen m multicol nextid sound "
      "spacer strike tt");
  return has(kNames, name);
}

bool attribute(std::string_view name) {
  static const Names kNames = names(
      // Everywhere.
      "accesskey class contenteditable dir draggable hidden id lang style tabindex title "
      "xml:lang unselectable hidefocus "
      // Links, embedded things, quotations, times.
      "alt charset cite controls coords data datetime default href hreflang ismap longdesc loop "
      "media name nohref open ping poster preload rel rev shape src target type urn usemap "
      // Forms.
      "accept accept-charset action autocomplete autofocus challenge checked disabled enctype for "
      "form high icon inputmode keytype label list low max maxlength method min multiple optimum "
      "pattern pqg prompt radiogroup readonly replace required selected size step template value "
      "variable wrap repeat-max repeat-min "
      // Tables and lists.
      "abbr align axis border bordercolor bordercolordark bordercolorlight cellpadding "
      "cellspacing ch char charoff choff cols colspan compact frame headers nowrap rows rowspan "
      "rules scope span start summary valign "
      // Presentation and media of older browsers.
      "background balance bgcolor bgproperties bottompadding clear color datafld datapagesize "
      "datasrc delay dynsrc end face galleryimg gutter height hspace leftspacing loopcount loopend "
      "loopstart lowsrc noshade point-size rightspacing suppress toppadding volume vrml vspace "
      "width");
  return has(kNames, name);
}

bool url_attribute(std::string_view name) {
  static const Names kNames = names(
      "href src cite action background codebase classid data longdesc poster profile usemap dynsrc "
      "lowsrc vrml xlink:href ping template urn icon");
  return has(kNames, name);
}

bool mathml_element(std::string_view name) {
  static const Names kNames = names(
      // MathML 3 chapter 3, and semantics from chapter 5.
      "math mi mn mo mtext mspace ms mglyph mrow mfrac msqrt mroot mstyle merror mpadded mphantom "
      "mfenced menclose msub msup msubsup munder mover munderover mmultiscripts mprescripts none "
      "mtable mlabeledtr mtr mtd maligngroup malignmark maction mstack mlongdiv msgroup msrow "
      "mscarries mscarry msline semantics annotation annotation-xml");
  return has(kNames, name);
}

bool mathml_attribute(std::string_view name) {
  static const Names kNames = names(
      "accent accentunder actiontype align alignmentscope altimg altimg-height altimg-valign "
      "altimg-width alttext bevelled charalign close columnalign columnlines columnspacing "
      "columnspan columnwidth crossout decimalpoint denomalign depth dir display displaystyle edge "
      "encoding equalcolumns equalrows fence fontstyle fontweight form frame framespacing "
      "groupalign height href id indentalign indentalignfirst indentalignlast indentshift "
      "indentshiftfirst indentshiftlast indenttarget infixlinebreakstyle largeop length linebreak "
      "linebreakmultchar linebreakstyle lineleading linethickness location longdivstyle lquote "
      "lspace mathbackground mathcolor mathsize mathvariant maxsize minlabelspacing minsize "
      "movablelimits notation numalign open other overflow position rowalign rowlines rowspacing "
      "rowspan rquote rspace scriptlevel scriptminsize scriptsizemultiplier selection separator "
      "separators shift side src stackalign stretchy subscriptshift superscriptshift symmetric "
      "voffset width xlink:href xlink:show xlink:type xmlns xmlns:xlink");
  return has(kNames, name);
}

std::string_view svg_element(std::string_view name) {
  static const Names kNames = names(
      // SVG Tiny 1.2 appendix L, with gradients and markers.
      "a animate animateColor animateMotion animateTransform circle defs desc ellipse font-face "
      "font-face-name font-face-src foreignObject g glyph hkern line linearGradient marker "
      "metadata missing-glyph mpath path polygon polyline radialGradient rect set stop svg switch "
      "text title tspan use");
  return spelling(kNames, name);
}

std::string_view svg_attribute(std::string_view name) {
  static const Names kNames = names(
      "accent-height accumulate additive alphabetic arabic-form ascent attributeName attributeType "
      "baseProfile bbox begin by calcMode cap-height class color color-rendering content cx cy d "
      "descent display dur dx dy end fill fill-opacity fill-rule font-family font-size "
      "font-stretch font-style font-variant font-weight from fx fy g1 g2 glyph-name gradientUnits "
      "hanging height horiz-adv-x horiz-origin-x id ideographic k keyPoints keySplines keyTimes "
      "lang marker-end marker-mid marker-start markerHeight markerUnits markerWidth mathematical "
      "max min name offset opacity orient origin overline-position overline-thickness panose-1 "
      "path pathLength points preserveAspectRatio r refX refY repeatCount repeatDur "
      "requiredExtensions requiredFeatures restart rotate rx ry slope stemh stemv stop-color "
      "stop-opacity strikethrough-position strikethrough-thickness stroke stroke-dasharray "
      "stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity "
      "stroke-width systemLanguage target text-anchor to transform type u1 u2 underline-position "
      "underline-thickness unicode unicode-range units-per-em values version viewBox visibility "
      "width widths x x-height x1 x2 xlink:actuate xlink:arcrole xlink:href xlink:role xlink:show "
      "xlink:title xlink:type xml:base xml:lang xml:space xmlns xmlns:xlink y y1 y2 zoomAndPan");
  return spelling(kNames, name);
}

bool css_property(std::string_view name) {
  static const Names kNames = names(
      "azimuth background-color border-bottom-color border-collapse border-color "
      "border-left-color border-right-color border-top-color clear color cursor direction display "
      "elevation float font font-family font-size font-style font-variant font-weight height "
      "letter-spacing line-height overflow pause pause-after pause-before pitch pitch-range "
      "richness speak speak-header speak-numeral speak-punctuation speech-rate stress text-align "
      "text-decoration text-indent unicode-bidi vertical-align voice-family volume white-space "
      "width");
  return has(kNames, name);
}

bool css_keyword(std::string_view word) {
  static const Names kNames = names(
      "!important aqua auto black block blue bold both bottom brown center collapse dashed dotted "
      "fuchsia gray green italic left lime maroon medium navy none normal nowrap olive pointer "
      "purple red right silver solid teal top transparent underline white yellow");
  return has(kNames, word);
}

bool svg_css_property(std::string_view name) {
  static const Names kNames = names(
      "fill fill-opacity fill-rule stroke stroke-linecap stroke-linejoin stroke-opacity "
      "stroke-width");
  return has(kNames, name);
}

}  // namespace feeds::news::allowed
