// Plain values and texts packed into one message between the grader and its spawner: two processes of one program, so
// the bytes are in the machine's own order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace grader::sandbox {

class WireWriter {
 public:
  void Number(std::uint64_t value);
  void Numbers(const std::vector<std::uint64_t>& values);
  void Text(std::string_view text);
  void Texts(const std::vector<std::string>& texts);

  std::span<const std::byte> bytes() const { return bytes_; }

 private:
  std::vector<std::byte> bytes_;
};

// Reads back what a WireWriter wrote, in the same order. Throws std::runtime_error past the end.
class WireReader {
 public:
  explicit WireReader(std::span<const std::byte> bytes) : rest_(bytes) {}

  std::uint64_t Number();
  std::vector<std::uint64_t> Numbers();
  std::string Text();
  std::vector<std::string> Texts();

 private:
  std::span<const std::byte> Take(std::size_t count);

  std::span<const std::byte> rest_;
};

}  // namespace grader::sandbox
