#include "grader/build/reachable.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace grader::build {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// The names of what is reached from a driver of that text.
std::vector<std::string> From(const std::string& driver, std::vector<SourceFile> theirs) {
  std::vector<std::string> names;
  for (const auto& file : Reachable({{"driver.cpp", driver}}, std::move(theirs))) names.push_back(file.name);
  return names;
}

TEST(ReachableTest, FollowsIncludesFromHeaderToHeader) {
  const std::vector<SourceFile> theirs = {{"crew.hpp", ""},
                                          {"list.h", ""},
                                          {"net/task.hpp", "#include <list.h>"},
                                          {"pool.hpp", "#include \"net/task.hpp\"\n"}};
  EXPECT_THAT(From("#include \"pool.hpp\"\n", theirs), ElementsAre("list.h", "net/task.hpp", "pool.hpp"));
  EXPECT_THAT(From("#include <vector>\n", theirs), IsEmpty());
}

TEST(ReachableTest, ReadsANameThatIsContinuedOnTheNextLine) {
  EXPECT_THAT(From("#include \"po\\\nol.hpp\"\n", {{"pool.hpp", ""}}), ElementsAre("pool.hpp"));
}

TEST(ReachableTest, TakesAllIfANameIsNotWrittenOut) {
  for (const char* text : {"#include NAME", "# include/**/NAME", "%:include NAME", "#import NAME", "#include_next NAME",
                           "#/* */include NAME", "#inc\\\nlude NAME", "#if __has_include(NAME)", "#include"}) {
    EXPECT_THAT(From("#include \"pool.hpp\"\n", {{"crew.hpp", ""}, {"pool.hpp", text}}),
                ElementsAre("crew.hpp", "pool.hpp"))
        << text;
  }
}

TEST(ReachableTest, KnowsWordsOfACommentFromDirectives) {
  const std::string text =
      "// those include tasks, and import nothing\n#  include\t<deque>\n#if __has_include(<latch>)\n";
  EXPECT_THAT(From("#include \"pool.hpp\"\n", {{"crew.hpp", ""}, {"pool.hpp", text}}), ElementsAre("pool.hpp"));
}

}  // namespace
}  // namespace grader::build
