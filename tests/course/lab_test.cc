#include "grader/course/lab.h"

#include <gtest/gtest.h>

#include "tests/course/course_folder.h"

namespace grader::course {
namespace {

using namespace std::chrono_literals;

std::string Replaced(std::string text, const std::string& from, const std::string& to) {
  return text.replace(text.find(from), from.size(), to);
}

// A good lab02-reap/lab.toml with one change.
std::string Changed(const std::string& from, const std::string& to) { return Replaced(LabText(2, "reap"), from, to); }

TEST(Lab, ReadsWhatALabTomlSays) {
  const CourseFolder course;
  course.Write("labs/lab02-reap/lab.toml", R"([lab]
number = 2
name = "reap"
title = "Orphans and zombies"
day = 7
kind = "program"

[[program]]
name = "reap"
sources = ["reap.cpp", "src/wait.cpp"]
flags = ["-pthread"]

[[program]]
name = "other"
sources = ["other.cpp"]
python = false

[limits]
cpu = "500ms"
memory = "64MiB"
processes = 300
)");
  const Lab lab = LoadLab(course.LabToml("lab02-reap"));
  EXPECT_EQ(lab.id, "lab02-reap");
  EXPECT_EQ(lab.number, 2);
  EXPECT_EQ(lab.name, "reap");
  EXPECT_EQ(lab.title, "Orphans and zombies");
  EXPECT_EQ(lab.day, 7);
  EXPECT_EQ(lab.kind, LabKind::kProgram);
  ASSERT_EQ(lab.programs.size(), 2u);
  EXPECT_EQ(lab.programs[0].sources, (std::vector<std::string>{"reap.cpp", "src/wait.cpp"}));
  EXPECT_EQ(lab.programs[0].flags, std::vector<std::string>{"-pthread"});
  EXPECT_TRUE(lab.programs[0].python);
  EXPECT_FALSE(lab.programs[1].python);
  EXPECT_EQ(lab.limits.cpu_time, 500ms);
  EXPECT_EQ(lab.limits.memory, os::MiB(64));
  EXPECT_EQ(lab.limits.processes, 300);
  EXPECT_EQ(lab.folder, course.root() / "labs/lab02-reap");
  EXPECT_EQ(lab.skeleton, course.root() / "skeletons/lab02-reap");
  EXPECT_EQ(lab.reference, course.root() / "reference/lab02-reap");
}

TEST(Lab, ALibraryIsNotPythonUnlessItSaysSo) {
  const CourseFolder course;
  course.Write("labs/lab02-reap/lab.toml", Changed("\"program\"", "\"library\""));
  EXPECT_FALSE(LoadLab(course.LabToml("lab02-reap")).programs.at(0).python);
}

struct Mistake {
  const char* name;
  const char* from;
  const char* to;
  const char* error;  // behind "labs/lab02-reap/lab.toml:"
};

class LabMistake : public testing::TestWithParam<Mistake> {};

TEST_P(LabMistake, IsReportedWithPlaceAndRemedy) {
  const CourseFolder course;
  EXPECT_EQ(course.ErrorOfLab(Changed(GetParam().from, GetParam().to)),
            std::string("labs/lab02-reap/lab.toml:") + GetParam().error);
}

const Mistake kMistakes[] = {
    {"UnknownKeyNearAKnownOne", "name = \"reap\"\ntitle", "nmae = \"reap\"\ntitle",
     "3:1: unknown key 'nmae'; did you mean 'name'?"},
    {"UnknownKey", "day = 7", "day = 7\ncolour = \"red\"",
     "6:1: unknown key 'colour'; known here: number name title day kind"},
    {"UnknownTable", "[[program]]", "[author]\n\n[[program]]",
     "8:2: unknown key 'author'; known here: lab program limits"},
    {"UnknownKeyOfAProgram", "sources", "source", "10:1: unknown key 'source'; did you mean 'sources'?"},
    {"MissingTable", "[lab]\nnumber = 2\nname = \"reap\"\ntitle = \"A title\"\nday = 7\nkind = \"program\"\n", "",
     "1:1: missing table [lab]; add it"},
    {"MissingString", "title = \"A title\"\n", "", "1:1: missing key 'title'; add title = \"…\""},
    {"MissingInteger", "number = 2\n", "", "1:1: missing key 'number'; add number = 1"},
    {"MissingSources", "sources = [\"reap.cpp\"]\n", "", "8:1: missing key 'sources'; write sources = [\"…\"]"},
    {"MissingProgram", "[[program]]\nname = \"reap\"\nsources = [\"reap.cpp\"]\n", "",
     "1:1: the lab has no program; add [[program]] with name and sources"},
    {"StringForInteger", "number = 2", "number = \"2\"", "2:10: 'number' is a string; write an integer from 1 to 99"},
    {"IntegerForString", "title = \"A title\"", "title = 3",
     "4:9: 'title' is an integer; write a string in double quotes"},
    {"EmptyString", "\"A title\"", "\"\"", "4:9: 'title' is empty; write its value, or leave the key out"},
    {"NumberTooLarge", "number = 2", "number = 100", "2:10: 'number' is 100; write an integer from 1 to 99"},
    {"DayTooSmall", "day = 7", "day = 0", "5:7: 'day' is 0; write an integer from 1 to 99"},
    {"WrongKind", "\"program\"", "\"prgram\"", "6:8: 'kind' is \"prgram\"; write \"program\" or \"library\""},
    {"WrongName", "name = \"reap\"\ntitle", "name = \"Reap!\"\ntitle",
     "3:8: 'name' is \"Reap!\"; write small letters, digits, '_' and '-', a letter first"},
    {"NumberAndFolderDiffer", "number = 2", "number = 4",
     "2:10: this is lab04-reap, but its folder is labs/lab02-reap; correct number and name, or rename the folder"},
    {"TableForList", "[[program]]", "[program]", "8:1: 'program' is a table; begin each one with [[program]]"},
    {"StringForList", "[\"reap.cpp\"]", "\"reap.cpp\"",
     "10:11: 'sources' is a string; write a list of strings, such as sources = [\"one\", \"two\"]"},
    {"ListOfIntegers", "[\"reap.cpp\"]", "[\"reap.cpp\", 2]",
     "10:24: 'sources' holds an integer; write a list of strings, such as sources = [\"one\", \"two\"]"},
    {"EmptyList", "[\"reap.cpp\"]", "[]", "10:11: empty key 'sources'; write sources = [\"…\"]"},
    {"SourceOutside", "\"reap.cpp\"", "\"../reap.cpp\"",
     "10:11: 'sources' holds \"../reap.cpp\"; name files inside the submission's folder"},
    {"SourceAbsolute", "\"reap.cpp\"", "\"/etc/passwd\"",
     "10:11: 'sources' holds \"/etc/passwd\"; name files inside the submission's folder"},
    {"FlagThatIsNone", "sources", "flags = [\"pthread\"]\nsources",
     "10:9: 'flags' holds \"pthread\"; write compiler flags, such as \"-pthread\""},
    {"StringForBoolean", "sources", "python = \"yes\"\nsources", "10:10: 'python' is a string; write true or false"},
    {"TwoProgramsOfOneName", "[[program]]", "[[program]]\nname = \"reap\"\nsources = [\"a.cpp\"]\n[[program]]",
     "12:8: a second program is called \"reap\"; give each a name of its own"},
    {"LimitsNoTable", "[lab]", "limits = 3\n[lab]", "1:10: 'limits' is an integer; write a table: [limits]"},
    {"UnknownLimit", "[lab]", "[limits]\nproceses = 3\n[lab]",
     "2:1: unknown key 'proceses'; did you mean 'processes'?"},
    {"TimeWithoutUnit", "[lab]", "[limits]\ncpu = \"10\"\n[lab]",
     "2:7: 'cpu' is \"10\"; write a time up to \"1h\", such as \"10s\" or \"500ms\""},
    {"TooMuchTime", "[lab]", "[limits]\ncpu = \"2h\"\n[lab]",
     "2:7: 'cpu' is \"2h\"; write a time up to \"1h\", such as \"10s\" or \"500ms\""},
    {"DecimalBytes", "[lab]", "[limits]\nmemory = \"512MB\"\n[lab]",
     "2:10: 'memory' is \"512MB\"; write a size from \"16MiB\" to \"64GiB\", such as \"512MiB\""},
    {"TooLittleMemory", "[lab]", "[limits]\nmemory = \"1MiB\"\n[lab]",
     "2:10: 'memory' is \"1MiB\"; write a size from \"16MiB\" to \"64GiB\", such as \"512MiB\""},
    {"NoProcesses", "[lab]", "[limits]\nprocesses = 0\n[lab]",
     "2:13: 'processes' is 0; write an integer from 1 to 100000"},
    {"BrokenToml", "title = \"A title\"", "title = \"A title",
     "4:17: Error while parsing string: unescaped control characters other than TAB (U+0009) are explicitly "
     "prohibited; "
     "correct the TOML there"},
    {"KeyTwice", "day = 7", "day = 7\nday = 8",
     "6:7: Error while parsing key-value pair: cannot redefine existing integer 'day'; correct the TOML there"},
};
std::string NameOf(const testing::TestParamInfo<Mistake>& info) { return info.param.name; }
INSTANTIATE_TEST_SUITE_P(Each, LabMistake, testing::ValuesIn(kMistakes), NameOf);

TEST(Lab, ALabTomlThatIsNoFileIsReported) {
  const CourseFolder course;
  std::filesystem::remove(course.LabToml("lab02-reap"));
  course.Write("labs/lab02-reap/lab.toml/inside", "");
  EXPECT_EQ(course.Error(),
            "labs/lab02-reap/lab.toml:1:1: cannot be read (Is a directory); check that it is a file that you may read");
}

std::string LibraryText(const std::string& program_lines) {
  return Changed("kind = \"program\"", "kind = \"library\"") + program_lines;
}

TEST(Lab, ReadsWhatTheCourseAddsToAProgram) {
  const CourseFolder course;
  course.Write("labs/lab02-reap/probes/driver.cpp", "");
  course.Write("skeletons/lab02-reap/task.hpp", "");
  course.Write("labs/lab02-reap/lab.toml", LibraryText("probe = \"driver\"\ngiven = [\"task.hpp\"]\n"));
  const Lab lab = LoadLab(course.LabToml("lab02-reap"));
  EXPECT_EQ(lab.kind, LabKind::kLibrary);
  EXPECT_EQ(lab.programs.at(0).probe, "driver");
  EXPECT_EQ(lab.programs[0].given, std::vector<std::string>{"task.hpp"});
  EXPECT_FALSE(lab.programs[0].python);
}

TEST(Lab, RefusesADriverOrGivenFileThatIsNotThere) {
  const CourseFolder course;
  EXPECT_NE(course.ErrorOfLab(LibraryText("probe = \"driver\"\n")).find("there is no probes/driver.cpp"),
            std::string::npos);
  EXPECT_NE(course.ErrorOfLab(LibraryText("given = [\"../x.h\"]\n")).find("there is no ../x.h in skeletons/lab02-reap"),
            std::string::npos);
}

}  // namespace
}  // namespace grader::course
