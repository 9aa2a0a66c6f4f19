#include "grader/report/html_class.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>

#include "grader/report/class_figures.h"
#include "grader/report/explain.h"
#include "grader/report/html_parts.h"
#include "grader/report/phrases.h"
#include "grader/report/text.h"
#include "grader/report/when.h"

namespace grader::report {
namespace {

constexpr std::size_t kMostPairs = 50;  // that are alike

Mark MarkOfStatus(const std::string& status) {
  if (status == "refused") return {"bad", "✗", "refused"};
  if (status == "missing") return {"none", "·", "missing"};
  if (status == "fault") return {"warn", "!", "fault"};
  return {"good", "✓", "graded"};
}

class ClassPage {
 public:
  ClassPage(const ClassReport& report, Html& html) : report_(report), html_(html), columns_(ColumnsOf(report)) {}

  void Write() {
    html_.Put("a", {{"class", "skip"}, {"href", "#main"}}, "To the results");
    const Html::Scope wrap = html_.In("div", {{"class", "wrap wide"}});
    Top();
    {
      const Html::Scope main = html_.In("main", {{"id", "main"}});
      Histogram();
      Checks();
      Matrix();
      Similar();
      Faults();
      Slowest();
    }
    const Html::Scope foot = html_.In("footer");
    html_.Put("p", "For instructors: this page names hidden checks. The students' own pages do not.");
  }

 private:
  void Top() {
    const Html::Scope top = html_.In("header", {{"class", "top"}});
    html_.Put("p", {{"class", "kicker"}}, report_.lab);
    html_.Put("h1", report_.title.empty() ? report_.lab : report_.title);
    const Html::Scope facts = html_.In("dl", {{"class", "facts"}});
    const auto points = PointsKnown(report_);
    const auto fact = [&](const char* name, const std::string& value, const std::string& more) {
      const Html::Scope box = html_.In("div");
      html_.Put("dt", name);
      const Html::Scope what = html_.In("dd");
      html_.Text(value);
      if (!more.empty()) html_.Put("span", " " + more);
    };
    const std::string of = "of " + PointsText(report_.max);
    fact("hand-ins", std::to_string(CountOf("graded") + CountOf("refused") + CountOf("fault")), "");
    if (!points.empty()) {
      const double mean = std::accumulate(points.begin(), points.end(), 0.0) / static_cast<double>(points.size());
      fact("mean", fmt::format("{:.1f}", mean), of);
      fact("median", PointsText(MedianOf(points)), of);
      const auto full = std::ranges::count_if(points, [&](double p) { return p >= report_.max && report_.max > 0; });
      fact("full marks", std::to_string(full), "");
    }
    for (const char* status : {"missing", "refused", "fault"}) {
      if (CountOf(status) > 0) fact(status, std::to_string(CountOf(status)), "");
    }
  }

  int CountOf(std::string_view status) const {
    return static_cast<int>(std::ranges::count(report_.rows, status, &ClassRow::status));
  }

  void Section(const char* id, const char* heading) { html_.Put("h2", {{"id", id}}, heading); }

  void Histogram() {
    const Html::Scope section = html_.In("section", {{"aria-labelledby", "points"}});
    Section("points", "Points");
    PutHistogram(html_, report_);
  }

  // A table that scrolls by itself where it is too wide.
  Html::Attributes Pan(const char* labelled, const char* style = "pan") {
    return {{"class", style}, {"tabindex", "0"}, {"role", "region"}, {"aria-labelledby", labelled}};
  }

  void Head(const std::vector<std::pair<const char*, const char*>>& names) {
    const Html::Scope head = html_.In("thead");
    const Html::Scope row = html_.In("tr");
    for (const auto& [name, style] : names) html_.Put("th", {{"scope", "col"}, {"class", style}}, name);
  }

  void Number(const std::string& text) { html_.Put("td", {{"class", "num"}}, text); }

