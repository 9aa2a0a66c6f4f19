// The two kinds of picture. Each is one <svg>, labelled by the ids <id>-title and <id>-desc within it.
#pragma once

#include <string>

#include "grader/checks/timeline.h"
#include "grader/report/html.h"

namespace grader::report {

// A lane from left to right for each process and thread: when it lived, slept and was a zombie, who made, reaped and
// signalled whom. The order is what was observed; distances are no durations.
void DrawLives(Html& html, const checks::Timeline& timeline, const std::string& id);

// A lane from top to bottom for each thread, with the steps in their order, the locks held, the waits, and the moment
// of the failure.
void DrawInterleaving(Html& html, const checks::Timeline& timeline, const std::string& id);

// The attributes of such an <svg>, and its title and description.
Html::Attributes SvgAttributes(double width, double height, const std::string& id);
void PutSvgTexts(Html& html, const checks::Timeline& timeline, const std::string& id);

// Text as SVG: cut with "…" so that it is about `width` wide at most, with the whole text in a tooltip.
struct Label {
  double x = 0;
  double y = 0;
  double width = 0;
  const char* style = "";  // classes
};
void PutLabel(Html& html, const Label& label, const std::string& text);

}  // namespace grader::report
