#include "grader/course/variant.h"

#include <algorithm>

#include "grader/course/toml_table.h"

namespace grader::course {
namespace {

namespace fs = std::filesystem;

Variant LoadRight(const TomlTable& table, Variant variant) {
  table.AllowOnly({"why", "remove"});
  variant.why = table.OptionalString("why").value_or("");
  variant.removes = table.OptionalStrings("remove");
  return variant;
}

Variant LoadWrong(const TomlTable& table, Variant variant) {
  table.AllowOnly({"why", "fails", "may_fail", "remove"});
  variant.why = table.String("why");
  variant.fails = table.Strings("fails");
  variant.may_fail = table.OptionalStrings("may_fail");
  variant.removes = table.OptionalStrings("remove");
  for (const std::string& check : variant.may_fail) {
    if (std::find(variant.fails.begin(), variant.fails.end(), check) != variant.fails.end()) {
      throw table.Wrong("may_fail", check + " both fails and may fail; name it once");
    }
  }
  return variant;
}

// A Python program stands in for the C++ one of that name, of which no source may be left to be built.
void RemoveWhatPythonReplaces(const Lab& lab, Variant& variant) {
  for (const LabProgram& program : lab.programs) {
    if (!variant.removes.empty() || !fs::exists(variant.folder / (program.name + ".py"))) continue;
    variant.removes = program.sources;
  }
}

std::vector<fs::path> FoldersIn(const fs::path& folder) {
  std::vector<fs::path> folders;
  std::error_code there_are_none;
  for (const auto& entry : fs::directory_iterator(folder, there_are_none)) {
    if (entry.is_directory()) folders.push_back(entry.path());
  }
  std::sort(folders.begin(), folders.end());
  return folders;
}

}  // namespace

std::vector<Variant> VariantsOf(const Lab& lab) {
  std::vector<Variant> variants;
  for (const std::string kind : {"right", "wrong"}) {
    for (const fs::path& folder : FoldersIn(lab.folder / kind)) {
      Variant variant;
      variant.name = kind + "/" + folder.filename().string();
      variant.folder = folder;
      const fs::path file = folder / kExpectFile;
      if (kind == "wrong" || fs::exists(file)) {
        const auto table = TomlTable::Load(file, "labs/" + lab.id + "/" + variant.name + "/" + kExpectFile);
        variant = kind == "wrong" ? LoadWrong(table, variant) : LoadRight(table, variant);
      }
      RemoveWhatPythonReplaces(lab, variant);
      variants.push_back(std::move(variant));
    }
  }
  return variants;
}

}  // namespace grader::course
