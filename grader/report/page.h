// A column of text for people, laid out for a terminal of a given width.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "grader/report/style.h"

namespace grader::report {

enum class Ink { kPlain, kBold, kDim, kGood, kBad, kWarning };

// Everything put on a page is made visible first (text.h) and wrapped to the page's width. Ink is used only in colour.
class Page {
 public:
  explicit Page(const Style& style) : style_(style) {}

  // An empty line, unless the page is empty or ends with one.
  void Gap();

  void Paragraph(std::string_view text, Ink ink, int indent);

  // "FAILED  leaves no zombie in a burst        0 of 10 points": a word, a text beside it, a note at the right edge.
  struct Headline {
    std::string_view word;
    Ink ink;
    std::string_view text;
    std::string_view note;
  };
  void Put(const Headline& headline);

  // A text with a note at the right edge, or below it where there is no room.
  void Row(std::string_view text, std::string_view note);

  // A named thing: beside its label, or below it where the page is narrow. Nothing if the text is empty.
  void Field(std::string_view label, std::string_view text);

  // A list below the field before it.
  void Bullets(const std::vector<std::string>& items);

  // A named line to be copied: never broken by us.
  void Command(std::string_view label, std::string_view line);

  // Lines that are somebody else's layout: not wrapped.
  void Verbatim(std::string_view text, int indent);

  std::string Text() && { return std::move(out_); }

 private:
  bool Narrow() const { return style_.width < 60; }
  int TextColumn() const;
  void Line(std::string_view text, Ink ink, int indent);
  std::string Inked(std::string_view text, Ink ink) const;

  Style style_;
  std::string out_;
};

}  // namespace grader::report
