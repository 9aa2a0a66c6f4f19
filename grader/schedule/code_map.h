// What a program's addresses are in its source, by elfutils' libdwfl.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "grader/observe/stack.h"
#include "grader/schedule/protocol.h"

namespace grader::schedule {

// Reads one executable that was linked at fixed addresses (-no-pie). What is not in it has no names. Never throws for
// what it reads: a file without symbols gives empty answers. Not thread-safe.
class CodeMap {
 public:
  explicit CodeMap(const std::filesystem::path& executable);
  ~CodeMap();
  CodeMap(CodeMap&&) noexcept;
  CodeMap& operator=(CodeMap&&) noexcept;

  // The calls that lead to a return address, innermost first; several where the compiler inlined.
  const std::vector<observe::Frame>& At(Pc pc);

  // The frames of a whole stack, those outside the program left out.
  observe::Stack Frames(const Stack& stack);

  // The global variable at an address: "counter"; "inside counter" behind its start. Empty if there is none.
  std::string Global(std::uint64_t address);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace grader::schedule
