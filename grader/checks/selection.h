// Which of a lab's checks are run.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "grader/checks/registry.h"

namespace grader::checks {

// The checks that one of the patterns names; all if there is none. A pattern is an id, a suite ("Reap"), a name without
// its suite, or a GoogleTest filter ("Reap.*:Quiz.*-*.Slow*"). Throws UsageError if a pattern matches no check.
std::vector<RegisteredCheck> Select(const std::vector<RegisteredCheck>& checks,
                                    const std::vector<std::string>& patterns);

struct Shard {
  int index = 1;  // from 1
  int count = 1;
};

// The checks of one part: each is in exactly one, together with all that it needs or that need it. Groups go to the
// parts in turn, so that parts are of similar size.
std::vector<RegisteredCheck> SelectShard(const std::vector<RegisteredCheck>& checks, Shard shard);

// With * for any text and ? for one character.
bool MatchesGlob(std::string_view text, std::string_view glob);

}  // namespace grader::checks
