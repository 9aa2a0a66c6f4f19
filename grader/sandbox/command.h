#pragma once

#include <string>
#include <vector>

namespace grader::sandbox {

// What is run in a sandbox. Paths are those inside it.
// Where code and data of a program lie: anew in each run, or always in the same place (personality(2),
// ADDR_NO_RANDOMIZE) where the machine permits it.
enum class Addresses { kRandom, kFixed };

struct Command {
  std::vector<std::string> argv;    // argv[0] is an absolute path: /box/reap, /usr/bin/g++
  std::string directory = "/work";  // private, writable, empty at the start
  std::vector<std::string> environment = {"PATH=/usr/bin:/bin", "HOME=/work", "TMPDIR=/tmp", "LANG=C.UTF-8"};
  Addresses addresses = Addresses::kRandom;
};

}  // namespace grader::sandbox
