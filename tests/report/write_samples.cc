// Writes pages of sample gradings into the folder that its argument names, for test_pages.py.
#include <filesystem>
#include <fstream>

#include "grader/report/html_class.h"
#include "grader/report/html_page.h"
#include "tests/report/hostile.h"
#include "tests/report/samples.h"

using namespace grader::report;  // NOLINT: a program of one file

namespace {

// A submission that speaks markup wherever it can.
Grading Hostile() {
  const std::string bytes =
      "<script>window.hacked = 1</script><img src=x onerror=\"window.hacked = 1\"/>'\"><svg onload='window.hacked = 1'>"
      "]]>--></style></title></textarea>{{1}}\x1b[31m\xff\xe2\x80\xae" +
      std::string(300, 'x');
  Grading grading = FilledWith(bytes);
  grading.checks[1].result.timeline = ZombieTimeline();
  for (auto& event : grading.checks[1].result.timeline.events) event.text = bytes;
  for (auto& lane : grading.checks[1].result.timeline.lanes) lane.name = lane.origin = bytes;
  return grading;
}

// A class large enough for its table to scroll.
ClassReport LargeClass() {
  ClassReport report = SampleClass();
  for (int i = 0; i < 40; ++i) {
    ClassRow row = report.rows[static_cast<std::size_t>(i % 3)];
    row.student += std::to_string(i);
    row.name = "Student " + std::to_string(i);
    row.points = i;
    report.rows.push_back(std::move(row));
  }
  report.compared = 43;
  report.similar = {{"ada", "bob", 93, 71, "reap.cpp:10-80 = reap.cpp:12-82; child.h:1-9 = child.h:3-11; and 2 more"},
                    {"ada0", "dan", 64, 12, "reap.cpp:40-71 = reap.cpp:1-30"}};
  return report;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const std::filesystem::path folder = argv[1];
  const auto write = [&](const char* name, const std::string& text) { std::ofstream(folder / name) << text; };
  write("student.html", HtmlText(WithPictures()));
  write("full.html", HtmlText(AllPassed()));
  write("build.html", HtmlText(CompileError()));
  write("fault.html", HtmlText(GraderFault()));
  write("hostile.html", HtmlText(Hostile()));
  write("class.html", ClassHtml(LargeClass()));
  return 0;
}
