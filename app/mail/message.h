#pragma once

#include <string>
#include <string_view>

#include "store/model/mail.h"
#include "store/model/result.h"

// Mails as they go out (RFC 5322, MIME), composed by GMime.
namespace app::mail {

struct Settings {
  std::string smtp;  // "smtp://mail.example:587", "smtps://…"; empty: mail is not set up
  std::string user;  // empty: no authentication
  std::string password;
  std::string from;  // "digest@news.example"
  std::string list_id = "digest.faultline.invalid";
  std::string base;  // where the pages are, with a slash at its end
  std::string ca;    // file of the certificates that are trusted; empty: the system's
  // Of DKIM (RFC 6376): whose signature it is, and the file of its private key; empty: not signed.
  std::string dkim_domain;
  std::string dkim_selector;
  std::string dkim_key_file;
  bool starttls = true;  // needed on smtp://; false only for a server of this machine
};

// Whether this can be an address that we write to: a local part of plain characters, one @, a host
// name; at most 254 bytes, nothing that could end a header line (RFC 5321 section 4.1.2, without
// its quoted forms).
bool is_address(std::string_view text);

// A digest for one subscriber: multipart/alternative with the plain part first. List-Unsubscribe as
// RFC 8058 wants it; the same Message-ID whenever it is made again; digests of one query hang on
// one root (References), so that they are a thread.
std::string digest_message(const Settings& settings, const model::Subscription& to,
                           const model::Issue& issue);
// The question whether the address wants it: nothing else is sent before the answer.
std::string question_message(const Settings& settings, const model::Subscription& to);

std::string message_id(const Settings& settings, const model::Subscription& to,
                       std::string_view what);

}  // namespace app::mail
