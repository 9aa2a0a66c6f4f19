#include "grader/checks/answers.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <toml++/toml.h>
#include <unistd.h>

#include <algorithm>
#include <optional>
#include <regex>
#include <string_view>
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

// A line of a text, from 1, without blanks at its ends, at most so long; empty if there is none.
std::string LineOf(const std::string& text, std::size_t number) {
  constexpr std::size_t kLongest = 60;
  std::size_t start = 0;
  for (; number > 1 && start != std::string::npos; --number) start = text.find('\n', start) + 1;
  const auto line = text.substr(start, text.find('\n', start) - start);
  const auto first = line.find_first_not_of(" \t\r");
  if (first == std::string::npos) return {};
  return line.substr(first, std::min(line.find_last_not_of(" \t\r") + 1 - first, kLongest));
}

// The key that a line starts with, if it looks like one.
std::string KeyOn(const std::string& line) {
  static const std::regex kKey("([A-Za-z0-9_-]+)\\s*=.*");
  std::smatch match;
  return std::regex_match(line, match, kKey) ? match[1].str() : "key";
}

// What a student should do about a line that is no TOML; the parser's own words are for programmers.
std::string Remedy(const std::string& text, const toml::parse_error& error) {
  const auto number = error.source().begin.line;
  const auto line = LineOf(text, number);
  const auto key = KeyOn(line);
  const bool twice = error.description().find("redefine") != std::string_view::npos;
  if (twice) return fmt::format("{}:{}: `{}` is answered twice; remove one of the two", kFile, number, key);
  const auto found = line.empty() ? std::string("this line") : fmt::format("\"{}\"", line);
  return fmt::format("{}:{}: {} cannot be understood; write {} = \"text\"", kFile, number, found, key);
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
    answers.missing_.problem = Remedy(content.text, error);
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