  void Checks() {
    const Html::Scope section = html_.In("section", {{"aria-labelledby", "checks"}});
    Section("checks", "Which checks fail most");
    if (columns_.empty()) {
      html_.Put("p", "Nothing was graded.");
      return;
    }
    auto ranked = columns_;
    std::ranges::stable_sort(ranked, std::greater{}, &ClassColumn::failed);
    const Html::Scope pan = html_.In("div", Pan("checks"));
    const Html::Scope table = html_.In("table");
    Head({{"Check", ""},
          {"Points", "num"},
          {"Failed", "num"},
          {"Skipped", "num"},
          {"Passed", "num"},
          {"Share that passed", ""},
          {"Mean time", "num"}});
    const Html::Scope body = html_.In("tbody");
    for (const ClassColumn& check : ranked) {
      const Html::Scope row = html_.In("tr");
      {
        const Html::Scope name = html_.In("th", {{"scope", "row"}});
        html_.Text(check.title + (check.hidden ? " (hidden)" : ""));
        html_.Void("br");
        html_.Put("span", {{"class", "soft small mono"}}, check.id);
      }
      Number(PointsText(check.max));
      Number(std::to_string(check.failed));
      Number(std::to_string(check.skipped));
      Number(std::to_string(check.passed));
      {
        const Html::Scope cell = html_.In("td");
        const int asked = check.passed + check.failed + check.skipped;
        PutBar(html_, check.passed, asked);
        html_.Put("span", {{"class", "soft small"}},
                  asked == 0 ? "" : fmt::format("{:.0f} %", 100.0 * check.passed / asked));
      }
      Number(check.judged == 0 ? "" : ForPeople(check.took / check.judged));
    }
  }

  void Matrix() {
    if (columns_.empty()) return;
    const Html::Scope section = html_.In("section", {{"aria-labelledby", "matrix"}});
    Section("matrix", "Students and checks");
    {
      const Html::Scope key = html_.In("ul", {{"class", "counts"}});
      for (const Verdict verdict : {Verdict::kPassed, Verdict::kFailed, Verdict::kSkipped, Verdict::kFault}) {
        const Html::Scope item = html_.In("li");
        PutTag(html_, MarkOf(verdict), MarkOf(verdict).word);
      }
    }
    html_.Void("br");
    const Html::Scope pan = html_.In("div", Pan("matrix", "pan matrix"));
    const Html::Scope table = html_.In("table");
    {
      const Html::Scope head = html_.In("thead");
      const Html::Scope row = html_.In("tr");
      html_.Put("th", {{"scope", "col"}, {"class", "who"}}, "Student");
      html_.Put("th", {{"scope", "col"}, {"class", "num"}}, "Points");
      for (const ClassColumn& check : columns_) {
        const Html::Scope cell = html_.In("th", {{"scope", "col"}, {"class", "check"}, {"title", check.id}});
        html_.Put("span", check.title);
      }
    }
    const Html::Scope body = html_.In("tbody");
    for (const ClassRow& student : report_.rows) MatrixRow(student);
  }

  void Who(const ClassRow& student, const char* style = "who") {
    const Html::Scope who = html_.In("th", {{"scope", "row"}, {"class", style}});
    const std::string shown = student.name.empty() ? student.student : student.name;
    if (student.page.empty()) {
      html_.Text(shown);
    } else {
      html_.Put("a", {{"href", student.page}}, shown);
    }
    std::string more = student.name.empty() ? "" : student.student;
    if (!student.group.empty()) more += (more.empty() ? "" : " · ") + student.group;
    if (more.empty()) return;
    html_.Void("br");
    html_.Put("span", {{"class", "soft small"}}, more);
  }

  void MatrixRow(const ClassRow& student) {
    const Html::Scope row = html_.In("tr");
    Who(student);
    Number(student.points ? PointsText(*student.points) : "?");
    if (student.cells.empty()) {
      const Html::Scope cell = html_.In("td", {{"colspan", std::to_string(columns_.size())}});
      PutTag(html_, MarkOfStatus(student.status), student.status);
      return;
    }
    std::map<std::string, const ClassCell*> cells;
    for (const ClassCell& cell : student.cells) cells[cell.id] = &cell;
    for (const ClassColumn& check : columns_) {
      const auto known = cells.find(check.id);
      const Mark mark = MarkOf(known == cells.end() ? Verdict::kLeftOut : known->second->verdict);
      Html::Attributes attributes = {{"class", mark.style}};
      if (known != cells.end() && !known->second->summary.empty())
        attributes.emplace_back("title", known->second->summary);
      const Html::Scope cell = html_.In("td", attributes);
      html_.Put("span", {{"aria-hidden", "true"}}, mark.sign);
      html_.Put("span", {{"class", "sr"}}, mark.word);
    }
  }

