#pragma once

#include <string>

#include "grader/report/grading.h"

namespace grader::report {

// The runs that failed checks, in the Trace Event Format that Perfetto (https://ui.perfetto.dev) and Chromium open: a
// group of tracks for each check, a track for each process and thread. Lives, zombies and sleeps are slices (X), what
// happened is an instant (i), who made or reaped whom a flow (s, f). Times are fair time in microseconds, made strictly
// increasing; of an interleaving, a millisecond for each step. One JSON object, UTF-8.
std::string TraceJson(const Grading& grading, Audience audience = Audience::kStudent);

}  // namespace grader::report
