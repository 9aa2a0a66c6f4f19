#include "tests/report/golden.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace grader::report {

void ExpectGolden(const std::string& name, const std::string& text) {
  const std::string path = std::string(REPORT_TEST_FOLDER "/golden/") + name;
  if (std::getenv("GRADE_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(path) << text;
    ADD_FAILURE() << path << " was written anew: read it, and run again without GRADE_UPDATE_GOLDEN";
    return;
  }
  std::ifstream file(path);
  ASSERT_TRUE(file) << path << " is not there";
  std::ostringstream golden;
  golden << file.rdbuf();
  EXPECT_EQ(golden.str(), text);
}

}  // namespace grader::report
