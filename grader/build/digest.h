#pragma once

#include <nettle/sha2.h>

#include <string>
#include <string_view>

namespace grader::build {

// SHA-256 (FIPS 180-4) of a list of fields. Lengths are hashed too, so that no two lists look alike.
class Digest {
 public:
  Digest() { sha256_init(&state_); }

  Digest& Add(std::string_view field);

  // 64 hexadecimal digits. Called once.
  std::string Hex();

 private:
  sha256_ctx state_;
};

}  // namespace grader::build
