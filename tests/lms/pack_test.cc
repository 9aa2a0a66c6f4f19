// Packs, laid out and run as each platform would, with a right and a wrong hand-in.
#include "grader/lms/pack.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdio>
#include <nlohmann/json.hpp>

#include "tests/cli/fake_course.h"
#include "tests/lms/consumers.h"

namespace grader::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::Not;
using ::testing::StartsWith;

constexpr const char* kSecret = "NobodyMayReadThis";

// Checks that give full marks to a program with "right" in it, crash over one with "crash", and take 6 points from
// others.
std::string ChecksThatRead() {
  return "read -r assignment\n"
         "submission=$(echo \"$assignment\" | sed 's/.*\"submission\":\"\\([^\"]*\\)\".*/\\1/')\n"
         "case $(cat \"$submission/reap.cpp\" 2>/dev/null) in\n  *right*)\n" +
         FakeCourse::Say(FullMarks()) + "  ;;\n  *crash*) echo >>\"$HERE/tries\"; kill -9 $$ ;;\n  *)\n" +
         FakeCourse::Say({StartedEvent(), Passed("A.One", 4), Failed("A.Two"), checks::Finished{}}) + "  ;;\nesac\n";
}

class PackTest : public ::testing::Test {
 protected:
  PackTest() {
    course_.Checks(ChecksThatRead());
    course_.Write("share/grade/labs/lab02-reap/checks/secret.cc", kSecret);
    course_.Write("share/grade/labs/lab02-reap/right/a/reap.cpp", kSecret);
    course_.Write("share/grade/labs/lab02-reap/wrong/b/reap.cpp", kSecret);
    course_.Write("share/grade/labs/lab02-reap/probes/driver.cpp", "// a driver");
    course_.Write("share/grade/reference/lab02-reap/reap.cpp", kSecret);
    course_.Write("share/grade/course.toml", "title = \"A \\\"course\\\"\"\n[due]\nlab1 = 2026-10-05T23:59:00+02:00\n");
  }

  // Makes a pack and unpacks it, with its modes, into a folder of the course's root.
  fs::path Unpacked(const std::string& kind, const std::string& file, const std::string& folder) {
    const Ended ended = course_.Run({"pack", kind, "lab2"});
    EXPECT_EQ(ended.status, 0) << ended.err;
    EXPECT_THAT(ended.out, AllOf(StartsWith(file + "\nnext: "), EndsWith("\n")));
    Unpack(course_.work() / file, folder);
    return course_.root() / folder;
  }

  void Unpack(const fs::path& archive, const std::string& folder) {
    fs::create_directories(course_.root() / folder);
    Shell("cd '" + (course_.root() / folder).string() + "' && cmake -E tar xf '" + archive.string() + "'");
  }

  // What bash prints; its status goes to status_.
  std::string Shell(const std::string& script) {
    course_.Write("script", script);
    const std::string command = "env -u GRADE_ROOT HOME='" + (course_.root() / "home").string() + "' bash '" +
                                (course_.root() / "script").string() + "' 2>'" + (course_.root() / "errors").string() +
                                "'";
    FILE* pipe = popen(command.c_str(), "re");
    std::string said;
    char buffer[4096];
    for (std::size_t count; (count = fread(buffer, 1, sizeof buffer, pipe)) > 0;) said.append(buffer, count);
    const int status = pclose(pipe);
    status_ = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return said;
  }

  // Nothing that gives a solution or a check away, in whatever file.
  void ExpectNoSecrets(const fs::path& folder) {
    const std::string inside = "cd '" + folder.string() + "' && ";
    EXPECT_EQ(Shell(inside + "grep -rl " + kSecret + " ."), "");
    EXPECT_EQ(Shell(inside + "find . | grep -E 'reference|right|wrong|secret|lab01'"), "");
    EXPECT_EQ(Shell(inside + "find . -name driver.cpp | wc -l"), "1\n");
  }

  json Json(const fs::path& file) { return json::parse(course_.Read(file), nullptr, false); }

  FakeCourse course_;
  int status_ = -1;
};

