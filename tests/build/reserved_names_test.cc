#include "grader/build/reserved_names.h"

#include <dlfcn.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <string>

namespace grader::build {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::Not;

std::string Content(const char* path) {
  std::ostringstream content;
  content << std::ifstream(path, std::ios::binary).rdbuf();
  return content.str();
}

// The library with this function.
std::string LibraryOf(const void* function) {
  Dl_info info{};
  EXPECT_NE(dladdr(function, &info), 0);
  return Content(info.dli_fname);
}

std::string Library() { return LibraryOf(reinterpret_cast<const void*>(&::getpid)); }

TEST(NamesInBoth, AreThoseThatOthersSee) {
  const std::string library = Library();
  const auto names = NamesInBoth(library, library);
  EXPECT_THAT(names, Contains("getpid"));
  EXPECT_THAT(names, Contains("malloc"));
  EXPECT_THAT(names, Not(Contains("_end"))) << "the linker makes it";
  EXPECT_THAT(names, Not(Contains("__tls_get_addr"))) << "it is used, and not defined here";
}

TEST(NamesInBoth, AreNotThoseThatAProgramMayReplace) {
  const std::string library = LibraryOf(dlsym(RTLD_DEFAULT, "__cxa_throw"));
  const auto names = NamesInBoth(library, library);
  EXPECT_THAT(names, Contains("__cxa_throw"));
  for (const char* name : {"_Znwm", "_Znam", "_ZdlPv", "_ZdaPvm"}) EXPECT_THAT(names, Not(Contains(name)));
}

TEST(NamesInBoth, AreNoneOfWhatIsNoProgram) {
  const std::string program = Library();
  EXPECT_THAT(NamesInBoth("", program), IsEmpty());
  EXPECT_THAT(NamesInBoth("\x7f"
                          "ELF",
                          program),
              IsEmpty());
  EXPECT_THAT(NamesInBoth(std::string(1000, '\xff'), program), IsEmpty());
}

TEST(NamesInBoth, AreSafeToAskOfADamagedProgram) {
  std::string program = Library();
  for (std::size_t i = 4; i < 64; ++i) program[i] = '\xff';  // the header's offsets and counts
  EXPECT_THAT(NamesInBoth(program, program), IsEmpty());
  program = Library();
  EXPECT_THAT(NamesInBoth(program.substr(0, program.size() / 2), program), IsEmpty());
}

}  // namespace
}  // namespace grader::build
