#include "grader/batch/student_page.h"

#include "grader/report/file.h"
#include "grader/report/html_page.h"
#include "grader/report/json.h"
#include "grader/report/json_reader.h"
#include "grader/report/sent.h"
#include "grader/report/trace.h"

namespace grader::batch {

report::ClassRow WriteStudentPage(const std::filesystem::path& folder, const std::string& json) {
  const report::Grading grading = report::GradingFromJson(json);
  report::WriteReport(folder / "report.json", report::JsonText(grading));
  report::WriteReport(folder / "report.html", report::HtmlText(grading));
  report::WriteReport(folder / "trace.json", report::TraceJson(grading));
  report::WriteSent(grading, report::Audience::kStudent, folder);
  report::ClassRow row;
  row.page = "students/" + folder.filename().string() + "/report.html";
  row.took = grading.elapsed;
  row.cells = report::CellsOf(grading, report::Audience::kInstructor);
  return row;
}

}  // namespace grader::batch
