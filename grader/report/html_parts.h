// What the student's page and the class page have in common.
#pragma once

#include <string>

#include "grader/report/grading.h"
#include "grader/report/html.h"

namespace grader::report {

// A whole document around what `body` appends to its <body>. Its policy (CSP) forbids scripts and all else from
// elsewhere.
template <typename Body>
std::string Document(const std::string& title, const Body& body);

// How a verdict is shown: never by colour alone.
struct Mark {
  const char* style;  // a class of the style sheet
  const char* sign;   // one character
  const char* word;
};
Mark MarkOf(Verdict verdict);

// "✓ passed", in its colour; the sign is not read aloud.
void PutTag(Html& html, const Mark& mark, const std::string& words);

// How much of a total, as a bar beside a text that says the same.
void PutBar(Html& html, double part, double total);

void PutHead(Html& html, const std::string& title);
inline constexpr const char* kDoctype = "<!DOCTYPE html>\n";

template <typename Body>
std::string Document(const std::string& title, const Body& body) {
  Html html;
  html.Raw(kDoctype);
  {
    const Html::Scope root = html.In("html", {{"xmlns", "http://www.w3.org/1999/xhtml"}, {"lang", "en"}});
    PutHead(html, title);
    const Html::Scope whole = html.In("body");
    body(html);
  }
  return std::move(html).Take();
}

}  // namespace grader::report
