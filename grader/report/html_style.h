#pragma once

#include <string_view>

namespace grader::report {

// The style sheet of all HTML reports: light, dark, for phones and for paper. Holds neither "<" nor "&", so it is the
// same in HTML and in XML.
extern const std::string_view kHtmlStyle;

}  // namespace grader::report
