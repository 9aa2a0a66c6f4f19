// What the driver sends: bytes that follow from a seed, and how received ones are told in a line. Shared with the
// checks, which know the same seed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace content {

inline std::uint64_t Mixed(std::uint64_t x) {
  x ^= x >> 30;
  x *= 0xbf58476d1ce4e5b9;
  x ^= x >> 27;
  x *= 0x94d049bb133111eb;
  return x ^ (x >> 31);
}

// The message of that number: every byte matters, and every eight are others.
inline std::vector<std::byte> Message(std::uint64_t seed, std::uint64_t number, std::size_t size) {
  std::vector<std::byte> message(size);
  const std::uint64_t start = Mixed(seed ^ Mixed(number + 1));
  for (std::size_t i = 0; i < size; i += 8) {
    const std::uint64_t word = Mixed(start + i);
    for (std::size_t k = i; k < size && k < i + 8; ++k) message[k] = static_cast<std::byte>(word >> (8 * (k - i)));
  }
  return message;
}

// "SIZE DIGEST"
inline std::string Told(std::span<const std::byte> message) {
  std::uint64_t digest = message.size();
  std::uint64_t word = 0;
  for (std::size_t i = 0; i < message.size(); ++i) {
    word = word << 8 | std::to_integer<std::uint64_t>(message[i]);
    if (i % 8 == 7 || i + 1 == message.size()) digest = Mixed(digest + 0x9e3779b97f4a7c15) ^ word;
  }
  return std::to_string(message.size()) + ' ' + std::to_string(Mixed(digest));
}

}  // namespace content
