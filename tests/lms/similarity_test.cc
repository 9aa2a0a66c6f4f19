#include "grader/lms/similarity.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include <nlohmann/json.hpp>

#include "grader/batch/csv.h"
#include "grader/lms/own_code.h"
#include "grader/lms/similarity_report.h"
#include "tests/cli/fake_course.h"
#include "tests/report/temporary_folder.h"

namespace grader::lms {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr const char* kGiven =
    "#include <cstdio>\n"
    "// What is to be done\n"
    "int main(int argc, char** argv) {\n"
    "  for (int i = 1; i < argc; ++i) std::printf(\"%s %d\\n\", argv[i], i);\n"
    "  if (argc > 7) return 2;\n"
    "  return argc == 1 ? 1 : 0;\n"
    "}\n";

constexpr const char* kSieve =
    "int count_primes(int limit) {\n"
    "  std::vector<bool> composite(limit + 1, false);\n"
    "  int found = 0;\n"
    "  for (int n = 2; n <= limit; ++n) {\n"
    "    if (composite[n]) continue;\n"
    "    ++found;\n"
    "    for (int k = n * n; k <= limit; k += n) composite[k] = true;\n"
    "  }\n"
    "  return found;\n"
    "}\n";

// The same with other names, numbers and layout.
constexpr const char* kRenamed =
    "// all my own work\n"
    "int howMany(int top)\n{\n"
    "  std::vector<bool> no(top + 3, false); int sum = 9; /* sum */\n"
    "  for (int p = 4; p <= top; ++p)\n  {\n"
    "    if (no[p]) continue;\n    ++sum;\n"
    "    for (int q = p * p; q <= top; q += p)\n      no[q] = true;\n"
    "  }\n  return sum;\n}\n";

constexpr const char* kOther =
    "struct Node { Node* next; int value; };\n"
    "Node* reversed(Node* list) {\n"
    "  Node* done = nullptr;\n"
    "  while (list) { Node* rest = list->next; list->next = done; done = list; list = rest; }\n"
    "  return done;\n"
    "}\n";

Source Cpp(const std::string& text, const std::string& name = "reap.cpp") { return {name, Language::kCpp, text}; }

Candidate Hand(const std::string& student, const std::string& text) { return {student, student, {Cpp(text)}}; }

Similarity Compared(const std::vector<Candidate>& candidates) {
  const report::TemporaryFolder scratch;
  return Compare(candidates, {Cpp(kGiven)}, scratch.path());
}

TEST(OwnCode, CommentsAreBlankedAndNothingElse) {
  EXPECT_EQ(WithoutComments("a; // b\nc /* d\ne */ f"), "a;     \nc     \n     f");
  EXPECT_EQ(WithoutComments("\"//x\" '\"' \"\\\"/*\" // y"), "\"//x\" '\"' \"\\\"/*\"     ");
  EXPECT_EQ(WithoutComments("R\"a(/* )\" */)a\" // z"), "R\"a(/* )\" */)a\"     ");
  EXPECT_EQ(WithoutComments("int n = 1'000; // z"), "int n = 1'000;     ");
  EXPECT_EQ(WithoutComments("/* never closed"), "               ");
}

TEST(OwnCode, LinesThatWereGivenAreBlankedAndLinesKeepTheirNumbers) {
  const auto own =
      OwnPartOf(Cpp("#include <cstdio>\nint mine;\n   int main(int argc, char** argv) {\n}\n"), {Cpp(kGiven)});
  EXPECT_EQ(own.text, "\nint mine;\n\n\n");
  const auto elsewhere = OwnPartOf(Cpp("  return argc == 1 ? 1 : 0;\nint mine;\n", "other.cpp"), {Cpp(kGiven)});
  EXPECT_EQ(elsewhere.text, "\nint mine;\n");
}

TEST(Similar, FindsACopyUnderOtherNamesAndLayout) {
  const auto found = Compared(
      {Hand("ada", std::string(kGiven) + kSieve), Hand("bob", kOther), Hand("cy", std::string(kRenamed) + kGiven)});
  ASSERT_THAT(found.pairs, SizeIs(1));
  const SimilarPair& pair = found.pairs[0];
  EXPECT_EQ(pair.a + pair.b, "adacy");
  EXPECT_GT(pair.share_a, 95);
  EXPECT_GT(pair.share_b, 95);
  EXPECT_FALSE(pair.same_files);
  EXPECT_EQ(pair.stretches[0].a.first, 8);
  EXPECT_EQ(pair.stretches[0].a.last, 17);
  EXPECT_EQ(pair.stretches[0].b.first, 2);
  EXPECT_EQ(pair.stretches[0].b.last, 13);
}

TEST(Similar, TheSkeletonIsNobodysWork) {
  const auto found = Compared({Hand("ada", kGiven), Hand("bob", kGiven), Hand("cy", std::string(kGiven) + kOther)});
  EXPECT_THAT(found.pairs, IsEmpty());
  EXPECT_THAT(found.nothing, ElementsAre("ada", "bob"));
  EXPECT_EQ(found.compared, 3);
}

TEST(Similar, OneWordIsMoreThanNothing) {
  EXPECT_THAT(Compared({Hand("ada", "x\n"), Hand("bob", "// x\n")}).nothing, ElementsAre("bob"));
}

TEST(Similar, ThoseMostAlikeComeFirst) {
  const std::string sieve = kSieve;
  auto same = Hand("dee", sieve);
  same.fingerprint = "ada";
  const auto found =
      Compared({Hand("ada", sieve), Hand("bob", sieve + kOther), Hand("eve", kOther + sieve.substr(0, 200)), same});
  ASSERT_GE(found.pairs.size(), 3u);
  for (std::size_t i = 1; i < found.pairs.size(); ++i) EXPECT_GE(found.pairs[i - 1].share(), found.pairs[i].share());
  const auto identical = [](const SimilarPair& pair) { return pair.same_files; };
  EXPECT_EQ(std::count_if(found.pairs.begin(), found.pairs.end(), identical), 1);
}

TEST(Similar, FollowsAStretchFromOneFileIntoTheNext) {
  const std::string sieve = kSieve;
  const std::string half = sieve.substr(0, sieve.find("  for (int k") - 14);
  Candidate split{"ada", "ada", {Cpp(half, "a.h"), Cpp(sieve.substr(half.size()), "b.cpp")}};
  const auto found = Compared({split, Hand("bob", sieve)});
  ASSERT_THAT(found.pairs, SizeIs(1));
  const Place place = found.pairs[0].stretches[0].a;
  EXPECT_EQ(place.file, "a.h");
  EXPECT_EQ(place.last_file, "b.cpp");
  EXPECT_THAT(SimilarityText(found, "lab", 40), HasSubstr("a.h:1 to b.cpp:"));
}

TEST(Similar, ComparesPythonByItsWords) {
  const std::string text =
      "def count_primes(limit):\n    composite = set()\n    found = 0\n    for n in range(2, limit + 1):\n"
      "        if n in composite:\n            continue\n        found += 1\n        composite.update(range(n * n, "
      "limit + 1, n))\n"
      "    return found\n";
  const Source python{"reap.py", Language::kPython, text};
  const auto found = Compared({{"ada", "1", {python}}, {"bob", "2", {python}}, Hand("cy", kSieve)});
  ASSERT_THAT(found.pairs, SizeIs(1));
  EXPECT_EQ(found.pairs[0].language, Language::kPython);
  EXPECT_GT(found.pairs[0].share(), 90);
}

TEST(Similar, HostileTextsAndNamesDoNoHarm) {
  std::string every;
  for (int c = 1; c < 256; ++c) every += static_cast<char>(c);
  const std::string name = "a\n\x1b[31m=cmd;$(touch x)'\"<b>";
  const auto found = Compared({{name, "1", {Cpp(kSieve, "../../" + name)}},
                               Hand("/", kSieve),
                               Hand("-o", every),
                               Hand("quote", "char* s = \"never closed\n" + every),
                               Hand("empty", "")});
  ASSERT_THAT(found.pairs, Not(IsEmpty()));
  const auto text = SimilarityText(found, "lab", 40);
  EXPECT_THAT(text, AllOf(Not(HasSubstr("\x1b")), HasSubstr("\\x1b[31m=cmd")));
  EXPECT_FALSE(nlohmann::json::parse(SimilarityJson(found, "lab"), nullptr, false).is_discarded());
  const auto rows = batch::ReadCsv(SimilarityCsv(found), "table");
  EXPECT_THAT(rows, SizeIs(found.pairs.size() + 1));
  for (const auto& row : rows) EXPECT_THAT(row.cells, SizeIs(9));
}

// 20,000 lines would take the similarity-tester minutes, and its bound is ten.
TEST(Similar, EndlessRepetitionHidesNothingAndCostsLittle) {
  std::string pad, table;
  for (int i = 0; i < 20'000; ++i) pad += "int x" + std::to_string(i) + " = 1;\n";
  for (int i = 0; i < 20'000; ++i) table += i % 7 == 0 ? "{1, 'a', \"b\"}," : "1,";
  const std::string sieve = kSieve;
  const auto found = Compared({Hand("ada", sieve), Hand("pad", pad + sieve), Hand("table", table + "\n" + sieve),
                               Hand("twice", pad + table), Hand("zed", kOther)});
  EXPECT_THAT(found.repetitive, ElementsAre("pad", "table", "twice"));
  const auto has = [&](const char* a, const char* b) {
    return std::ranges::any_of(found.pairs,
                               [&](const auto& pair) { return pair.a == a && pair.b == b && pair.share_a > 95; });
  };
  EXPECT_TRUE(has("ada", "pad"));
  EXPECT_TRUE(has("ada", "table"));
  for (const SimilarPair& pair : found.pairs) {
    if (pair.a != "ada" || pair.b != "pad") continue;
    EXPECT_EQ(pair.stretches[0].b.first, 20'001);
  }
  EXPECT_THAT(SimilarityText(found, "lab", 40), HasSubstr("what is beyond not compared: pad, table, twice\n"));
  EXPECT_THAT(SimilarityJson(found, "lab"), HasSubstr("\"repetitive\": [\n    \"pad\""));
}

TEST(Similar, RepetitionInPythonIsBoundedToo) {
  std::string pad;
  for (int i = 0; i < 20'000; ++i) pad += "x = x + 1\n";
  const auto python = [](const char* who, const std::string& text) {
    return Candidate{who, who, {{"reap.py", Language::kPython, text}}};
  };
  const auto found = Compared({python("ada", pad), python("bob", pad), python("cy", "x = x + 1\n")});
  EXPECT_THAT(found.repetitive, ElementsAre("ada", "bob"));
  EXPECT_THAT(found.pairs, SizeIs(1));
}

TEST(Sources, AreTakenWithoutLinksAndHiddenFolders) {
  const report::TemporaryFolder folder;
  const auto write = [&](const char* name, const std::string& text) {
    std::filesystem::create_directories((folder.path() / name).parent_path());
    std::ofstream(folder.path() / name) << text;
  };
  write("b.cpp", "int\tb;\r\n");
  write("src/a.hpp", "");
  write("c.py", "");
  write("notes.txt", "");
  write(".git/d.cpp", "");
  write("huge.cpp", std::string(300 << 10, 'x'));
  std::filesystem::create_symlink("/etc/passwd", folder.path() / "e.cpp");
  std::filesystem::create_directory_symlink("/usr/include", folder.path() / "f");
  std::vector<std::string> names;
  for (const Source& one : SourcesIn(folder.path())) names.push_back(one.name);
  EXPECT_THAT(names, ElementsAre("b.cpp", "c.py", "src/a.hpp"));
  EXPECT_EQ(SourcesIn(folder.path())[0].text, "int b; \n");
  for (int i = 0; i < 20; ++i) write(("large" + std::to_string(10 + i) + ".cpp").c_str(), std::string(250 << 10, 'x'));
  EXPECT_THAT(SourcesIn(folder.path()), SizeIs(2 + 8));
}

}  // namespace
}  // namespace grader::lms

namespace grader::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class SimilarCommand : public ::testing::Test {
 protected:
  SimilarCommand() {
    course_.Write("work/in/ada/reap.cpp", lms::kSieve);
    course_.Write("work/in/bob/reap.cpp", lms::kRenamed);
    course_.Write("work/in/cy/reap.cpp", "// to do\n");
    course_.Write("work/in/dee/notes", "");
  }

  FakeCourse course_;
};

TEST_F(SimilarCommand, ComparesAFolderOfHandIns) {
  const Ended ended = course_.Run({"similar", "lab2", "in", "--csv", "s.csv", "--json", "s.json"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_THAT(ended.out, StartsWith("lab02-reap  3 hand-ins compared, without what the skeleton gave\n\n"
                                    "  1.  ada 100 %   bob 100 %   "));
  EXPECT_THAT(ended.out, AllOf(HasSubstr("      reap.cpp:1-10                reap.cpp:2-13                "),
                               HasSubstr("\nNothing but the skeleton: cy\n"), HasSubstr("proves nothing")));
  EXPECT_THAT(ended.err, StartsWith("grade: dee is left out: "));
  EXPECT_THAT(course_.Read("work/s.csv"), HasSubstr("\nada,bob,100,100,"));
  EXPECT_THAT(course_.Read("work/s.json"), HasSubstr("\"nothing_own\": [\n    \"cy\"\n  ]"));
}

TEST_F(SimilarCommand, ComparesWhatABatchHasGraded) {
  ASSERT_EQ(course_.Run({"batch", "lab2", "in", "--out", "out"}).status, 0);
  const Ended ended = course_.Run({"similar", "lab2", "out"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("  1.  ada 100 %   bob 100 %   "));
  EXPECT_THAT(ended.out, HasSubstr("\nfor the class: out/index.html\n"));
  const Ended other = course_.Run({"similar", "lab1", "out"});
  EXPECT_EQ(other.status, 2);
  EXPECT_EQ(other.err, "grade: out holds results of lab02-reap, not of lab01-fork\n");
}

TEST_F(SimilarCommand, ThePageOfTheClassRemembersWhoIsAlikeAndNoStudentsFileDoes) {
  const auto page = [&] { return course_.Read("work/out/index.html"); };
  const auto alike = AllOf(HasSubstr("Hand-ins that are alike"), HasSubstr("reap.cpp:1-10 = reap.cpp:2-13"));
  ASSERT_EQ(course_.Run({"batch", "lab2", "in", "--out", "out"}).status, 0);
  EXPECT_THAT(page(), Not(HasSubstr("alike")));
  const std::string grades = course_.Read("work/out/grades.csv");
  course_.Run({"similar", "lab2", "out"});
  EXPECT_THAT(page(), alike);
  EXPECT_EQ(course_.Read("work/out/grades.csv"), grades);
  course_.Write("work/in/eve/reap.cpp", "int eve;\n");
  ASSERT_EQ(course_.Run({"batch", "lab2", "in", "--out", "out"}).status, 0);
  EXPECT_THAT(page(), AllOf(alike, HasSubstr("1 came or changed after that")));
  for (const char* name : {"report.html", "report.json", "report.txt", "junit.xml", "trace.json"}) {
    const std::string own = course_.Read(std::string("work/out/students/ada/") + name);
    EXPECT_THAT(own, AllOf(Not(HasSubstr("alike")), Not(HasSubstr("bob"))));
  }
  course_.Write("work/in/bob/reap.cpp", "int bob;\n");
  ASSERT_EQ(course_.Run({"batch", "lab2", "in", "--out", "out"}).status, 0);
  EXPECT_THAT(page(), AllOf(Not(HasSubstr("reap.cpp:1-10")), HasSubstr("2 came or changed after that")));
}

TEST_F(SimilarCommand, ABatchThatIsNotDoneShowsThemWhenItIs) {
  ASSERT_EQ(course_.Run({"batch", "lab2", "in", "--out", "out"}).status, 0);
  std::filesystem::remove(course_.work() / "out/index.html");
  EXPECT_THAT(course_.Run({"similar", "lab2", "out"}).out, Not(HasSubstr("for the class")));
  EXPECT_FALSE(course_.Has("work/out/index.html"));
  ASSERT_EQ(course_.Run({"batch", "lab2", "in", "--out", "out"}).status, 0);
  EXPECT_THAT(course_.Read("work/out/index.html"), HasSubstr("reap.cpp:1-10 = reap.cpp:2-13"));
}

}  // namespace
}  // namespace grader::cli
