#include "grader/report/page.h"

#include <fmt/format.h>

#include <algorithm>

#include "grader/report/text.h"
#include "grader/report/wrap.h"

namespace grader::report {
namespace {

constexpr int kLabelIndent = 2;
constexpr int kLabelColumns = 10;

const char* Sgr(Ink ink) {
  switch (ink) {
    case Ink::kPlain:
      return "";
    case Ink::kBold:
      return "\x1b[1m";
    case Ink::kDim:
      return "\x1b[2m";
    case Ink::kGood:
      return "\x1b[1;32m";
    case Ink::kBad:
      return "\x1b[1;31m";
    case Ink::kWarning:
      return "\x1b[1;33m";
  }
  return "";
}

std::string Spaces(int count) { return std::string(static_cast<std::size_t>(std::max(count, 0)), ' '); }

}  // namespace

std::string Page::Inked(std::string_view text, Ink ink) const {
  if (style_.colour == Colour::kNever || ink == Ink::kPlain || text.empty()) {
    return std::string(text);
  }
  return fmt::format("{}{}\x1b[0m", Sgr(ink), text);
}

// Takes visible text.
void Page::Line(std::string_view text, Ink ink, int indent) {
  const std::size_t end = text.find_last_not_of(' ') + 1;
  out_ += end == 0 ? "" : Spaces(indent) + Inked(text.substr(0, end), ink);
  out_ += '\n';
}

int Page::TextColumn() const { return Narrow() ? 2 * kLabelIndent : kLabelIndent + kLabelColumns; }

void Page::Gap() {
  if (!out_.empty() && !out_.ends_with("\n\n")) {
    out_ += '\n';
  }
}

void Page::Paragraph(std::string_view text, Ink ink, int indent) {
  for (const std::string& line : Wrapped(Visible(text), style_.width - indent)) {
    Line(line, ink, indent);
  }
}

void Page::Put(const Headline& headline) {
  const int column = DisplayWidth(headline.word) + 2;
  const std::string note = OneLine(headline.note);
  const int room = style_.width - column;
  const std::vector<std::string> lines = Wrapped(OneLine(headline.text), room);
  const int gap = room - DisplayWidth(lines.front()) - DisplayWidth(note);
  const bool beside = !note.empty() && gap >= 2;
  out_ += Inked(headline.word, headline.ink) + "  " + Inked(lines.front(), Ink::kBold);
  out_ += beside ? Spaces(gap) + Inked(note, Ink::kDim) + "\n" : "\n";
  for (std::size_t i = 1; i < lines.size(); ++i) {
    Line(lines[i], Ink::kBold, column);
  }
  if (!note.empty() && !beside) {
    Paragraph(note, Ink::kDim, column);
  }
}

void Page::Row(std::string_view text, std::string_view note) {
  const std::string right = OneLine(note);
  const int room = style_.width - kLabelIndent - DisplayWidth(right) - 2;
  const std::vector<std::string> lines = Wrapped(OneLine(text), std::max(room, style_.width / 2));
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    Line(lines[i], Ink::kPlain, kLabelIndent);
  }
  const int gap = style_.width - kLabelIndent - DisplayWidth(lines.back()) - DisplayWidth(right);
  out_ += Spaces(kLabelIndent) + lines.back() + Spaces(std::max(gap, 2)) + Inked(right, Ink::kDim) + "\n";
}

void Page::Field(std::string_view label, std::string_view text) {
  if (text.empty()) {
    return;
  }
  const int column = TextColumn();
  const std::vector<std::string> lines = Wrapped(Visible(text), style_.width - column);
  std::size_t next = 0;
  if (Narrow()) {
    Line(label, Ink::kDim, kLabelIndent);
  } else {
    const int gap = kLabelColumns - DisplayWidth(label);
    out_ += Spaces(kLabelIndent) + Inked(label, Ink::kDim) + Spaces(gap) + lines[next++] + "\n";
  }
  for (; next < lines.size(); ++next) {
    Line(lines[next], Ink::kPlain, column);
  }
}

void Page::Bullets(const std::vector<std::string>& items) {
  const int column = TextColumn();
  for (const std::string& item : items) {
    const std::vector<std::string> lines = Wrapped(Visible(item), style_.width - column - 2);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      Line((i == 0 ? "· " : "  ") + lines[i], Ink::kPlain, column);
    }
  }
}

void Page::Command(std::string_view label, std::string_view line) {
  const std::string visible = OneLine(line);
  if (DisplayWidth(visible) <= style_.width - TextColumn()) {
    Field(label, visible);
    return;
  }
  // A line we broke could not be copied; one the terminal breaks can.
  Line(label, Ink::kDim, kLabelIndent);
  Line(visible, Ink::kPlain, 2 * kLabelIndent);
}

void Page::Verbatim(std::string_view text, int indent) {
  for (const std::string& line : Lines(Visible(text))) {
    Line(line, Ink::kPlain, indent);
  }
}

}  // namespace grader::report
