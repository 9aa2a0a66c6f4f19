#include "grader/checks/race_detector.h"

#include <fstream>
#include <iterator>
#include <string>

#include "grader/build/scratch_folder.h"
#include "grader/checks/race_detector_source.h"

namespace grader::checks {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSource = "race_detector.cpp";

// Several graders may do so at one time; each sees a whole file.
fs::path SourceBelow(const fs::path& cache) {
  const fs::path folder = cache / "race-detector";
  const fs::path source = folder / kSource;
  std::ifstream before(source);
  if (std::string(std::istreambuf_iterator<char>(before), {}) != kRaceDetectorSource) {
    fs::create_directories(folder);
    build::ScratchFolder scratch(cache);
    build::WriteFiles(scratch.path(), {{kSource, kRaceDetectorSource}});
    fs::rename(scratch.path() / kSource, source);
  }
  return source;
}

}  // namespace

build::Target WithRaceDetector(const build::Target& target, const fs::path& cache) {
  build::Target with = target;
  // The macro is hidden, so that nobody is another program when it is watched; libstdc++ asks for it through one of its
  // own (c++config.h).
  with.flags.insert(with.flags.end(), {"-fsanitize=thread", "-Wtsan", "-U__SANITIZE_THREAD__", "-D_GLIBCXX_TSAN=1"});
  with.extra_sources.push_back(SourceBelow(cache));
  return with;
}

Fences FencesOf(std::string_view messages) {
  return messages.find("-Wtsan]") == std::string_view::npos ? Fences::kNone : Fences::kSome;
}

void PrepareForRaceDetector(sandbox::Command& command, Fences fences) {
  command.addresses = sandbox::Addresses::kFixed;
  // What a fence orders goes through an atomic; if every access to one orders, no fence is missed.
  if (fences == Fences::kSome) command.environment.emplace_back("TSAN_OPTIONS=force_seq_cst_atomics=1");
}

}  // namespace grader::checks
