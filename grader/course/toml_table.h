// The TOML files of a course, read so that every mistake is reported with its place and remedy. What a getter throws is
// a CourseError "labs/lab02-reap/lab.toml:4:1: what; what to do".
#pragma once

#include <chrono>
#include <filesystem>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "grader/course/error.h"

namespace grader::course {

// Both ends included.
struct IntRange {
  int least = 0;
  int most = 0;
};

// One table of a TOML file. Cheap to copy; keeps the whole file alive.
class TomlTable {
 public:
  // Reads a file. Errors name it as display.
  static TomlTable Load(const std::filesystem::path& file, const std::string& display);

  // Throws for the first key that is none of these. Called before any getter, so that a slip in a key's name is
  // reported as such and not as a missing key.
  void AllowOnly(std::initializer_list<std::string_view> keys) const;

  bool Has(std::string_view key) const;
  std::vector<std::string> Keys() const;  // as they stand in the file

  // A key that must be there. A string is never empty.
  std::string String(std::string_view key) const;
  int Integer(std::string_view key, IntRange range) const;
  std::vector<std::string> Strings(std::string_view key) const;
  TomlTable Table(std::string_view key) const;
  // An offset date-time: 2026-10-05T23:59:00+02:00.
  std::chrono::sys_seconds Instant(std::string_view key) const;

  // A key that may be left out.
  std::optional<std::string> OptionalString(std::string_view key) const;
  std::optional<int> OptionalInteger(std::string_view key, IntRange range) const;
  std::optional<bool> OptionalBoolean(std::string_view key) const;
  std::vector<std::string> OptionalStrings(std::string_view key) const;
  std::optional<TomlTable> OptionalTable(std::string_view key) const;
  // [[key]] tables, none if there are none.
  std::vector<TomlTable> Tables(std::string_view key) const;

  // The error that what is wrong at a key's value, or at the table itself if it has no such key.
  CourseError Wrong(std::string_view key, const std::string& what) const;

 private:
  struct Node;
  explicit TomlTable(std::shared_ptr<const Node> node) : node_(std::move(node)) {}

  std::shared_ptr<const Node> node_;
};

}  // namespace grader::course