TEST_F(PackTest, GradescopeBuildsItAndRunsItForEachSubmission) {
  const fs::path source = Unpacked("gradescope", "lab02-reap-gradescope.zip", "autograder/source");
  ExpectNoSecrets(source);
  const std::string harness = "export GRADE_HARNESS_ROOT='" + course_.root().string() + "'\n";
  EXPECT_THAT(Shell(harness + "'" + source.string() + "/setup.sh'"), StartsWith("grade "));
  EXPECT_EQ(status_, 0) << course_.Read("errors");
  const std::string run = harness + "'" + source.string() + "/run_autograder'";
  const auto graded = [&](const std::string& text, const fs::path& place) {
    fs::remove_all(course_.root() / "autograder/results");
    fs::remove_all(course_.root() / "autograder/submission");
    course_.Write("autograder/submission" / place, text);
    Shell(run);
    const std::string results = course_.Read("autograder/results/results.json");
    EXPECT_THAT(lms::ObjectionsToJson(results, "gradescope"), IsEmpty());
    return json::parse(results, nullptr, false);
  };
  EXPECT_EQ(graded("right", "reap.cpp")["score"], 10);
  EXPECT_EQ(status_, 0);
  const json wrong = graded("another", "reap.cpp");
  EXPECT_EQ(wrong["score"], 4);
  EXPECT_EQ(status_, 0);  // less than full marks is no failure of the autograder
  EXPECT_THAT(wrong.dump(), HasSubstr("./grade lab2 lab02-reap --only A.Two"));
  EXPECT_EQ(graded("right", "hand in/$(x) y/reap.cpp")["score"], 10);
  EXPECT_EQ(graded("none", "notes.txt")["score"], 4);
  EXPECT_FALSE(graded("crash", "reap.cpp").contains("score"));
  EXPECT_EQ(status_, 3);
  EXPECT_EQ(course_.Read("autograder/source/grader/libexec/grade/labs/lab02-reap/tries"), "\n\n\n");
}

TEST_F(PackTest, AMachineThatIsTooOldIsToldSoAndJudgesNobody) {
  const fs::path source = Unpacked("gradescope", "lab02-reap-gradescope.zip", "autograder/source");
  EXPECT_THAT(course_.Read("autograder/source/grader/README.md"), HasSubstr("It needs Linux on x86-64 with glibc 2."));
  const std::string harness = "export GRADE_HARNESS_ROOT='" + course_.root().string() + "'\n";
  const auto on = [&](const std::string& libc, const std::string& script) {
    course_.Write("old/getconf", "#!/bin/sh\n" + libc + "\n");
    fs::permissions(course_.root() / "old/getconf", fs::perms::owner_all);
    return Shell(harness + "PATH='" + course_.root().string() + "/old':$PATH '" + source.string() + "/" + script + "'");
  };
  course_.Write("etc/os-release", "ID=ubuntu\nPRETTY_NAME=\"Ubuntu 20.04.6 LTS\"\n");
  EXPECT_THAT(on("echo glibc 2.31", "setup.sh"),
              MatchesRegex("The grader cannot run here: it needs glibc 2[.][0-9]+ or later, and Ubuntu 20.04.6 LTS has "
                           "glibc 2.31; choose Debian 12, Ubuntu 24.04 or later.\n"));
  EXPECT_EQ(status_, 1);
  EXPECT_EQ(course_.Read("errors"), "");
  course_.Write("etc/os-release", "PRETTY_NAME=Alpine\n");
  EXPECT_THAT(on("exit 1", "setup.sh"), HasSubstr("and Alpine has another C library; choose"));
  EXPECT_THAT(on("echo glibc 2.100", "setup.sh"), StartsWith("grade "));
  EXPECT_EQ(status_, 0) << course_.Read("errors");
  course_.Write("autograder/submission/reap.cpp", "right");
  on("echo glibc 2.4", "run_autograder");
  EXPECT_EQ(status_, 3);
  EXPECT_THAT(course_.Read("errors"), StartsWith("The grader cannot run here: it needs glibc"));
  EXPECT_FALSE(course_.Has("autograder/results/results.json"));
}

// Whatever a platform reads before any of our scripts runs.
TEST_F(PackTest, TheFilesThatServicesReadAreWhatTheyExpect) {
  Shell("python3 -c 'import yaml'");
  if (status_ != 0) GTEST_SKIP() << "python3-yaml is not installed";
  const auto judged = [&](const std::string& kind, const fs::path& file) {
    return Shell(std::string("python3 -B '") + LMS_TEST_FOLDER + "/service_files.py' " + kind + " '" +
                 (course_.root() / file).string() + "'");
  };
  for (const char* kind : {"github", "gitlab", "jenkins"}) {
    EXPECT_EQ(course_.Run({"pack", kind, "lab2", "--out", kind}).status, 0);
    EXPECT_EQ(judged(kind, std::string("work/") + kind), "") << course_.Read("errors");
    EXPECT_EQ(status_, 0) << course_.Read("errors");
  }
  Unpacked("autolab", "lab02-reap-autolab.tar", "courses");
  EXPECT_EQ(judged("autolab", "courses/lab02reap/lab02reap.yml"), "") << course_.Read("errors");
  const auto broken = [&](const std::string& kind, const std::string& from, const std::string& to) {
    std::string text = course_.Read("work/" + kind);
    text.replace(text.find(from), from.size(), to);
    course_.Write("work/broken", text);
    return judged(kind, "work/broken");
  };
  EXPECT_EQ(broken("github", "runs-on", "runs_on"), "jobs.grade: runs_on is no key of a job\njobs.grade: no runs-on\n");
  EXPECT_EQ(broken("github", "steps.grade.outputs", "steps.grades.outputs"),
            "step 3: steps.grades is no step before it\n");
  EXPECT_EQ(broken("github", "|| status=$?", "|| ("), "step 2: its script is no bash\n");
  EXPECT_EQ(broken("gitlab", "apt-get update", "say: no"), "grade: before_script is no list of commands\n");
  EXPECT_EQ(broken("gitlab", "junit:", "junits:"), "grade: no report junit\n");
  EXPECT_EQ(broken("jenkins", "junit allowEmptyResults", "} junit allowEmptyResults"), "line 22: } closes nothing\n");
}

