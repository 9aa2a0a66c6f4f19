#include "grader/lms/own_code.h"

#include <algorithm>
#include <sstream>
#include <string_view>

namespace grader::lms {
namespace {

constexpr std::size_t kMostCells = 25'000'000;  // of a table of lines by lines

// Goes through C++ from one token of interest to the next.
class CommentEraser {
 public:
  explicit CommentEraser(const std::string& text) : text_(text), out_(text) {}

  std::string Run() {
    while (at_ < text_.size()) {
      if (Sees("//")) {
        Erase(text_.find('\n', at_));
      } else if (Sees("/*")) {
        const auto end = text_.find("*/", at_ + 2);
        Erase(end == std::string::npos ? end : end + 2);
      } else if (Sees("R\"")) {
        SkipRawString();
      } else if (text_[at_] == '"' || (text_[at_] == '\'' && !IsSeparator())) {
        SkipQuoted(text_[at_]);
      } else {
        ++at_;
      }
    }
    return out_;
  }

 private:
  bool Sees(std::string_view what) const { return std::string_view(text_).substr(at_).starts_with(what); }

  // 1'000'000
  bool IsSeparator() const { return at_ > 0 && std::isalnum(static_cast<unsigned char>(text_[at_ - 1])) != 0; }

  void Erase(std::size_t end) {
    end = std::min(end, text_.size());
    for (; at_ < end; ++at_) {
      if (out_[at_] != '\n') out_[at_] = ' ';
    }
  }

  void SkipQuoted(char quote) {
    for (++at_; at_ < text_.size() && text_[at_] != quote && text_[at_] != '\n'; ++at_) {
      if (text_[at_] == '\\') ++at_;
    }
    ++at_;
  }

  // R"name( ... )name"
  void SkipRawString() {
    const auto open = text_.find('(', at_);
    if (open == std::string::npos) {
      at_ += 2;
      return;
    }
    const std::string end = ")" + text_.substr(at_ + 2, open - at_ - 2) + "\"";
    const auto close = text_.find(end, open);
    at_ = close == std::string::npos ? text_.size() : close + end.size();
  }

  const std::string& text_;
  std::string out_;
  std::size_t at_ = 0;
};

struct Line {
  std::string text;    // without blanks
  std::size_t number;  // from 0, in its file
};

// Those with something in them.
std::vector<Line> LinesOf(const std::string& text) {
  std::vector<Line> lines;
  std::istringstream stream(text);
  std::size_t number = 0;
  for (std::string line; std::getline(stream, line); ++number) {
    std::erase_if(line, [](char c) { return c == ' '; });
    if (!line.empty()) lines.push_back({std::move(line), number});
  }
  return lines;
}

// The numbers of a's lines in a longest common subsequence of a and b. Beyond all reason: none.
std::vector<std::size_t> Common(const std::vector<Line>& a, const std::vector<Line>& b) {
  const std::size_t width = b.size() + 1;
  if ((a.size() + 1) * width > kMostCells) return {};
  std::vector<std::uint32_t> length((a.size() + 1) * width, 0);
  for (std::size_t i = a.size(); i-- > 0;) {
    for (std::size_t j = b.size(); j-- > 0;) {
      length[i * width + j] = a[i].text == b[j].text ? length[(i + 1) * width + j + 1] + 1
                                                     : std::max(length[(i + 1) * width + j], length[i * width + j + 1]);
    }
  }
  std::vector<std::size_t> numbers;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i].text == b[j].text) {
      numbers.push_back(a[i].number);
      ++i, ++j;
    } else if (length[(i + 1) * width + j] >= length[i * width + j + 1]) {
      ++i;
    } else {
      ++j;
    }
  }
  return numbers;
}

std::string GivenFor(const Source& source, const std::vector<Source>& given) {
  std::string all;
  for (const Source& one : given) {
    if (one.language != source.language) continue;
    std::string text = one.language == Language::kCpp ? WithoutComments(one.text) : one.text;
    if (one.name == source.name) return text;
    all += text + "\n";
  }
  return all;
}

std::string Blanked(const std::string& text, const std::vector<std::size_t>& numbers) {
  std::string out;
  std::istringstream stream(text);
  std::size_t number = 0;
  for (std::string line; std::getline(stream, line); ++number) {
    out += (std::ranges::binary_search(numbers, number) ? "" : line) + "\n";
  }
  return out;
}

}  // namespace

std::string WithoutComments(const std::string& text) { return CommentEraser(text).Run(); }

Source OwnPartOf(Source source, const std::vector<Source>& given) {
  if (source.language == Language::kCpp) source.text = WithoutComments(source.text);
  source.text = Blanked(source.text, Common(LinesOf(source.text), LinesOf(GivenFor(source, given))));
  return source;
}

}  // namespace grader::lms
