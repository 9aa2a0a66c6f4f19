#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "grader/batch/error.h"
#include "grader/batch/intake.h"
#include "grader/batch/lay_out.h"
#include "grader/batch/likeness.h"
#include "grader/cli/batch_lab.h"
#include "grader/cli/command.h"
#include "grader/cli/installation.h"
#include "grader/cli/temporary_folder.h"
#include "grader/course/course.h"
#include "grader/lms/similarity.h"
#include "grader/lms/similarity_report.h"
#include "grader/report/file.h"
#include "grader/report/text.h"

namespace grader::cli {
namespace {

namespace fs = std::filesystem;

struct SimilarOptions {
  std::string lab;
  std::string folder;
  int least = 40;
  std::optional<std::string> json;
  std::optional<std::string> csv;
};

// The store of a batch's results folder; none of another folder.
std::unique_ptr<batch::Store> StoreIn(const fs::path& folder, const course::Lab& lab) {
  if (!fs::exists(folder / "results.sqlite")) return nullptr;
  auto store = std::make_unique<batch::Store>(folder);
  if (store->Lab() == lab.id) return store;
  throw batch::InputError(report::OneLine(folder.string()) + " holds results of " + store->Lab() + ", not of " +
                          lab.id);
}

std::vector<batch::Entry> EntriesIn(const fs::path& folder) {
  std::vector<batch::Entry> entries;
  for (auto& hand_in : batch::TakeIn(folder, batch::Roster()).hand_ins) {
    entries.push_back({.hand_in = std::move(hand_in)});
  }
  return entries;
}

std::vector<lms::Candidate> CandidatesOf(std::vector<batch::Entry> entries, const course::Lab& lab,
                                         const fs::path& scratch) {
  std::vector<lms::Candidate> candidates;
  for (batch::Entry& entry : entries) {
    if (entry.hand_in.problem.empty()) batch::LayOut(entry, lab, scratch);
    if (entry.hand_in.problem.empty()) {
      candidates.push_back({entry.hand_in.student, entry.fingerprint, lms::SourcesIn(entry.folder)});
    } else {
      std::cerr << "grade: " << report::OneLine(entry.hand_in.student)
                << " is left out: " << report::OneLine(entry.hand_in.problem) << '\n';
    }
  }
  return candidates;
}

// The batch's page of the class shows them, now or when the batch is done.
void Remember(const batch::Store& store, const std::vector<lms::Candidate>& candidates,
              const lms::Similarity& similarity, const SimilarOptions& options, const Context& context) {
  batch::Likeness likeness{.pairs = lms::AlikePairs(similarity, options.least)};
  for (const lms::Candidate& one : candidates) likeness.compared[one.student] = one.fingerprint;
  batch::KeepLikeness(store, likeness);
  const fs::path page = fs::path(options.folder) / "index.html";
  if (!fs::exists(page)) return;
  BatchLab(context, options.lab).WriteReports(store, options.folder);
  std::cout << "\nfor the class: " << report::OneLine(page.string()) << '\n';
}

ExitStatus Run(const SimilarOptions& options, const Context& context) {
  const course::Course course = course::LoadCourse(FindInstallation(context.caller).course_root);
  const course::Lab& lab = course::FindLab(course, options.lab);
  const TemporaryFolder hand_ins("grade-similar-hand-ins");
  const TemporaryFolder scratch("grade-similar");
  const auto store = StoreIn(options.folder, lab);
  const auto candidates = CandidatesOf(store ? store->Entries() : EntriesIn(options.folder), lab, hand_ins.path());
  const auto given = fs::is_directory(lab.skeleton) ? lms::SourcesIn(lab.skeleton) : std::vector<lms::Source>();
  const lms::Similarity similarity = lms::Compare(candidates, given, scratch.path());
  if (options.json) report::WriteReport(*options.json, lms::SimilarityJson(similarity, lab.id));
  if (options.csv) report::WriteReport(*options.csv, lms::SimilarityCsv(similarity));
  std::cout << lms::SimilarityText(similarity, lab.id, options.least);
  if (store) Remember(*store, candidates, similarity, options, context);
  return ExitStatus::kSuccess;
}

}  // namespace

void AddSimilar(const Commands& commands) {
  const auto options = std::make_shared<SimilarOptions>();
  Command& similar =
      commands.line.Add("similar", "which submissions of a lab resemble each other, the skeleton taken out");
  similar.Argument({{ValueKind::kLab}, "the lab"}, options->lab);
  similar.Argument({{ValueKind::kFolder}, "the results of grade batch, or a folder of hand-ins as it takes them"},
                   options->folder);
  similar.Option(
      {"--least", "show pairs with this percentage in common or more; by default 40", Value{ValueKind::kNumber}},
      options->least);
  similar.Option({"--json", "also write all pairs as JSON", Value{ValueKind::kFile}}, options->json);
  similar.Option({"--csv", "also write all pairs as a table", Value{ValueKind::kFile}}, options->csv);
  similar.Does([commands, options] { return Run(*options, commands.context); });
}

}  // namespace grader::cli