TEST_F(PackTest, PrairielearnRunsItsQuestion) {
  const fs::path questions = Unpacked("prairielearn", "lab02-reap-prairielearn.zip", "questions");
  ExpectNoSecrets(questions);
  const json info = Json("questions/lab02-reap/info.json");
  EXPECT_EQ(info["gradingMethod"], "External");
  EXPECT_EQ(info["externalGradingOptions"]["entrypoint"], "/grade/tests/run.sh");
  EXPECT_EQ(info["externalGradingOptions"]["enableNetworking"], false);
  EXPECT_THAT(info["uuid"].get<std::string>(),
              ::testing::MatchesRegex("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
  EXPECT_THAT(course_.Read("questions/lab02-reap/question.html"), HasSubstr("file-names=\"reap.cpp\""));
  fs::create_directories(course_.root() / "grade");
  fs::rename(questions / "lab02-reap/tests", course_.root() / "grade/tests");
  const auto graded = [&](const std::string& text) {
    course_.Write("grade/student/reap.cpp", text);
    Shell("GRADE_HARNESS_ROOT='" + course_.root().string() + "' '" + course_.root().string() + "/grade/tests/run.sh'");
    EXPECT_EQ(status_, 0) << course_.Read("errors");
    const std::string results = course_.Read("grade/results/results.json");
    EXPECT_THAT(lms::ObjectionsToJson(results, "prairielearn"), IsEmpty());
    return json::parse(results, nullptr, false)["score"];
  };
  EXPECT_EQ(graded("right"), 1.0);
  EXPECT_EQ(graded("another"), 0.4);
}

TEST_F(PackTest, AutolabRunsItsMakefile) {
  const fs::path assessment = Unpacked("autolab", "lab02-reap-autolab.tar", "courses") / "lab02reap";
  EXPECT_THAT(
      course_.Read("courses/lab02reap/lab02reap.yml"),
      AllOf(HasSubstr("  name: lab02reap\n"), HasSubstr("- name: lab02-reap\n"), HasSubstr("max_score: 100.0\n")));
  EXPECT_THAT(course_.Read("courses/lab02reap/lab02reap.rb"), HasSubstr("module Lab02reap\n"));
  const auto graded = [&](const std::string& text) {
    const std::string job = (course_.root() / "job").string();
    fs::remove_all(job);
    course_.Write("job/in/reap.cpp", text);
    const std::string said =
        Shell("cd '" + job + "' && (cd in && cmake -E tar cf ../handin.tar reap.cpp) && rm -r in && cp '" +
              assessment.string() + "/autograde.tar' . && cp '" + assessment.string() +
              "/autograde-Makefile' Makefile && make");
    EXPECT_EQ(status_, 0) << course_.Read("errors");
    // Autolab takes the last line that is not empty.
    const auto line = said.rfind('\n', said.size() - 2) + 1;
    return said.substr(line);
  };
  EXPECT_EQ(graded("right"), "{\"scores\":{\"lab02-reap\":10.0}}\n");
  EXPECT_EQ(graded("another"), "{\"scores\":{\"lab02-reap\":4.0}}\n");
  ExpectNoSecrets(course_.root() / "job/grader");
}

// The lines of a text that stand deeper than the line `head`, below it.
std::string Block(const std::string& text, const std::string& head) {
  const auto begin = text.find(head + "\n");
  EXPECT_NE(begin, std::string::npos) << head;
  const std::size_t indent = text.substr(begin).find_first_not_of(' ');
  std::string block;
  for (auto at = text.find('\n', begin) + 1; at < text.size();) {
    const auto end = text.find('\n', at);
    const std::string line = text.substr(at, end - at);
    if (line.find_first_not_of(' ') <= indent) break;
    block += line + "\n";
    at = end + 1;
  }
  return block;
}

std::string Without(std::string text, const std::string& what) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what)) text.erase(at, what.size());
  return text;
}

