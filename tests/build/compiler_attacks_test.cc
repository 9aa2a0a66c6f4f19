// Sources that attack the compiler or its machine. Each must end with a sentence for the student, and show nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "tests/build/builder_fixture.h"

namespace grader::build {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class CompilerAttack : public testing::BuilderTest {
 protected:
  // The machine's own file must not be told, whatever the sandbox has at its place.
  static std::string FirstLineOfShadow() {
    std::ifstream file("/etc/shadow");
    std::string line;
    std::getline(file, line);
    return line.empty() ? "root:" : line;
  }
};

TEST_F(CompilerAttack, IncludingASecretShowsNothingOfIt) {
  const auto result = BuildSource("#include \"/etc/shadow\"\nint main() {}\n");
  EXPECT_EQ(result.status, BuildStatus::kCompileError);
  EXPECT_THAT(result.messages, Not(HasSubstr(FirstLineOfShadow())));
}

TEST_F(CompilerAttack, EmbeddingASecretFindsNoFile) {
  const auto result = BuildSource("asm(\".incbin \\\"/etc/shadow\\\"\");\nint main() {}\n");
  EXPECT_EQ(result.status, BuildStatus::kCompileError);
}

TEST_F(CompilerAttack, ReachingOutOfTheFolderFindsNoFile) {
  const testing::TemporaryFolder other;
  other.Write("solution.h", "int solution;\n");
  const auto outside = other.path().filename().string() + "/solution.h";
  EXPECT_EQ(BuildSource("#include \"../" + outside + "\"\nint main() {}\n").status, BuildStatus::kCompileError);
  EXPECT_EQ(BuildSource("#include \"/tmp/" + outside + "\"\nint main() {}\n").status, BuildStatus::kCompileError);
}

TEST_F(CompilerAttack, AHugeObjectIsTooExpensive) {
  const auto result = BuildSource("char x[1 << 30] = {1};\nint main() {}\n");
  EXPECT_EQ(result.status, BuildStatus::kTooExpensive) << result.summary << result.messages;
  EXPECT_THAT(result.summary, HasSubstr("reap.cpp: "));
}

TEST_F(CompilerAttack, ASourceThatIncludesItselfEndsWithBoundedMessages) {
  const auto result = BuildSource("#include \"reap.cpp\"\n#include \"reap.cpp\"\nint main() {}\n");
  EXPECT_NE(result.status, BuildStatus::kBuilt);
  EXPECT_LT(result.messages.size(), 20'000u);
}

TEST_F(CompilerAttack, TemplatesWithoutEndAreAnError) {
  const auto result = BuildSource("template <int N> struct T { T<N + 1> next; };\nT<0> t;\nint main() {}\n");
  EXPECT_NE(result.status, BuildStatus::kBuilt);
}

TEST_F(CompilerAttack, TemplatesThatBurnTimeAreTooExpensive) {
  const auto result = BuildSource(
      "template <int N, long P> struct T { static constexpr long v = T<N - 1, 2 * P>::v + T<N - 1, 2 * P + 1>::v; };\n"
      "template <long P> struct T<0, P> { static constexpr long v = P; };\n"
      "int main() { return T<40, 0>::v != 0; }\n");
  EXPECT_EQ(result.status, BuildStatus::kTooExpensive) << result.summary;
  EXPECT_EQ(result.messages.find("/submission"), std::string::npos);
}

TEST_F(CompilerAttack, EndlessWarningsAreCutOff) {
  std::string source = "int main() {\n";
  for (int i = 0; i < 20'000; ++i) source += "int v" + std::to_string(i) + ";\n";
  const auto result = BuildSource(source + "}\n");
  EXPECT_LT(result.messages.size(), 20'000u);
  EXPECT_NE(result.summary, "");
}

TEST_F(CompilerAttack, TheNextSubmissionIsNotAffected) {
  EXPECT_NE(BuildSource("char x[1 << 30] = {1};\nint main() {}\n").status, BuildStatus::kBuilt);
  EXPECT_EQ(BuildSource("int main() {}\n").status, BuildStatus::kBuilt);
}

}  // namespace
}  // namespace grader::build
