// The commands of `grade`, one file each.
#pragma once

#include "grader/cli/command_line.h"
#include "grader/cli/context.h"

namespace grader::cli {

// Where commands are added, and what they know. All of it outlives the actions.
struct Commands {
  CommandLine& line;
  const Context& context;
};

void AddGrade(const Commands& commands);  // the command without a name: grade LAB [DIR]
void AddList(const Commands& commands);
void AddStart(const Commands& commands);
void AddShow(const Commands& commands);
void AddExplore(const Commands& commands);
void AddDoctor(const Commands& commands);
void AddBatch(const Commands& commands);
void AddBatchPart(const Commands& commands);
void AddRegrade(const Commands& commands);
void AddChangeSets(const Commands& commands);  // diff, apply, discard
void AddExport(const Commands& commands);
void AddSimilar(const Commands& commands);
void AddPack(const Commands& commands);
void AddCheckLabs(const Commands& commands);
void AddCompletion(const Commands& commands);

}  // namespace grader::cli
