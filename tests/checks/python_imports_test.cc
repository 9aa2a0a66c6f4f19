#include "grader/checks/python_imports.h"

#include <gtest/gtest.h>

namespace grader::checks {
namespace {

constexpr const char* kTold = R"(import time: self [us] | cumulative | imported package
import time:       113 |        113 |   _io
import time:       206 |       1021 |     http.client
import time:       400 |       9000 | pyftpdlib.servers
)";

TEST(PythonImports, FindsAModuleAndItsParts) {
  EXPECT_EQ(ImportedOf(kTold, {"ftplib", "pyftpdlib"}), "pyftpdlib");
  EXPECT_EQ(ImportedOf(kTold, {"http.client"}), "http.client");
  EXPECT_EQ(ImportedOf(kTold, {"http"}), "http");
}

TEST(PythonImports, TakesNoPartOfAName) {
  EXPECT_EQ(ImportedOf(kTold, {"pyftp", "http.cli", "server", "io"}), std::nullopt);
  EXPECT_EQ(ImportedOf("", {"io"}), std::nullopt);
}

}  // namespace
}  // namespace grader::checks
