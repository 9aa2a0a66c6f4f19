#pragma once

#include <functional>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "grader/checks/result.h"
#include "grader/report/style.h"

namespace grader::report {

// One line on a terminal that is drawn anew for each event: what is being built, or which check runs. It never wraps,
// and is gone when the Progress is. Silent where the style is not live.
class Progress {
 public:
  // `out` must outlive it. Nothing else may write there before Clear().
  Progress(std::ostream& out, Style style);
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress();

  // Says what is being done before the first event: "preparing lab02-reap".
  void Say(std::string_view what);

  void Show(const checks::Event& event);

  // Takes the line away; Show may draw it again.
  void Clear();

 private:
  void Draw(const std::string& text);
  std::string Running() const;

  std::ostream& out_;
  Style style_;
  bool drawn_ = false;
  std::vector<checks::CheckInfo> checks_;
  std::vector<std::string> running_;  // ids, the one that started last at the end
  std::size_t done_ = 0;
  int failed_ = 0;
};

}  // namespace grader::report
