#pragma once

#include "grader/checks/assignment.h"
#include "grader/checks/event_writer.h"

namespace grader::checks {

// Runs the assignment's checks in assignment.jobs executables like this one, each with one shard of them, and passes on
// what comes of each check, as it comes. The programs have been built, so that each shard finds them in the cache.
// Throws GraderFaultError if a shard dies before it has finished; std::system_error.
void RunShards(const Assignment& assignment, EventWriter& events);

}  // namespace grader::checks