// A grader that students cannot reach, and the platforms that fetch or hold it.
TEST_F(PackTest, VplAndCiServicesUseAGraderThatLiesElsewhere) {
  const std::string root = course_.root().string();
  Unpacked("grader", "lab02-reap-grader.tar.gz", "opt/lab02-reap");
  ExpectNoSecrets(course_.root() / "opt/lab02-reap");
  for (const char* kind : {"github", "gitlab", "jenkins"}) {
    EXPECT_EQ(course_.Run({"pack", kind, "lab2", "--out", kind}).status, 0);
  }
  Unpacked("vpl", "lab02-reap-vpl.zip", "vpl");
  const std::string url = "export GRADE_PACK_URL='file://" + root + "/work/lab02-reap-grader.tar.gz'\n";
  for (const auto& [text, points] : {std::pair("right", "10"), std::pair("another", "4")}) {
    SCOPED_TRACE(text);
    course_.Write("vpl/reap.cpp", text);
    const std::string vpl = Shell("cd '" + root + "/vpl' && export GRADE_HOME='" + root +
                                  "/opt' VPL_GRADEMIN=0 VPL_GRADEMAX=10 && ./vpl_evaluate.sh && ./vpl_execution");
    EXPECT_THAT(lms::ObjectionsToVpl(vpl), IsEmpty());
    EXPECT_THAT(vpl, EndsWith(std::string("Grade :=>>") + points + "\n"));

    const std::string repository = "ci-" + std::string(text);
    course_.Write(repository + "/reap.cpp", text);
    const std::string place = "cd '" + root + "/" + repository + "'\n";
    const std::string tmp = root + "/tmp-" + text;
    fs::create_directories(tmp + "/github");
    fs::create_directories(tmp + "/gitlab");
    fs::create_directories(tmp + "/jenkins");

    const std::string workflow = course_.Read("work/github");
    const auto second = workflow.find("      - name: Grade\n");
    const std::string log = Shell(url + place + "export RUNNER_TEMP='" + tmp + "/github' GITHUB_OUTPUT='" + tmp +
                                  "/output'\nset -eo pipefail\n" + Block(workflow.substr(0, second), "        run: |") +
                                  Block(workflow.substr(second), "        run: |"));
    EXPECT_EQ(status_, std::string(text) == "right" ? 0 : 1) << course_.Read("errors");
    EXPECT_THAT(log, HasSubstr("::notice title=Points::" + std::string(points) + " of 10 points"));
    const std::string result = Shell("sed -n 's/^result=//p' '" + tmp + "/output' | base64 -d");
    EXPECT_THAT(lms::ObjectionsToJson(result, "classroom"), IsEmpty());

    const std::string gitlab = Without(Block(course_.Read("work/gitlab"), "  script:"), "    - ");
    Shell(url + place + "export CI_BUILDS_DIR='" + tmp + "/gitlab' CI_PROJECT_DIR=\"$PWD\"\nset -eo pipefail\n" +
          gitlab);
    EXPECT_THAT(course_.Read(repository + "/grade.xml"), HasSubstr("<testcase"));
    fs::remove(course_.root() / repository / "grade.xml");

    const std::string jenkins = course_.Read("work/jenkins");
    const auto begin = jenkins.find("sh '''") + 6;
    Shell(url + place + "export WORKSPACE_TMP='" + tmp + "/jenkins' WORKSPACE=\"$PWD\"\nset -e\n" +
          jenkins.substr(begin, jenkins.find("'''", begin) - begin));
    EXPECT_EQ(status_, 0) << course_.Read("errors");  // the report tells of failures
    EXPECT_THAT(course_.Read(repository + "/grade.xml"), HasSubstr("name=\"points\" value=\"" + std::string(points)));
  }
}

TEST(Pack, RefusesAnUnknownKind) {
  const FakeCourse course;
  const Ended ended = course.Run({"pack", "gradscope", "lab2"});
  EXPECT_EQ(ended.status, 2);
  EXPECT_EQ(ended.err, "grade: there is no pack 'gradscope'; did you mean 'gradescope'?\n");
  for (const std::string& name : lms::PackNames()) EXPECT_NO_THROW(lms::PackKindOf(name));
}

TEST(HandedIn, AnArchiveInTheFolderIsUnpacked) {
  const FakeCourse course;
  course.Checks(ChecksThatRead());
  course.Write("work/in/reap.cpp", "right");
  fs::create_directories(course.root() / "work/up");
  ASSERT_EQ(std::system(("cd '" + course.work().string() + "' && cmake -E tar cf up/mine.zip --format=zip in").c_str()),
            0);
  const Ended plain = course.Run({"lab2", "up"});
  EXPECT_EQ(plain.status, 2);  // at a desk, a slip is said at once
  const Ended ended = course.Run({"lab2", "up", "--export", "vpl=-"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_THAT(ended.out, EndsWith("\nGrade :=>>10\n"));
}

}  // namespace
}  // namespace grader::cli
