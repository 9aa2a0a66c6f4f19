// The picture of a run, for HTML reports.
#pragma once

#include <string>

#include "grader/checks/timeline.h"
#include "grader/report/html.h"

namespace grader::report {

// Appends a figure: caption, inline SVG in a box that scrolls by itself, legend, and the same in words. `id` is unique
// in its page, and a part of the ids in the figure. Nothing for a timeline without lanes or events.
void PutTimeline(Html& html, const checks::Timeline& timeline, const std::string& id);

// An event in words, without its lane's name: "is forked by the program (process 2)", "ends: exit status 0".
std::string Words(const checks::Timeline& timeline, const checks::TimelineEvent& event);

}  // namespace grader::report
