// Which hand-ins of a batch are alike, as its store remembers it.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace grader::batch {

class Store;

// Two students, and how much of what each wrote the other has, too, from 0 to 100.
struct AlikePair {
  std::string a;
  std::string b;
  double share_a = 0;
  double share_b = 0;
  std::string note = {};  // where to look
};

struct Likeness {
  std::map<std::string, std::string> compared = {};  // students, with the fingerprints of what was compared
  std::vector<AlikePair> pairs = {};                 // the most alike first
};

// Replaces what the store remembers. Throws StoreError.
void KeepLikeness(const Store& store, const Likeness& likeness);

// What it remembers of those whose hand-ins are still what was compared. Throws StoreError.
Likeness KeptLikeness(const Store& store);

}  // namespace grader::batch
