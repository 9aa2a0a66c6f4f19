#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "grader/cli/command.h"
#include "grader/cli/submission.h"
#include "grader/course/course.h"

namespace grader::cli {
namespace {

enum class Form { kTable, kNames };

using Row = std::vector<std::string>;

std::string DueText(const course::Lab& lab) {
  if (!lab.due) return "";
  const std::time_t due = std::chrono::system_clock::to_time_t(*lab.due);
  return fmt::format("{:%Y-%m-%d %H:%M %Z}", fmt::localtime(due));
}

Row RowOf(const course::Lab& lab, const std::filesystem::path& directory) {
  const auto folder = LabFolderIn(lab, directory);
  return {ShortName(lab), lab.name,
          lab.title,      "day " + std::to_string(lab.day),
          DueText(lab),   folder ? "./" + *folder : ""};
}

// Columns as wide as their widest cell; a column that is empty in every row is left out.
void PrintTable(const std::vector<Row>& rows) {
  std::vector<std::size_t> widths(rows.empty() ? 0 : rows.front().size());
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  for (const Row& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (widths[i] > 0) line += fmt::format("{:<{}}  ", row[i], widths[i]);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    std::cout << line << '\n';
  }
}

ExitStatus List(const Context& context, Form form) {
  const course::Course course = course::LoadCourse(FindInstallation(context.caller).course_root);
  if (form == Form::kNames) {
    for (const course::Lab& lab : course.labs) std::cout << ShortName(lab) << '\n' << lab.name << '\n';
    return ExitStatus::kSuccess;
  }
  std::cout << course.title << (course.labs.empty() ? ": no labs yet\n" : "\n\n");
  std::vector<Row> rows;
  for (const course::Lab& lab : course.labs) rows.push_back(RowOf(lab, context.caller.directory));
  PrintTable(rows);
  return ExitStatus::kSuccess;
}

}  // namespace

void AddList(const Commands& commands) {
  const auto form = std::make_shared<Form>(Form::kTable);
  Command& list = commands.line.Add("list", "show the labs, and which of them are begun here");
  list.Flag({"--names", "only what they may be called, one a line"}, [form] { *form = Form::kNames; });
  list.Does([commands, form] { return List(commands.context, *form); });
}

}  // namespace grader::cli
