#include "tests/fuzz/target.h"

#include <stdlib.h>

#include <cstdio>
#include <exception>
#include <fstream>
#include <stdexcept>

namespace grader::fuzz {

namespace fs = std::filesystem;

void Require(bool kept, const std::string& promise) {
  if (kept) return;
  std::fprintf(stderr, "broken promise: %s\n", promise.c_str());
  std::terminate();
}

InputFile::InputFile(const std::string& name) {
  std::string folder = (fs::temp_directory_path() / "grade-fuzz.XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) throw std::runtime_error("mkdtemp");
  folder_ = folder;
  path_ = folder_ / name;
  fs::create_directories(path_.parent_path());
}

InputFile::~InputFile() {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

void InputFile::Write(std::string_view bytes) const {
  fs::remove(
      path_);  // a file written anew is not written to the disk when it is closed, as one emptied before is by ext4
  std::ofstream(path_, std::ios::binary) << bytes;
}

}  // namespace grader::fuzz
