#include "grader/cli/run.h"

#include <iostream>
#include <string>
#include <vector>

#include "grader/cli/command.h"
#include "grader/cli/errors.h"

namespace grader::cli {
namespace {

void Describe(const Commands& commands) {
  AddGrade(commands);
  AddList(commands);
  AddStart(commands);
  AddShow(commands);
  AddBatch(commands);
  AddBatchPart(commands);
  AddRegrade(commands);
  AddChangeSets(commands);
  AddExport(commands);
  AddSimilar(commands);
  AddPack(commands);
  AddExplore(commands);
  AddCheckLabs(commands);
  AddDoctor(commands);
  AddCompletion(commands);
}

void FinishOutput() {
  if (!std::cout.flush()) throw FaultError("cannot write to standard output; is the disk full?");
}

}  // namespace

ExitStatus Run(int argc, char** argv) {
  const Context context = ContextOf(argv[0]);
  CommandLine line;
  Describe({line, context});
  const Action action = line.Parse(std::vector<std::string>(argv + 1, argv + argc));
  const ExitStatus status = action();
  FinishOutput();
  return status;
}

}  // namespace grader::cli
