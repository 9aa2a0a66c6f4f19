#include "grader/lms/pack_scripts.h"

#include <fmt/format.h>
#include <gnu/libc-version.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <random>
#include <set>

#include "grader/lms/pack_texts.h"

namespace grader::lms {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

std::string With(std::string text, const std::string& from, const std::string& to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

// Random, as RFC 4122 wants a version 4: each question of a course needs one of its own.
std::string Uuid() {
  std::random_device random;
  const auto part = [&] { return random() & 0xffffU; };
  return fmt::format("{:04x}{:04x}-{:04x}-4{:03x}-{:04x}-{:04x}{:04x}{:04x}", part(), part(), part(), part() & 0xfffU,
                     (part() & 0x3fffU) | 0x8000U, part(), part(), part());
}

// What a student is given to work on.
std::set<std::string> FilesToHandIn(const course::Lab& lab) {
  std::set<std::string> files;
  for (const auto& program : lab.programs) files.insert(program.sources.begin(), program.sources.end());
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(lab.skeleton, none)) {
    const std::string name = entry.path().filename().string();
    if (entry.is_regular_file() && name != "README.md" && !name.starts_with('.')) files.insert(name);
  }
  return files;
}

std::string Yaml(const std::string& text) { return Json(text).dump(); }  // JSON's strings are YAML's

}  // namespace

std::string RunScript(const course::Lab& lab) {
  return With(With(kRun, "@ID@", lab.id), "@LAB@", "lab" + std::to_string(lab.number));
}

// What was built and packed here may need this system's C library, and nothing older.
std::string FitsScript() { return With(kFits, "@GLIBC@", gnu_get_libc_version()); }
std::string Readme(const course::Lab& lab) {
  return With(With(kReadme, "@ID@", lab.id), "@GLIBC@", gnu_get_libc_version());
}

std::string GradescopeSetup() { return kGradescopeSetup; }
std::string GradescopeRun() { return kGradescopeRun; }

std::string PrairielearnInfo(const course::Lab& lab, const std::string& image) {
  const Json json = {{"uuid", Uuid()},
                     {"title", lab.title},
                     {"topic", "Concurrent programming"},
                     {"tags", {"grade"}},
                     {"type", "v3"},
                     {"gradingMethod", "External"},
                     {"externalGradingOptions",
                      {{"enabled", true},
                       {"image", image},
                       {"entrypoint", "/grade/tests/run.sh"},
                       {"timeout", 600},
                       {"enableNetworking", false}}}};
  return json.dump(2) + "\n";
}

std::string PrairielearnQuestion(const course::Lab& lab) {
  std::string names;
  for (const std::string& file : FilesToHandIn(lab)) names += (names.empty() ? "" : ",") + file;
  return With(With(kPrairielearnQuestion, "@FILES@", names), "@ID@", lab.id);
}

std::string PrairielearnRun() { return kPrairielearnRun; }
std::string Dockerfile() { return kDockerfile; }

std::string AutolabName(const course::Lab& lab) {
  std::string name = lab.id;
  std::erase_if(name, [](char c) { return c == '-' || c == '_'; });
  return name;
}

std::string AutolabYml(const course::Lab& lab, int points) {
  std::string text = With(kAutolabYml, "@NAME@", AutolabName(lab));
  text = With(text, "@TITLE@", Yaml(lab.title));
  return With(With(text, "@ID@", lab.id), "@POINTS@", std::to_string(points));
}

std::string AutolabRb(const course::Lab& lab) {
  const std::string name = AutolabName(lab);
  std::string module = name;
  module[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(module[0])));
  return With(With(kAutolabRb, "@NAME@", name), "@MODULE@", module);
}

std::string AutolabMakefile() { return kAutolabMakefile; }
std::string AutolabRun() { return kAutolabRun; }
std::string VplEvaluate(const course::Lab& lab) { return With(kVplEvaluate, "@ID@", lab.id); }
std::string VplRun(const course::Lab& lab) { return With(kVplRun, "@ID@", lab.id); }
std::string GithubWorkflow() { return kGithubWorkflow; }
std::string GitlabJob() { return kGitlabJob; }
std::string Jenkinsfile() { return kJenkinsfile; }

}  // namespace grader::lms