  void Similar() {
    if (report_.compared == 0) return;
    const Html::Scope section = html_.In("section", {{"aria-labelledby", "similar"}});
    Section("similar", "Hand-ins that are alike");
    html_.Put("p", SimilarFacts());
    if (report_.similar.empty()) return;
    html_.Put("p", {{"class", "soft"}},
              "A reason to look at both, and no proof of anything: small tasks have few solutions.");
    const Html::Scope pan = html_.In("div", Pan("similar"));
    const Html::Scope table = html_.In("table");
    Head({{"One", ""}, {"shares", "num"}, {"The other", ""}, {"shares", "num"}, {"Where", ""}});
    const Html::Scope body = html_.In("tbody");
    for (std::size_t i = 0; i < std::min(report_.similar.size(), kMostPairs); ++i) {
      const ClassPair& pair = report_.similar[i];
      const Html::Scope row = html_.In("tr");
      Who(RowOf(pair.first), "");
      Number(fmt::format("{:.0f} %", pair.first_percent));
      Who(RowOf(pair.second), "");
      Number(fmt::format("{:.0f} %", pair.second_percent));
      html_.Put("td", {{"class", "soft small where"}}, pair.note);
    }
  }

  std::string SimilarFacts() const {
    const auto graded = static_cast<std::size_t>(CountOf("graded"));
    std::string text = fmt::format("{} compared, without what the skeleton gave", Count(report_.compared, "hand-in"));
    if (graded > report_.compared) {
      text += fmt::format("; {} came or changed after that: run grade similar again", graded - report_.compared);
    }
    if (report_.similar.empty()) return text + ". No two have much in common.";
    if (report_.similar.size() <= kMostPairs) return text + ".";
    return text + fmt::format(". The first {} of {}.", kMostPairs, Count(report_.similar.size(), "pair"));
  }

  // Of a student of the class; one with nothing but the id if there is none.
  ClassRow RowOf(const std::string& student) const {
    const auto row = std::ranges::find(report_.rows, student, &ClassRow::student);
    return row == report_.rows.end() ? ClassRow{.student = student} : *row;
  }

  void Faults() {
    const auto told = [](const ClassRow& row) { return row.status != "graded" || !row.note.empty(); };
    if (std::ranges::none_of(report_.rows, told)) return;
    const Html::Scope section = html_.In("section", {{"aria-labelledby", "notes"}});
    Section("notes", "Faults, refusals and notes");
    const Html::Scope pan = html_.In("div", Pan("notes"));
    const Html::Scope table = html_.In("table");
    Head({{"Student", ""}, {"Status", ""}, {"Note", ""}});
    const Html::Scope body = html_.In("tbody");
    for (const ClassRow& student : report_.rows) {
      if (!told(student)) continue;
      const Html::Scope row = html_.In("tr");
      Who(student);
      {
        const Html::Scope cell = html_.In("td");
        PutTag(html_, MarkOfStatus(student.status), student.status);
      }
      html_.Put("td", student.note);
    }
  }

  void Slowest() {
    constexpr std::size_t kMost = 5;
    std::vector<const ClassRow*> rows;
    std::chrono::milliseconds total{0};
    for (const ClassRow& row : report_.rows) {
      if (row.took.count() > 0) rows.push_back(&row);
      total += row.took;
    }
    if (rows.empty()) return;
    std::ranges::stable_sort(rows, std::greater{}, &ClassRow::took);
    const Html::Scope section = html_.In("section", {{"aria-labelledby", "time"}});
    Section("time", "Time");
    html_.Put("p", fmt::format("{} for {}, {} each. The slowest:", ForPeople(total), Count(rows.size(), "grading"),
                               ForPeople(total / static_cast<std::int64_t>(rows.size()))));
    const Html::Scope list = html_.In("ul");
    for (std::size_t i = 0; i < std::min(rows.size(), kMost); ++i) {
      html_.Put("li", fmt::format("{}: {}", rows[i]->student, ForPeople(rows[i]->took)));
    }
  }

  const ClassReport& report_;
  Html& html_;
  std::vector<ClassColumn> columns_;
};

}  // namespace

std::vector<ClassCell> CellsOf(const Grading& grading, Audience audience) {
  std::vector<ClassCell> cells;
  for (const GradedCheck& check : Redacted(grading, audience).checks) {
    const bool passed = check.verdict == Verdict::kPassed;
    cells.push_back({.id = check.info.id,
                     .title = check.info.title,
                     .hidden = check.info.visibility == checks::Visibility::kHidden,
                     .points = check.result.points,
                     .max = check.info.points,
                     .verdict = check.verdict,
                     .summary = passed ? "" : Bounded(Summary(check), os::Bytes{300}),
                     .took = check.result.took});
  }
  return cells;
}

std::string ClassHtml(const ClassReport& report) {
  return Document(report.lab + ": the class", [&](Html& html) { ClassPage(report, html).Write(); });
}

}  // namespace grader::report
