// grade diff, apply and discard: what becomes of a regrade.
#include <fmt/format.h>

#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <string>

#include "grader/batch/difference.h"
#include "grader/batch/error.h"
#include "grader/batch/regrades.h"
#include "grader/cli/batch_lab.h"
#include "grader/cli/command.h"
#include "grader/cli/difference_text.h"
#include "grader/report/text.h"

namespace grader::cli {
namespace {

struct ChangeSetOptions {
  std::string results;
  std::optional<std::uint64_t> number;
};

batch::Store Open(const ChangeSetOptions& options) { return batch::Store(std::filesystem::path(options.results)); }

batch::Regrade LastOf(const batch::Store& store) {
  if (const auto last = batch::Regrades(store).Last()) return *last;
  throw batch::InputError("this batch was never regraded; see grade regrade --help");
}

ExitStatus Diff(const ChangeSetOptions& options) {
  const auto store = Open(options);
  auto regrade = LastOf(store);
  if (options.number) {
    const auto last = static_cast<std::uint64_t>(regrade.id);
    if (*options.number == 0 || *options.number > last) {
      throw batch::InputError(fmt::format("there is no regrade {}; the last one is {}", *options.number, last));
    }
    regrade = batch::Regrades(store).Find(static_cast<int>(*options.number)).value();
  }
  std::cout << DifferenceText(batch::DifferenceOf(store, regrade), regrade);
  return ExitStatus::kSuccess;
}

// grades.csv and the rest, made anew from the store.
void WriteReports(const batch::Store& store, const ChangeSetOptions& options, const Context& context) {
  const std::filesystem::path results = options.results;
  BatchLab(context, store.Lab()).WriteReports(store, results);
  std::cout << "results: " << report::OneLine((results / "grades.csv").string()) << '\n';
}

ExitStatus Apply(const ChangeSetOptions& options, const Context& context) {
  const auto store = Open(options);
  const auto regrade = LastOf(store);
  switch (regrade.state) {
    case batch::RegradeState::kRunning:
      throw batch::InputError(fmt::format(
          "regrade {} is not finished; start grade regrade again, or end it with grade discard", regrade.id));
    case batch::RegradeState::kDiscarded:
      throw batch::InputError(fmt::format("regrade {} was discarded; there is nothing to apply", regrade.id));
    case batch::RegradeState::kReady: {
      const auto difference = batch::DifferenceOf(store, regrade);
      batch::Regrades(store).Apply(regrade);
      std::cout << fmt::format("regrade {} is applied: {}", regrade.id, CountsText(difference));
      break;
    }
    // A kill between the two leaves reports that are older than the results.
    case batch::RegradeState::kApplied:
      std::cout << fmt::format("regrade {} was applied before; its reports are written again\n", regrade.id);
      break;
  }
  WriteReports(store, options, context);
  return ExitStatus::kSuccess;
}

ExitStatus Discard(const ChangeSetOptions& options) {
  const auto store = Open(options);
  const auto regrade = LastOf(store);
  if (!regrade.IsOpen()) throw batch::InputError("no regrade is open; there is nothing to discard");
  batch::Regrades(store).Discard(regrade);
  std::cout << fmt::format("regrade {} is discarded; the results are as they were\n", regrade.id);
  return ExitStatus::kSuccess;
}

Command& Add(const Commands& commands, const char* name, const char* meaning, ChangeSetOptions& options) {
  Command& command = commands.line.Add(name, meaning);
  command.Argument({{ValueKind::kFolder}, "the results folder of a batch"}, options.results);
  return command;
}

}  // namespace

void AddChangeSets(const Commands& commands) {
  const auto options = std::make_shared<ChangeSetOptions>();
  Command& diff = Add(commands, "diff", "show whose points a regrade changes, and why", *options);
  diff.Option({"--regrade", "an earlier regrade; by default the last", Value{ValueKind::kNumber}}, options->number);
  diff.Does([options] { return Diff(*options); });
  Add(commands, "apply", "let the results of the last regrade count", *options).Does([commands, options] {
    return Apply(*options, commands.context);
  });
  Add(commands, "discard", "drop the last regrade; nothing has changed", *options).Does([options] {
    return Discard(*options);
  });
}

}  // namespace grader::cli
