#include "grader/batch/csv.h"

#include <algorithm>

#include "grader/batch/error.h"

namespace grader::batch {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

char SeparatorOf(std::string_view text) {
  const auto first = text.substr(0, text.find('\n'));
  return std::ranges::count(first, ';') > std::ranges::count(first, ',') ? ';' : ',';
}

// Reads cell by cell.
class Reader {
 public:
  Reader(std::string_view text, const std::string& file) : text_(text), file_(file), separator_(SeparatorOf(text)) {}

  std::vector<CsvRow> Read() {
    std::vector<CsvRow> rows;
    while (at_ < text_.size()) {
      CsvRow row{line_, {}};
      do row.cells.push_back(ReadCell());
      while (Takes(separator_));
      Takes('\r');
      if (Takes('\n')) ++line_;
      const auto empty = [](const std::string& cell) { return cell.empty(); };
      if (!std::ranges::all_of(row.cells, empty)) rows.push_back(std::move(row));
    }
    return rows;
  }

 private:
  bool Takes(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  std::string ReadCell() {
    if (Takes('"')) return ReadQuoted();
    const auto begin = at_;
    while (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n' && text_[at_] != '\r') ++at_;
    return std::string(text_.substr(begin, at_ - begin));
  }

  std::string ReadQuoted() {
    const int opened = line_;
    std::string cell;
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c == '"' && !Takes('"')) return cell;
      if (c == '\n') ++line_;
      cell += c;
    }
    throw InputError(file_ + ":" + std::to_string(opened) + ": a quote is not closed; add the second \"");
  }

  std::string_view text_;
  const std::string& file_;
  char separator_;
  std::size_t at_ = 0;
  int line_ = 1;
};

std::string Quoted(const std::string& cell) {
  std::string quoted = "\"";
  for (const char c : cell) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + '"';
}

bool IsNumber(const std::string& cell) {
  const auto rest = std::string_view(cell).substr(1);
  return !rest.empty() && std::ranges::all_of(rest, [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
}

}  // namespace

std::vector<CsvRow> ReadCsv(std::string_view text, const std::string& file) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  return Reader(text, file).Read();
}

std::string CsvLine(const std::vector<std::string>& cells) {
  std::string line;
  for (const std::string& cell : cells) {
    if (!line.empty() || &cell != &cells.front()) line += ',';
    const bool formula = !cell.empty() && std::string_view("=+-@\t\r").find(cell[0]) != std::string_view::npos;
    const std::string safe = formula && !IsNumber(cell) ? "'" + cell : cell;
    line += safe.find_first_of(",;\"\r\n") == std::string::npos ? safe : Quoted(safe);
  }
  return line + '\n';
}

}  // namespace grader::batch
