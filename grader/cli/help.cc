#include "grader/cli/help.h"

#include <fmt/format.h>

#include <algorithm>

namespace grader::cli {
namespace {

constexpr const char* kExamples = R"(Examples:
  grade list                     the labs, and which of them are begun here
  grade start lab2               begin lab 2: copies its skeleton to ./lab02-reap
  grade lab2                     grade it
  grade lab2 --only 'Reap.No*'   only some of its checks
  grade lab2 DIR --seed 42       another folder, with the hidden inputs of an earlier grading
)";

constexpr const char* kStatuses = R"(
Exit status: 0 full marks; 1 not; 2 something typed, the folder or the course is wrong; 3 a fault of grader or machine.
)";

struct Row {
  std::string words;
  std::string meaning;
};

std::string Table(const std::string& heading, const std::vector<Row>& rows) {
  if (rows.empty()) return {};
  std::size_t width = 0;
  for (const Row& row : rows) width = std::max(width, row.words.size());
  std::string text = "\n" + heading + ":\n";
  for (const Row& row : rows) text += fmt::format("  {:<{}}  {}\n", row.words, width, row.meaning);
  return text;
}

std::vector<Row> ArgumentRows(const CommandText& command) {
  std::vector<Row> rows;
  for (const ArgumentText& argument : command.arguments) rows.push_back({NameOf(argument.value), argument.meaning});
  return rows;
}

std::vector<Row> OptionRows(const CommandText& command) {
  std::vector<Row> rows;
  for (const OptionText& option : command.options) {
    rows.push_back({option.value ? option.name + " " + NameOf(*option.value) : option.name, option.meaning});
  }
  return rows;
}

// "start LAB [DIR]"
std::string Synopsis(const CommandText& command) {
  std::string text = command.name;
  for (const ArgumentText& argument : command.arguments) {
    const std::string name = NameOf(argument.value);
    text += (text.empty() ? "" : " ") + (argument.required ? name : "[" + name + "]");
    if (argument.repeated) text += "...";
  }
  return text;
}

std::string Usage(const CommandText& command) {
  return "Usage: grade " + Synopsis(command) + " [OPTION...]" + (command.behind.empty() ? "" : " ") + command.behind +
         "\n";
}

}  // namespace

std::string HelpText(const std::vector<CommandText>& commands) {
  const CommandText& unnamed = commands.front();
  std::vector<Row> others;
  for (const CommandText& command : commands) {
    if (!command.name.empty()) others.push_back({Synopsis(command), command.meaning});
  }
  return std::string(kExamples) + "\n" + Usage(unnamed) + Table("Arguments", ArgumentRows(unnamed)) +
         Table("Options", OptionRows(unnamed)) + Table("Other commands", others) + kStatuses;
}

std::string HelpText(const CommandText& command) {
  return Usage(command) + "\n" + command.meaning + "\n" + Table("Arguments", ArgumentRows(command)) +
         Table("Options", OptionRows(command));
}

}  // namespace grader::cli
