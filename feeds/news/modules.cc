#include <array>
#include <charconv>
#include <string>

#include "feeds/news/vocabulary.h"
#include "store/model/text.h"

namespace feeds::news {
namespace {

// Points of one GeoRSS shape. More are a map, not a place.
constexpr std::size_t kMostPoints = 10'000;

std::vector<std::string_view> split(std::string_view text, std::string_view separators) {
  std::vector<std::string_view> out;
  for (std::size_t pos = 0; pos < text.size();) {
    std::size_t begin = text.find_first_not_of(separators, pos);
    if (begin == std::string_view::npos) break;
    std::size_t end = std::min(text.find_first_of(separators, begin), text.size());
    out.push_back(text.substr(begin, end - begin));
    pos = end;
  }
  return out;
}

// Coordinates in groups of `dimensions`; `swap` turns latitude, longitude into longitude, latitude.
// Empty when a number cannot be read or the last group is not full.
std::vector<std::vector<double>> points_of(std::string_view text, std::size_t dimensions,
                                           bool swap) {
  std::vector<std::vector<double>> points;
  std::vector<double> point;
  for (auto word : split(text, " \t\r\n,")) {
    double value = 0;
    auto [end, failure] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (failure != std::errc{} || end != word.data() + word.size()) return {};
    point.push_back(value);
    if (point.size() < dimensions) continue;
    if (swap) std::swap(point[0], point[1]);
    points.push_back(std::move(point));
    point.clear();
    if (points.size() >= kMostPoints) break;
  }
  return point.empty() ? points : std::vector<std::vector<double>>{};
}

struct Shape {
  std::string_view key;
  std::string_view type;
  std::size_t least;  // points
};

constexpr std::array kShapes = {
    Shape{"georss_point", "Point", 1},     Shape{"georss_line", "LineString", 2},
    Shape{"georss_polygon", "Polygon", 4}, Shape{"georss_box", "Box", 2},
    Shape{"gml_point", "Point", 1},        Shape{"gml_linestring", "LineString", 2},
    Shape{"gml_polygon", "Polygon", 4},    Shape{"gml_envelope", "Box", 2},
};

const Shape* shape_of(std::string_view key) {
  for (const Shape& shape : kShapes) {
    if (shape.key == key) return &shape;
  }
  return nullptr;
}

// gml:pos, gml:posList and gml:coordinates inside a GML shape, at whatever depth GML puts them.
pugi::xml_node positions(const pugi::xml_node& shape) {
  return shape.find_node([](const pugi::xml_node& node) {
    std::string_view name = node.name();
    return name.ends_with("pos") || name.ends_with("posList") || name.ends_with("coordinates");
  });
}

bool is_projected(std::string_view srs) {
  // EPSG codes of projected systems and those that put longitude first.
  return srs.find("EPSG:") != std::string_view::npos && srs.find("4326") == std::string_view::npos;
}

void read_gml(Context& context, const pugi::xml_node& shape_node, const Shape& shape) {
  // find_node recurses over siblings and children: only shallow shapes are read.
  int depth = 0;
  for (pugi::xml_node node = shape_node; node; node = node.first_child()) {
    if (++depth > 16) return;
  }
  std::string_view dimension = Element(shape_node).attribute("srsdimension");
  pugi::xml_node found = positions(shape_node);
  if (!found) return;
  if (dimension.empty()) dimension = Element(found).attribute("srsdimension");
  std::size_t dimensions = dimension == "3" ? 3 : 2;
  bool swap = !is_projected(Element(shape_node).attribute("srsname"));
  auto points = points_of(Element(found).text(), dimensions, swap);
  if (points.size() < shape.least) return;
  context.record.where = Where{std::string(shape.type), std::move(points)};
}

void add_extra(Context& context, const Element& element, std::string name) {
  context.record.extras.push_back({std::move(name), element.text(), element.attributes()});
}

}  // namespace

bool read_where(Context& context, const Element& element) {
  if (element.key() == "georss_where") {
    for (const pugi::xml_node& child : element.node().children()) {
      if (child.type() == pugi::node_element) read_where(context, Element(child));
    }
    return true;
  }
  const Shape* shape = shape_of(element.key());
  if (shape == nullptr) return false;
  if (element.key().starts_with("gml_")) {
    read_gml(context, element.node(), *shape);
    return true;
  }
  auto points = points_of(element.text(), 2, true);
  if (points.size() >= shape->least) {
    context.record.where = Where{std::string(shape->type), std::move(points)};
  } else {
    warn(context, element, "is no list of coordinates");
  }
  return true;
}

// Media RSS 1.5.1.
bool read_media(Context& context, const Element& element) {
  const std::string& key = element.key();
  if (!key.starts_with("media_")) return false;
  if (key == "media_category") {
    std::string scheme(element.attribute("scheme"));
    if (scheme.empty()) scheme = "http://search.yahoo.com/mrss/category_schema";
    add_tag(context.record, element.text(), scheme, std::string(element.attribute("label")));
    return true;
  }
  if (key == "media_keywords") {
    std::string text = element.text();
    for (auto word : split(text, ",")) {
      if (!model::trim(word).empty()) {
        add_tag(context.record, std::string(model::trim(word)), "", "");
      }
    }
    return true;
  }
  // Groups and contents may hold each other; two levels are what the specification has.
  bool container = key == "media_group" || key == "media_content";
  if (key != "media_group") add_extra(context, element, key);
  if (container && context.depth < 3) {
    ++context.depth;
    read_children(context, element.node());
    --context.depth;
  }
  return true;
}

}  // namespace feeds::news
