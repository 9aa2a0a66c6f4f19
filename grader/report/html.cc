#include "grader/report/html.h"

#include <fmt/format.h>

#include "grader/report/text.h"

namespace grader::report {
namespace {

std::string Escaped(std::string_view bytes) {
  std::string out;
  for (const char c : XmlText(bytes)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

}  // namespace

void Html::Start(std::string_view name, const Attributes& attributes) {
  out_ += fmt::format("<{}", name);
  for (const auto& [key, value] : attributes) out_ += fmt::format(" {}=\"{}\"", key, Escaped(value));
}

Html::Scope Html::In(std::string_view name, const Attributes& attributes) {
  Start(name, attributes);
  out_ += '>';
  open_.emplace_back(name);
  return Scope(*this);
}

void Html::Close() {
  out_ += fmt::format("</{}>\n", open_.back());
  open_.pop_back();
}

void Html::Put(std::string_view name, const Attributes& attributes, std::string_view text) {
  const Scope element = In(name, attributes);
  Text(text);
}

void Html::Void(std::string_view name, const Attributes& attributes) {
  Start(name, attributes);
  out_ += "/>";
}

void Html::Text(std::string_view bytes) { out_ += Escaped(bytes); }

std::string Px(double length) {
  std::string text = fmt::format("{:.1f}", length);
  if (text.ends_with(".0")) text.erase(text.size() - 2);
  return text;
}

}  // namespace grader::report
