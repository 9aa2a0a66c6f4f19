#include "grader/checks/arguments.h"

#include <charconv>
#include <string>
#include <string_view>

#include "grader/checks/errors.h"

namespace grader::checks {
namespace {

int Number(std::string_view text, const std::string& option) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) throw UsageError(option + ": not a number");
  return number;
}

Shard ParseShard(std::string_view text) {
  const auto slash = text.find('/');
  if (slash == std::string_view::npos) throw UsageError("--shard: not of the form I/N");
  const Shard shard{Number(text.substr(0, slash), "--shard"), Number(text.substr(slash + 1), "--shard")};
  if (shard.count < 1 || shard.index < 1 || shard.index > shard.count) throw UsageError("--shard: no such part");
  return shard;
}

}  // namespace

Arguments ParseArguments(int argc, char** argv) {
  Arguments arguments;
  for (int i = 1; i < argc; ++i) {
    const std::string option = argv[i];
    const auto value = [&]() -> std::string_view {
      if (++i >= argc) throw UsageError(option + " needs a value");
      return argv[i];
    };
    if (option == "--results") {
      arguments.results = Number(value(), option);
    } else if (option == "--shard") {
      arguments.shard = ParseShard(value());
    } else if (option == "--build-only") {
      arguments.task = Arguments::Task::kBuildOnly;
    } else if (option == "--list") {
      arguments.task = Arguments::Task::kList;
      if (i + 1 < argc) arguments.lab_folder = argv[++i];
    } else {
      throw UsageError("unknown argument " + option + "; this is run by `grade`");
    }
  }
  return arguments;
}

}  // namespace grader::checks
