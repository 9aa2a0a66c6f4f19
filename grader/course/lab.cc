#include "grader/course/lab.h"

#include <algorithm>
#include <string_view>

#include "grader/course/lab_limits.h"
#include "grader/course/toml_table.h"

namespace grader::course {
namespace {

namespace fs = std::filesystem;

constexpr IntRange kNumbers{1, 99};
constexpr IntRange kDays{1, 99};

// Names become folders, files and words of a command line.
bool IsName(std::string_view text) {
  const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
  return !text.empty() && is_letter(text.front()) && std::all_of(text.begin(), text.end(), [&](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

// A file of the submission: nothing outside it can be named.
bool IsInside(const fs::path& source) {
  return !source.empty() && source.is_relative() && source.has_filename() &&
         std::none_of(source.begin(), source.end(), [](const fs::path& part) { return part == ".."; });
}

std::string ReadName(const TomlTable& table) {
  std::string name = table.String("name");
  if (IsName(name)) return name;
  throw table.Wrong("name", "'name' is \"" + name + "\"; write small letters, digits, '_' and '-', a letter first");
}

LabKind ReadKind(const TomlTable& table) {
  const std::string kind = table.String("kind");
  if (kind == "program") return LabKind::kProgram;
  if (kind == "library") return LabKind::kLibrary;
  throw table.Wrong("kind", "'kind' is \"" + kind + "\"; write \"program\" or \"library\"");
}

// What the course adds to the student's files.
void ReadCompany(const TomlTable& table, const Lab& lab, LabProgram& program) {
  program.probe = table.OptionalString("probe").value_or("");
  if (!program.probe.empty() && !fs::is_regular_file(lab.folder / "probes" / (program.probe + ".cpp"))) {
    throw table.Wrong("probe", "there is no probes/" + program.probe + ".cpp; write it, or correct the name");
  }
  program.given = table.OptionalStrings("given");
  for (const std::string& header : program.given) {
    if (!IsInside(header) || !fs::is_regular_file(lab.skeleton / header)) {
      throw table.Wrong("given", "there is no " + header + " in skeletons/" + lab.id + "; put it there");
    }
  }
}

LabProgram ReadProgram(const TomlTable& table, const Lab& lab) {
  table.AllowOnly({"name", "sources", "python", "flags", "probe", "given", "scheduled"});
  LabProgram program;
  program.name = ReadName(table);
  program.sources = table.Strings("sources");
  for (const std::string& source : program.sources) {
    if (!IsInside(source)) {
      throw table.Wrong("sources", "'sources' holds \"" + source + "\"; name files inside the submission's folder");
    }
  }
  program.python = table.OptionalBoolean("python").value_or(lab.kind == LabKind::kProgram);
  program.scheduled = table.OptionalBoolean("scheduled").value_or(false);
  if (program.scheduled && program.python) {
    throw table.Wrong("scheduled", "a scheduled program is C++ only; add python = false");
  }
  program.flags = table.OptionalStrings("flags");
  for (const std::string& flag : program.flags) {
    if (!flag.starts_with('-')) {
      throw table.Wrong("flags", "'flags' holds \"" + flag + "\"; write compiler flags, such as \"-pthread\"");
    }
  }
  ReadCompany(table, lab, program);
  return program;
}

void ReadPrograms(const TomlTable& file, Lab& lab) {
  for (const TomlTable& table : file.Tables("program")) {
    LabProgram program = ReadProgram(table, lab);
    const auto same_name = [&](const LabProgram& other) { return other.name == program.name; };
    if (std::any_of(lab.programs.begin(), lab.programs.end(), same_name)) {
      throw table.Wrong("name", "a second program is called \"" + program.name + "\"; give each a name of its own");
    }
    lab.programs.push_back(std::move(program));
  }
  if (lab.programs.empty()) {
    throw file.Wrong("program", "the lab has no program; add [[program]] with name and sources");
  }
}

// The folder's name says the same as the file, so that "lab3", "chat" and "lab03-chat" cannot mean different labs.
void CheckFolder(const TomlTable& table, const Lab& lab) {
  const std::string number = (lab.number < 10 ? "0" : "") + std::to_string(lab.number);
  const std::string expected = "lab" + number + "-" + lab.name;
  if (lab.id == expected) return;
  throw table.Wrong("number", "this is " + expected + ", but its folder is labs/" + lab.id +
                                  "; correct number and name, or rename the folder");
}

}  // namespace

Lab LoadLab(const fs::path& lab_toml) {
  Lab lab;
  lab.folder = lab_toml.parent_path();
  lab.id = lab.folder.filename().string();
  const fs::path root = lab.folder.parent_path().parent_path();
  lab.skeleton = root / "skeletons" / lab.id;
  lab.reference = root / "reference" / lab.id;

  const auto file = TomlTable::Load(lab_toml, "labs/" + lab.id + "/lab.toml");
  file.AllowOnly({"lab", "program", "limits"});
  const TomlTable table = file.Table("lab");
  table.AllowOnly({"number", "name", "title", "day", "kind"});
  lab.number = table.Integer("number", kNumbers);
  lab.name = ReadName(table);
  lab.title = table.String("title");
  lab.day = table.Integer("day", kDays);
  lab.kind = ReadKind(table);
  CheckFolder(table, lab);
  ReadPrograms(file, lab);
  lab.limits = ReadLimits(file);
  return lab;
}

}  // namespace grader::course
