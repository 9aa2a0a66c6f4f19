#include "grader/build/digest.h"

#include <fmt/format.h>

#include <array>
#include <cstdint>

namespace grader::build {

Digest& Digest::Add(std::string_view field) {
  std::array<std::uint8_t, 8> length;
  for (std::size_t i = 0; i < length.size(); ++i) length[i] = static_cast<std::uint8_t>(field.size() >> (8 * i));
  sha256_update(&state_, length.size(), length.data());
  sha256_update(&state_, field.size(), reinterpret_cast<const std::uint8_t*>(field.data()));
  return *this;
}

std::string Digest::Hex() {
  std::array<std::uint8_t, SHA256_DIGEST_SIZE> bytes;
  sha256_digest(&state_, bytes.size(), bytes.data());
  std::string hex;
  for (const auto byte : bytes) hex += fmt::format("{:02x}", byte);
  return hex;
}

}  // namespace grader::build
