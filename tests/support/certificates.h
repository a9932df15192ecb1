#pragma once

#include <cstdlib>
#include <stdexcept>
#include <string>

#include "tests/support/http_server.h"
#include "tests/support/temp_dir.h"

namespace support {

// Certificates made by `openssl`, all signed by one authority, whose own is `authority()`.
class Certificates {
 public:
  Certificates() {
    run("openssl req -x509 -nodes -days 3650 " + key("ca") + " -subj /CN=authority -out " +
        authority());
  }

  std::string authority() const { return dir_.path("ca.pem"); }

  // Of `host`, valid from and until so many days from now.
  HttpServer::Certificate make(const std::string& host, int from = -1, int until = 30) {
    HttpServer::Certificate out{dir_.path(host + ".pem"), dir_.path(host + ".key")};
    run("openssl req -new -nodes " + key(host) + " -subj /CN=" + host + " -out " +
        dir_.path(host + ".csr"));
    // `x509 -req` cannot say when it begins; `ca` can.
    run("cd " + dir_.path("") +
        " && : > index.txt && openssl rand -hex 8 > serial && mkdir -p new && " +
        "printf '[ca]\\ndefault_ca=d\\n[d]\\ndatabase=index.txt\\nserial=serial\\n" +
        "new_certs_dir=new\\ndefault_md=sha256\\npolicy=p\\nunique_subject=no\\n[p]\\n" +
        "commonName=supplied\\n[e]\\nsubjectAltName=" + (is_address(host) ? "IP:" : "DNS:") + host +
        "\\n' > ca.cnf && openssl ca -batch -notext " +
        "-config ca.cnf -extensions e -cert ca.pem -keyfile ca.key -startdate " + day(from) +
        " -enddate " + day(until) + " -in " + host + ".csr -out " + host + ".pem");
    return out;
  }

  // Signed by nobody but itself.
  HttpServer::Certificate make_own(const std::string& host) {
    HttpServer::Certificate out{dir_.path("own-" + host + ".pem"),
                                dir_.path("own-" + host + ".key")};
    run("openssl req -x509 -nodes -days 2 " + key("own-" + host) + " -subj /CN=" + host +
        " -addext subjectAltName=DNS:" + host + " -out " + out.certificate);
    return out;
  }

 private:
  static bool is_address(const std::string& host) {
    return host.find_first_not_of("0123456789.") == std::string::npos;
  }
  std::string key(const std::string& name) const {
    return "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -keyout " + dir_.path(name + ".key");
  }
  static std::string day(int from_now) {
    return "$(date -u -d '" + std::to_string(from_now) + " days' +%Y%m%d%H%M%SZ)";
  }
  static void run(const std::string& command) {
    if (std::system(("{ " + command + "; } >/dev/null 2>&1").c_str()) != 0) {
      throw std::runtime_error("failed: " + command);
    }
  }

  TempDir dir_;
};

}  // namespace support
