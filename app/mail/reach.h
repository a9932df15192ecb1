#pragma once

#include <string>

namespace app::mail {

// Connects to the mail server of an address such as smtp://mail.example:587 and says nothing. Why
// it cannot be reached; empty: it can. Ends within ten seconds.
std::string unreachable(const std::string& smtp);

}  // namespace app::mail
