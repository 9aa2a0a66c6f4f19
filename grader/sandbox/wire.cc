#include "grader/sandbox/wire.h"

#include <cstring>
#include <stdexcept>

namespace grader::sandbox {

void WireWriter::Number(std::uint64_t value) {
  const auto bytes = std::as_bytes(std::span(&value, 1));
  bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
}

void WireWriter::Numbers(const std::vector<std::uint64_t>& values) {
  Number(values.size());
  for (const std::uint64_t value : values) Number(value);
}

void WireWriter::Text(std::string_view text) {
  Number(text.size());
  const auto bytes = std::as_bytes(std::span(text));
  bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
}

void WireWriter::Texts(const std::vector<std::string>& texts) {
  Number(texts.size());
  for (const std::string& text : texts) Text(text);
}

std::span<const std::byte> WireReader::Take(std::size_t count) {
  if (count > rest_.size()) throw std::runtime_error("message between grader and spawner is cut short");
  const auto taken = rest_.first(count);
  rest_ = rest_.subspan(count);
  return taken;
}

std::uint64_t WireReader::Number() {
  std::uint64_t value = 0;
  std::memcpy(&value, Take(sizeof value).data(), sizeof value);
  return value;
}

std::vector<std::uint64_t> WireReader::Numbers() {
  std::vector<std::uint64_t> values(Number());
  for (std::uint64_t& value : values) value = Number();
  return values;
}

std::string WireReader::Text() {
  const auto bytes = Take(Number());
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::vector<std::string> WireReader::Texts() {
  std::vector<std::string> texts(Number());
  for (std::string& text : texts) text = Text();
  return texts;
}

}  // namespace grader::sandbox
