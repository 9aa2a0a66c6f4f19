#include "grader/build/cache.h"

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <system_error>
#include <vector>

#include "grader/build/digest.h"
#include "grader/build/scratch_folder.h"

namespace grader::build {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char* kFormat = "2";  // another one whenever the same inputs are to be built anew
constexpr const char* kEntry = "entry.json";
constexpr const char* kPythonFolder = "python";
constexpr std::size_t kMostOfAStudent = 32;
constexpr std::size_t kMostShared = 256;

fs::path MakeFolder(const fs::path& root, const fs::path& submission) {
  const auto student = Digest().Add(fs::canonical(submission).string()).Hex().substr(0, 32);
  fs::create_directories(root / student);
  fs::permissions(root / student, fs::perms::owner_all);
  return fs::canonical(root / student);
}

fs::path MakeSharedFolder(const fs::path& root) {
  fs::create_directories(root / "shared");
  fs::permissions(root / "shared", fs::perms::owner_all);
  return fs::canonical(root / "shared");
}

void AddFiles(Digest& digest, const std::vector<SourceFile>& files) {
  digest.Add(std::to_string(files.size()));
  for (const auto& file : files) digest.Add(file.name).Add(file.content);
}

void AddTexts(Digest& digest, const std::vector<std::string>& texts) {
  digest.Add(std::to_string(texts.size()));
  for (const auto& text : texts) digest.Add(text);
}

// Of the artefact in an entry, as it is now.
std::string ArtefactDigest(const fs::path& artefact) {
  Digest digest;
  if (!fs::is_directory(artefact)) return digest.Add(ReadWholeFile(artefact)).Hex();
  std::vector<std::string> names;
  for (const auto& file : fs::recursive_directory_iterator(artefact)) {
    if (file.is_regular_file()) names.push_back(file.path().lexically_relative(artefact).string());
  }
  std::sort(names.begin(), names.end());
  for (const auto& name : names) digest.Add(name).Add(ReadWholeFile(artefact / name));
  return digest.Hex();
}

Compiled ReadEntry(const fs::path& entry) {
  const auto stored = json::parse(ReadWholeFile(entry / kEntry));
  Compiled compiled;
  compiled.status = stored.at("status").get<BuildStatus>();
  compiled.summary = stored.at("summary").get<std::string>();
  compiled.messages = stored.at("messages").get<std::string>();
  if (compiled.status != BuildStatus::kBuilt) return compiled;
  const auto artefact = entry / stored.at("artefact").get<std::string>();
  if (ArtefactDigest(artefact) != stored.at("digest").get<std::string>()) throw std::runtime_error("damaged");
  return compiled;
}

std::string ArtefactName(const Target& target, Language language) {
  return language == Language::kPython ? kPythonFolder : target.name;
}

}  // namespace

Cache::Cache(const fs::path& root, const fs::path& submission)
    : folder_(MakeFolder(root, submission)), most_(kMostOfAStudent) {}

Cache::Cache(const fs::path& root) : folder_(MakeSharedFolder(root)), most_(kMostShared) {}

std::optional<Compiled> Cache::Find(const std::string& key) const {
  const auto entry = folder_ / key;
  if (!fs::exists(entry)) return std::nullopt;
  try {
    auto compiled = ReadEntry(entry);
    std::error_code swept;
    fs::last_write_time(entry, fs::file_time_type::clock::now(), swept);  // used now: among the last to go
    return compiled;
  } catch (const std::exception&) {
    fs::remove_all(entry);
    return std::nullopt;
  }
}

void Cache::Keep(const std::string& key, const Inputs& inputs, const Compiled& compiled) const {
  ScratchFolder entry(folder_);
  json stored = {{"status", compiled.status}, {"summary", compiled.summary}, {"messages", compiled.messages}};
  if (compiled.status == BuildStatus::kBuilt) {
    const auto name = ArtefactName(inputs.target, inputs.language);
    constexpr auto kExecutable = fs::perms(0555);
    if (inputs.language == Language::kPython) WriteFiles(entry.path() / name, inputs.submission.files);
    if (inputs.language == Language::kCpp) WriteFile(entry.path() / name, compiled.executable, kExecutable);
    stored["artefact"] = name;
    stored["digest"] = ArtefactDigest(entry.path() / name);
  }
  WriteFile(entry.path() / kEntry, stored.dump(-1, ' ', false, json::error_handler_t::replace), fs::perms(0444));
  entry.MoveTo(folder_ / key);
  Sweep();
}

fs::path Cache::Artefact(const std::string& key, const Target& target, Language language) const {
  return folder_ / key / ArtefactName(target, language);
}

// The entries that nobody used for longest go, and what a killed grader left.
void Cache::Sweep() const {
  std::vector<std::pair<fs::file_time_type, fs::path>> entries;
  const auto long_ago = fs::file_time_type::clock::now() - std::chrono::hours(1);
  std::error_code gone;  // somebody else may sweep as well
  for (const auto& entry : fs::directory_iterator(folder_)) {
    const auto used = entry.last_write_time(gone);
    if (gone) continue;
    const bool scratch = entry.path().filename().native().starts_with('.');
    if (scratch && used < long_ago) fs::remove_all(entry.path(), gone);
    if (!scratch) entries.emplace_back(used, entry.path());
  }
  std::sort(entries.begin(), entries.end());
  for (std::size_t i = 0; i + most_ < entries.size(); ++i) fs::remove_all(entries[i].second, gone);
}

std::string KeyOf(const Inputs& inputs) {
  Digest digest;
  digest.Add(kFormat).Add(CompilerIdentity(inputs.language));
  digest.Add(inputs.target.name);
  AddTexts(digest, CompileCommand(inputs));
  AddTexts(digest, inputs.submission.refused);  // told in the messages
  AddFiles(digest, inputs.submission.files);
  AddFiles(digest, inputs.extra);
  return digest.Hex();
}

}  // namespace grader::build
