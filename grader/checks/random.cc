#include "grader/checks/random.h"

#include <stdexcept>

namespace grader::checks {
namespace {

// FNV-1a (Fowler, Noll, Vo), 64 bits: std::hash may differ from one library to the next.
std::uint64_t Hash(std::uint64_t seed, std::string_view text) {
  constexpr std::uint64_t kPrime = 0x100000001b3;
  std::uint64_t hash = 0xcbf29ce484222325;
  for (int shift = 0; shift < 64; shift += 8) hash = (hash ^ ((seed >> shift) & 0xff)) * kPrime;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * kPrime;
  return hash;
}

// Uniform in [0, bound). Not std::uniform_int_distribution, whose values the standard leaves to the library.
std::uint64_t Below(std::mt19937_64& engine, std::uint64_t bound) {
  const std::uint64_t unfair = (std::uint64_t{0} - bound) % bound;  // 2^64 mod bound values would be drawn too often
  std::uint64_t value = engine();
  while (value < unfair) value = engine();
  return value % bound;
}

}  // namespace

Random::Random(std::uint64_t seed, std::string_view check_id) : Random(Hash(seed, check_id)) {}

std::int64_t Random::Integer(std::int64_t low, std::int64_t high) {
  if (low > high) throw std::invalid_argument("Random::Integer: low is above high");
  const std::uint64_t span = static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low) + 1;
  const std::uint64_t offset = span == 0 ? engine_() : Below(engine_, span);  // 0: the whole range
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(low) + offset);
}

std::string Random::Name(std::size_t length) {
  std::string name;
  for (std::size_t i = 0; i < length; ++i) name.push_back(static_cast<char>('a' + Below(engine_, 26)));
  return name;
}

std::size_t Random::Index(std::size_t size) {
  if (size == 0) throw std::invalid_argument("Random: nothing to choose from");
  return static_cast<std::size_t>(Below(engine_, size));
}

}  // namespace grader::checks
