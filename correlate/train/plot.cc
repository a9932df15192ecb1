#include <cmath>

#include <fmt/format.h>

#include "correlate/train/measure.h"

namespace correlate::train {
namespace {

// The picture's measures, in its own units.
constexpr double kLeft = 60;
constexpr double kTop = 44;
constexpr double kSide = 360;

double x_of(double probability) { return kLeft + probability * kSide; }
double y_of(double share) { return kTop + (1 - share) * kSide; }

std::string escaped(const std::string& text) {
  std::string out;
  for (char c : text) {
    if (c == '<') {
      out += "&lt;";
    } else if (c == '&') {
      out += "&amp;";
    } else {
      out += c;
    }
  }
  return out;
}

std::string axes() {
  std::string out;
  for (int tick = 0; tick <= 10; tick += 2) {
    double at = tick / 10.0;
    out += fmt::format(
        "<path class=\"grid\" d=\"M{:.0f} {:.0f}H{:.0f}M{:.0f} {:.0f}V{:.0f}\"/>\n"
        "<text x=\"{:.0f}\" y=\"{:.0f}\" text-anchor=\"end\">{:.1f}</text>\n"
        "<text x=\"{:.0f}\" y=\"{:.0f}\" text-anchor=\"middle\">{:.1f}</text>\n",
        x_of(0), y_of(at), x_of(1), x_of(at), y_of(0), y_of(1), x_of(0) - 8, y_of(at) + 4, at,
        x_of(at), y_of(0) + 18, at);
  }
  out += fmt::format(
      "<path class=\"ideal\" d=\"M{:.0f} {:.0f}L{:.0f} {:.0f}\"/>\n"
      "<text x=\"{:.0f}\" y=\"{:.0f}\" text-anchor=\"middle\">probability said</text>\n"
      "<text transform=\"translate(18 {:.0f}) rotate(-90)\" text-anchor=\"middle\">share that was "
      "true</text>\n",
      x_of(0), y_of(0), x_of(1), y_of(1), x_of(0.5), y_of(0) + 38, y_of(0.5));
  return out;
}

// Where the true share lies with 95 % by Wilson's interval.
std::pair<double, double> wilson(double share, double n) {
  constexpr double kZ = 1.96;
  double middle = (share + kZ * kZ / (2 * n)) / (1 + kZ * kZ / n);
  double half = kZ * std::sqrt(share * (1 - share) / n + kZ * kZ / (4 * n * n)) / (1 + kZ * kZ / n);
  return {std::max(0.0, middle - half), std::min(1.0, middle + half)};
}

std::string points(const Figures& figures) {
  std::string out;
  for (const auto& tenth : figures.tenths) {
    if (tenth.pairs == 0) continue;
    auto n = static_cast<double>(tenth.pairs);
    auto [low, high] = wilson(tenth.true_share, n);
    out += fmt::format(
        "<path class=\"bar\" d=\"M{0:.1f} {1:.1f}V{2:.1f}\"/>\n"
        "<circle cx=\"{0:.1f}\" cy=\"{3:.1f}\" r=\"{4:.1f}\"><title>{5} pairs, said {6:.3f}, true "
        "{7:.3f}</title></circle>\n",
        x_of(tenth.said), y_of(low), y_of(high), y_of(tenth.true_share),
        3 + std::min(9.0, std::sqrt(n) / 2), tenth.pairs, tenth.said, tenth.true_share);
  }
  return out;
}

}  // namespace

std::string reliability_svg(const Figures& figures, const std::string& title) {
  std::string out = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0:.0f} {1:.0f}\" role=\"img\" "
      "aria-labelledby=\"title\">\n<title id=\"title\">{2}</title>\n"
      "<style>text{{font:12px sans-serif;fill:#444}}.grid{{stroke:#8883;fill:none}}"
      ".ideal{{stroke:#888;stroke-dasharray:4 4}}.bar{{stroke:#1769aa;stroke-width:1.5}}"
      "circle{{fill:#1769aa}}@media(prefers-color-scheme:dark){{text{{fill:#ccc}}"
      "circle{{fill:#6db3e8}}.bar{{stroke:#6db3e8}}}}</style>\n"
      "<text x=\"{3:.0f}\" y=\"18\">{2}</text>\n"
      "<text x=\"{3:.0f}\" y=\"34\">Brier {4:.4f}, expected calibration error {5:.4f}</text>\n",
      kLeft + kSide + 20, kTop + kSide + 50, escaped(title), kLeft, figures.brier, figures.ece);
  return out + axes() + points(figures) + "</svg>\n";
}

}  // namespace correlate::train
