#include "grader/cli/build_cache.h"

#include <unistd.h>

namespace grader::cli {
namespace {

namespace fs = std::filesystem;

fs::path Usual(const report::Environment& environment) {
  // A relative $XDG_CACHE_HOME is to be ignored (XDG Base Directory Specification).
  if (const auto cache = environment("XDG_CACHE_HOME"); cache && fs::path(*cache).is_absolute()) return *cache;
  if (const auto home = environment("HOME"); home && fs::path(*home).is_absolute()) return fs::path(*home) / ".cache";
  return {};
}

}  // namespace

BuildCache::BuildCache(const report::Environment& environment) {
  if (const fs::path usual = Usual(environment); !usual.empty()) {
    path_ = usual / "grade" / "submissions";
    std::error_code error;
    fs::create_directories(path_, error);
    if (!error && access(path_.c_str(), W_OK | X_OK) == 0) return;
  }
  temporary_.emplace("grade-builds");
  path_ = temporary_->path();
}

}  // namespace grader::cli
