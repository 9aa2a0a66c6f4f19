#include "grader/report/progress.h"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <utility>

#include "grader/report/text.h"
#include "grader/report/wrap.h"

namespace grader::report {
namespace {

constexpr const char* kEraseLine = "\r\x1b[K";

template <typename... Handlers>
struct Overloaded : Handlers... {
  using Handlers::operator()...;
};
template <typename... Handlers>
Overloaded(Handlers...) -> Overloaded<Handlers...>;

}  // namespace

Progress::Progress(std::ostream& out, Style style) : out_(out), style_(style) {}

Progress::~Progress() { Clear(); }

void Progress::Say(std::string_view what) { Draw(std::string(what)); }

void Progress::Show(const checks::Event& event) {
  std::visit(Overloaded{[this](const checks::Started& started) {
                          checks_ = started.checks;
                          Draw("starting");
                        },
                        [this](const checks::BuildReport& build) { Draw("built " + build.program); },
                        [this](const checks::CheckStarted& check) {
                          running_.push_back(check.id);
                          Draw(Running());
                        },
                        [this](const checks::CheckResult& result) {
                          std::erase(running_, result.id);
                          ++done_;
                          failed_ += result.status == checks::CheckStatus::kFailed ? 1 : 0;
                          Draw(Running());
                        },
                        [this](const checks::Fault&) { Clear(); }, [this](const checks::Finished&) { Clear(); }},
             event);
}

std::string Progress::Running() const {
  std::string text = fmt::format("{} of {} checks", done_, checks_.size());
  if (failed_ > 0) {
    text += fmt::format(", {} failed", failed_);
  }
  if (running_.empty()) {
    return text;
  }
  const auto check = std::find_if(checks_.begin(), checks_.end(),
                                  [&](const checks::CheckInfo& info) { return info.id == running_.back(); });
  const bool shown = check != checks_.end() && check->visibility == checks::Visibility::kVisible;
  return text + " · " + (shown ? check->title : "hidden check");
}

void Progress::Draw(const std::string& text) {
  if (!style_.live) {
    return;
  }
  // One column less than the terminal has: a line that fills it could wrap, and would not be erased whole.
  const std::string line = Clipped(OneLine(text), style_.width - 1);
  const bool dim = style_.colour == Colour::kAlways;
  out_ << kEraseLine << (dim ? "\x1b[2m" : "") << line << (dim ? "\x1b[0m" : "") << std::flush;
  drawn_ = true;
}

void Progress::Clear() {
  if (std::exchange(drawn_, false)) {
    out_ << kEraseLine << std::flush;
  }
}

}  // namespace grader::report
