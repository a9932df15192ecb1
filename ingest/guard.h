#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/model/result.h"

// Where connections may go. Pure; asked at connect time, with the address that is about to be
// connected to, so that neither a redirect nor a name that changes its address gets past it.
namespace ingest {

// Hosts of one's own network that may be fetched from although they are not public: the newsroom's.
class AllowList {
 public:
  // Words are host names ("news.intern.example"), names with all below them (".intern.example"),
  // addresses ("10.1.2.3", "::1") and networks ("10.0.0.0/8", "fd00::/8"). kInvalid, naming the
  // word, for what is none of these.
  static model::Result<AllowList> of(const std::vector<std::string>& words);

  bool has_host(std::string_view host) const;
  bool has_address(const std::string& ip) const;

 private:
  struct Network {
    std::string bytes;  // 4 or 16
    unsigned bits = 0;
  };
  std::vector<std::string> hosts_;
  std::vector<Network> networks_;
};

// Whether `ip`, to which the name `host` led, may be connected to. Public addresses may; others
// only when the list has the address, when it has the host, or when a person typed the host
// (`typed`). Link-local addresses, among them the clouds' metadata services (169.254.169.254,
// fe80::/10, fd00:ec2::254), only when the list has the address itself.
bool may_connect(const AllowList& allowed, const std::string& host, const std::string& ip,
                 bool typed);

// Ports of other protocols, which a web server never has and which understand enough of a request
// to be abused with one (Fetch standard, section 2.9 "Port blocking"): 22, 25, 6667, …
bool is_blocked_port(std::string_view port);

}  // namespace ingest
