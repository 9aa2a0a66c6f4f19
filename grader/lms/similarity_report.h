// A Similarity for people and programs. Names of students and files are made harmless in all of them.
#pragma once

#include <string>
#include <vector>

#include "grader/batch/likeness.h"
#include "grader/lms/similarity.h"

namespace grader::lms {

// For a terminal: pairs with at least `least` percent, the first ones with their stretches.
std::string SimilarityText(const Similarity& similarity, const std::string& lab, int least);

// All pairs. JSON: {"version": 1, "lab", "compared", "pairs": [...], "nothing_own": [...]}. CSV: a row for each pair.
std::string SimilarityJson(const Similarity& similarity, const std::string& lab);
std::string SimilarityCsv(const Similarity& similarity);

// Pairs with at least `least` percent, as a batch remembers them, with their longest stretches.
std::vector<batch::AlikePair> AlikePairs(const Similarity& similarity, int least);

}  // namespace grader::lms
