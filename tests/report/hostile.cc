#include "tests/report/hostile.h"

namespace grader::report {
namespace {

std::string EveryByte() {
  std::string bytes;
  for (int byte = 0; byte < 256; ++byte) {
    bytes += static_cast<char>(byte);
  }
  return bytes;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> HostileTexts() {
  using namespace std::string_literals;
  return {
      {"Empty", ""},
      {"Blank", " \n\t\n "},
      {"Nul", "a\0b"s},
      {"Escape", "\x1b[31mred\x1b[2J\x1b]0;title\a"},
      {"CarriageReturn", "FAILED\rPASSED\b\b"},
      {"EndOfCdata", "]]> <![CDATA[ &amp; <failure/> \"'"},
      {"Doctype", "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>&b;"},
      {"InvalidUtf8", "\xff\xfe \xc0\x80 \xed\xa0\x80 \xf4\x90\x80\x80 \xe2\x82"},
      {"NonCharacters", "\xef\xbf\xbe\xef\xbf\xbf\xef\xb7\x90"},
      {"C1Controls",
       "\xc2\x9b"
       "31m \xc2\x85"},
      {"Bidi",
       "\xe2\x80\xae"
       "desrever\xe2\x81\xa6"},
      {"Emoji", "\U0001F600 \U0001F468\u200D\U0001F469\u200D\U0001F467 caf\u00e9"},
      {"LogCommands", "::error file=a::b\n  ::stop-commands::x\n##vso[task.complete result=Succeeded;]\n##[error]x"},
      {"EveryByte", EveryByte()},
      {"MebibyteOfText", std::string(1 << 20, 'x')},
      {"MebibyteOfNewlines", std::string(1 << 20, '\n')},
      {"MebibyteOfNul", std::string(1 << 20, '\0')},
      {"MebibyteOfInvalid", std::string(1 << 20, '\x80')},
  };
}

}  // namespace grader::report
