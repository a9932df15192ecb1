#include "feeds/render/uuid.h"

#include <boost/uuid/name_generator_sha1.hpp>
#include <boost/uuid/string_generator.hpp>
#include <boost/uuid/uuid_io.hpp>

namespace feeds::render {

std::string uuid_of(std::string_view kind, std::string_view id) {
  // Ours alone, made once by chance.
  static const auto kSpace =
      boost::uuids::string_generator{}("6f1c0c1e-7a5d-4b6e-9d0a-1f2f5f3c8b47");
  std::string name = std::string(kind) + ":" + std::string(id);
  return boost::uuids::to_string(boost::uuids::name_generator_sha1{kSpace}(name));
}

}  // namespace feeds::render
