#include "grader/batch/tally.h"

#include <fmt/format.h>

#include "grader/report/text.h"
#include "grader/report/wrap.h"

namespace grader::batch {
namespace {

constexpr const char* kEraseLine = "\r\x1b[K";

}  // namespace

Tally::Tally(std::ostream& out, report::Style style, int total) : out_(out), style_(style), total_(total) {}

void Tally::Begin() {
  ++running_;
  Draw();
}

void Tally::Pace(int allowed, int jobs) {
  const bool was_slow = allowed_ < jobs_;
  allowed_ = allowed;
  jobs_ = jobs;
  const bool is_slow = allowed_ < jobs_;
  if (style_.live || is_slow == was_slow) return Draw();
  out_ << (is_slow ? fmt::format("the machine is busy: {} at a time instead of {}\n", allowed_, jobs_)
                   : fmt::format("{} at a time again\n", jobs_))
       << std::flush;
}

void Tally::Draw() {
  if (style_.live) out_ << kEraseLine << report::Clipped(Line(), style_.width - 1) << std::flush;
}

void Tally::Add(const std::string& student, Fate fate, const std::string& words) {
  ++done_;
  ++counts_[fate];
  if (running_ > 0) --running_;
  Draw();
  if (!style_.live) {
    out_ << fmt::format("{:>{}}/{}  {}  {}\n", done_, std::to_string(total_).size(), total_, report::OneLine(student),
                        words)
         << std::flush;
  }
}

std::string Tally::Line() const {
  const auto took = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun_).count();
  const double per_minute = took > 0 ? done_ * 60 / took : 0;
  std::string line = fmt::format("{} of {}", done_, total_);
  if (running_ > 0) line += fmt::format(" · {} running", running_);
  const auto add = [&](Fate fate, const char* words) {
    if (CountOf(fate) > 0) line += fmt::format(" · {} {}", CountOf(fate), words);
  };
  add(Fate::kFullMarks, "full marks");
  add(Fate::kNotFullMarks, "less");
  add(Fate::kRefused, "refused");
  add(Fate::kFault, "faults");
  line += fmt::format(" · {:.0f} a minute", per_minute);
  if (per_minute > 0 && done_ < total_) line += " · " + LeftText(per_minute);
  if (allowed_ < jobs_) line += fmt::format(" · busy machine: {} at a time", allowed_);
  return line;
}

std::string Tally::LeftText(double per_minute) const {
  const double minutes = (total_ - done_) / per_minute;
  return minutes < 1 ? "under 1 min left" : fmt::format("{:.0f} min left", minutes);
}

void Tally::Finish() {
  if (style_.live && total_ > 0) out_ << '\n' << std::flush;
}

int Tally::CountOf(Fate fate) const {
  const auto count = counts_.find(fate);
  return count == counts_.end() ? 0 : count->second;
}

}  // namespace grader::batch
