// Small files and links of proc(5), which change while they are read.
#pragma once

#include <string>

namespace grader::os {

// What one read(2) of at most 4 KiB gives, so as of one moment and at half the cost of reading to the end. Empty if
// that fails, as it does when a process has just ended.
std::string ReadOnce(const std::string& path);

// Where a symbolic link points (readlink(2)); empty if that fails. At most 511 bytes.
std::string ReadLink(const std::string& path);

}  // namespace grader::os
