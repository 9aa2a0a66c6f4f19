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
  // Anew: when it is closed, ext4 writes a file that was emptied before to the disk.
  fs::remove(path_);
  std::ofstream(path_, std::ios::binary) << bytes;
}

}  // namespace grader::fuzz
