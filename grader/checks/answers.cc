#include "grader/checks/answers.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <toml++/toml.h>
#include <unistd.h>

#include <optional>
#include <utility>

#include "grader/os/fd.h"

namespace grader::checks {
namespace {

constexpr const char* kFile = "answers.toml";
constexpr std::size_t kLargest = 64 * 1024;

struct Content {
  std::string text;
  std::string problem;  // empty if there is a text
};

// Never follows a link and never waits for a FIFO: the folder is the student's.
Content Read(const std::filesystem::path& file) {
  const os::Fd fd(open(file.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY));
  if (!fd) return {{}, errno == ENOENT ? "there is no answers.toml" : "answers.toml cannot be opened"};
  struct stat status = {};
  if (fstat(fd.get(), &status) != 0 || !S_ISREG(status.st_mode)) return {{}, "answers.toml is not a plain file"};
  std::string text(kLargest + 1, '\0');
  std::size_t size = 0;
  for (ssize_t n = 1; n > 0 && size < text.size(); size += static_cast<std::size_t>(n)) {
    n = read(fd.get(), text.data() + size, text.size() - size);
    if (n < 0) return {{}, "answers.toml cannot be read"};
  }
  if (size > kLargest) return {{}, "answers.toml is larger than 64 KiB"};
  text.resize(size);
  return {std::move(text), {}};
}

std::string Location(const toml::source_region& source) { return fmt::format("{}:{}", kFile, source.begin.line); }

QuizAnswer ToAnswer(const std::string& key, const toml::node& node) {
  QuizAnswer answer{key, {}, Location(node.source()), {}};
  if (const auto text = node.value_exact<std::string>()) answer.value = *text;
  if (const auto number = node.value_exact<std::int64_t>()) answer.value = *number;
  if (const auto truth = node.value_exact<bool>()) answer.value = *truth;
  if (const auto* list = node.as_array()) {
    std::vector<std::string> texts;
    for (const auto& element : *list) {
      if (const auto text = element.value_exact<std::string>()) texts.push_back(*text);
    }
    if (texts.size() == list->size()) answer.value = std::move(texts);
  }
  if (std::holds_alternative<std::monostate>(answer.value)) {
    answer.problem = "the answer is neither a text in quotes nor a whole number nor true or false";
  }
  return answer;
}

}  // namespace

Answers Answers::Load(const std::filesystem::path& folder) {
  Answers answers;
  const auto content = Read(folder / kFile);
  answers.missing_ = {{}, {}, kFile, content.problem.empty() ? "there is no answer to this question" : content.problem};
  if (!content.problem.empty()) return answers;
  try {
    const auto table = toml::parse(content.text);
    for (const auto& [key, node] : table) {
      const std::string name(key.str());
      answers.answers_.emplace(name, ToAnswer(name, node));
    }
  } catch (const toml::parse_error& error) {
    answers.missing_.location = Location(error.source());
    answers.missing_.problem = fmt::format("answers.toml cannot be understood: {}", error.description());
  }
  return answers;
}

QuizAnswer Answers::Find(const std::string& question) const {
  const auto found = answers_.find(question);
  if (found != answers_.end()) return found->second;
  auto answer = missing_;
  answer.question = question;
  return answer;
}

}  // namespace grader::checks
