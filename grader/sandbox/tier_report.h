#pragma once

#include <string>

#include "grader/sandbox/protocol.h"
#include "grader/sandbox/tier.h"

namespace grader::sandbox {

// What a machine on which a whole trial run went well offers, facility by facility.
TierReport ReportOf(Tier tier, const StartReply& start);

// What a person can do about a step that failed, as a sentence; empty if nothing is known.
std::string RemedyFor(const std::string& failure);

}  // namespace grader::sandbox
