#include "grader/report/sent.h"

#include <fmt/format.h>

#include "grader/report/bounds.h"
#include "grader/report/file.h"
#include "grader/report/text.h"

namespace grader::report {

std::string SentName(const Grading& grading, const GradedCheck& check) {
  const std::size_t size = check.result.sent.bytes.size();
  if (size == 0 || size > kSentLimit.count) return {};
  return fmt::format("{}.{}.bytes", grading.subject.lab, check.info.id);
}

std::string SendCommand(const Grading& grading, const GradedCheck& check, const std::filesystem::path& folder) {
  const std::string name = SentName(grading, check);
  return name.empty() ? "" : check.result.sent.command + " " + ShellWord((folder / name).native());
}

void WriteSent(const Grading& grading, Audience audience, const std::filesystem::path& folder) {
  const Grading seen = Redacted(grading, audience);
  for (const GradedCheck& check : seen.checks) {
    const std::string name = SentName(seen, check);
    if (!name.empty()) ReplaceFile(folder / name, check.result.sent.bytes);
  }
}

}  // namespace grader::report
