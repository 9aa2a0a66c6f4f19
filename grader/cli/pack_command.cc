#include <iostream>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

#include "grader/cli/command.h"
#include "grader/cli/errors.h"
#include "grader/cli/installation.h"
#include "grader/cli/temporary_folder.h"
#include "grader/course/nearest.h"
#include "grader/lms/pack.h"
#include "grader/report/file.h"
#include "grader/report/text.h"

namespace grader::cli {
namespace {

struct PackOptions {
  std::string kind;
  std::string lab;
  std::optional<std::string> file;
  std::optional<std::string> image;
  lms::PackWishes wishes;
};

lms::PackKind KindOf(const std::string& name) {
  try {
    return lms::PackKindOf(name);
  } catch (const std::invalid_argument&) {
    std::string all;
    for (const std::string& one : lms::PackNames()) all += (all.empty() ? "" : ", ") + one;
    const std::string near = course::DidYouMean(name, lms::PackNames());
    throw UsageError("there is no pack '" + name + "'" + (near.empty() ? "; choose of " + all : near));
  }
}

ExitStatus Run(PackOptions options, const Context& context) {
  const lms::PackKind kind = KindOf(options.kind);
  const Installation installation = FindInstallation(context.caller);
  const course::Course course = course::LoadCourse(installation.course_root);
  const course::Lab& lab = course::FindLab(course, options.lab);
  const TemporaryFolder scratch("grade-pack");
  if (options.image) options.wishes.image = *options.image;
  const lms::Pack pack =
      lms::MakePack(kind, {context.caller.executable, installation.ChecksOf(lab), installation.runtime, course, lab},
                    options.wishes, scratch.path());
  const std::string file = options.file.value_or(pack.file);
  report::WriteReport(file, pack.bytes);
  std::cout << report::OneLine(file) << "\nnext: " << pack.next << '\n';
  return ExitStatus::kSuccess;
}

}  // namespace

void AddPack(const Commands& commands) {
  const auto options = std::make_shared<PackOptions>();
  Command& pack = commands.line.Add("pack", "write what an LMS or CI service takes to grade a lab");
  pack.Argument({{ValueKind::kChoice, lms::PackNames(), "KIND"},
                 "gradescope, prairielearn, autolab, vpl, github, gitlab, jenkins or grader"},
                options->kind);
  pack.Argument({{ValueKind::kLab}, "the lab"}, options->lab);
  pack.Option({"--out", "the file; by default named after lab and kind", Value{ValueKind::kFile}}, options->file);
  pack.Option({"--image", "of PrairieLearn: the container image; by default grade:debian12",
               Value{ValueKind::kToken, {}, "NAME"}},
              options->image);
  pack.Option({"--points", "of Autolab: the most that the lab gives; by default 100", Value{ValueKind::kNumber}},
              options->wishes.points);
  pack.Does([commands, options] { return Run(*options, commands.context); });
}

}  // namespace grader::cli
