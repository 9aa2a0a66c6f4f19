#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "grader/clients/clients.h"

namespace grader::clients {

// What libcurl is asked to do. The URL's host is that of a server inside: "http://127.0.0.1:8000/", "ftp://...".
struct CurlRequest {
  std::string url;
  std::string upload = {};             // sent, if `uploads`
  bool uploads = false;                // FTP's STOR, HTTP's PUT
  bool head = false;                   // HTTP's HEAD; FTP's SIZE
  bool names_only = false;             // FTP's NLST for a folder
  std::vector<std::string> headers{};  // "Name: value"
};

// What came of it.
struct CurlReply {
  bool done = false;     // libcurl was content
  std::string trouble;   // else why, in its words
  long status = 0;       // the last reply's code
  std::string type;      // HTTP's Content-Type
  std::string body;      // or the file, or the list
  long connections = 0;  // that it had to make for it
};

// A client that people use, libcurl, for what is well-formed: its sockets are made inside the sandbox's network
// (CURLOPT_OPENSOCKETFUNCTION), and Clients drives it. One after the other, over kept connections as far as the server
// keeps them. Clients must outlive this.
class Curl {
 public:
  explicit Curl(Clients& clients);
  ~Curl();
  Curl(const Curl&) = delete;
  Curl& operator=(const Curl&) = delete;

  // Ends when it is done, or proved that it never will be, or the server has ended. Throws std::system_error.
  CurlReply Do(const CurlRequest& request);

 private:
  struct Handles;
  Clients& clients_;
  std::unique_ptr<Handles> handles_;
};

}  // namespace grader::clients
