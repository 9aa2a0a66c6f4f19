#include "grader/lms/similarity_report.h"

#include <fmt/format.h>

#include <algorithm>

#include <nlohmann/json.hpp>

#include "grader/batch/csv.h"
#include "grader/report/text.h"

namespace grader::lms {
namespace {

using Json = nlohmann::ordered_json;
using report::OneLine;

constexpr std::size_t kPairs = 30;     // told on the terminal
constexpr std::size_t kStretches = 5;  // of each

std::string PlaceText(const Place& place) {
  const std::string begin = fmt::format("{}:{}", OneLine(place.file), place.first);
  if (place.file == place.last_file) return fmt::format("{}-{}", begin, place.last);
  return fmt::format("{} to {}:{}", begin, OneLine(place.last_file), place.last);
}

const char* UnitOf(Language language) { return language == Language::kCpp ? "tokens" : "words"; }
const char* NameOf(Language language) { return language == Language::kCpp ? "C++" : "Python"; }
int Percent(double share) { return static_cast<int>(share + 0.5); }

std::string PairText(const SimilarPair& pair, std::size_t number) {
  std::string text = fmt::format("{:>3}.  {} {} %   {} {} %   {} {} in common{}\n", number, OneLine(pair.a),
                                 Percent(pair.share_a), OneLine(pair.b), Percent(pair.share_b), pair.units,
                                 UnitOf(pair.language), pair.same_files ? ", the same files" : "");
  for (std::size_t i = 0; i < pair.stretches.size() && i < kStretches; ++i) {
    const Stretch& one = pair.stretches[i];
    text += fmt::format("      {:<28} {:<28} {}\n", PlaceText(one.a), PlaceText(one.b), one.units);
  }
  if (pair.stretches.size() > kStretches)
    text += fmt::format("      and {} more\n", pair.stretches.size() - kStretches);
  return text;
}

std::string Listed(const std::vector<std::string>& students) {
  std::string list;
  for (const std::string& student : students) list += (list.empty() ? "" : ", ") + OneLine(student);
  return list;
}

Json Of(const Place& place) {
  return {{"file", report::Utf8(place.file)},
          {"first", place.first},
          {"last_file", report::Utf8(place.last_file)},
          {"last", place.last}};
}

Json Of(const SimilarPair& pair) {
  Json stretches = Json::array();
  for (const Stretch& one : pair.stretches) {
    stretches.push_back({{"a", Of(one.a)}, {"b", Of(one.b)}, {"units", one.units}});
  }
  return {{"a", report::Utf8(pair.a)},         {"b", report::Utf8(pair.b)},     {"share_a", Percent(pair.share_a)},
          {"share_b", Percent(pair.share_b)},  {"units", pair.units},           {"unit", UnitOf(pair.language)},
          {"language", NameOf(pair.language)}, {"same_files", pair.same_files}, {"stretches", stretches}};
}

}  // namespace

std::string SimilarityText(const Similarity& similarity, const std::string& lab, int least) {
  std::string text =
      fmt::format("{}  {} hand-ins compared, without what the skeleton gave\n", lab, similarity.compared);
  std::size_t told = 0;
  std::size_t alike = 0;
  for (const SimilarPair& pair : similarity.pairs) {
    if (pair.share() < least) continue;
    ++alike;
    if (told < kPairs) text += "\n" + PairText(pair, ++told);
  }
  if (alike > told)
    text += fmt::format("\n{} more pairs: see --json or --csv, or ask for a higher --least\n", alike - told);
  if (alike == 0) text += fmt::format("\nNo two have {} % or more in common.\n", least);
  if (!similarity.nothing.empty()) text += "\nNothing but the skeleton: " + Listed(similarity.nothing) + "\n";
  if (!similarity.repetitive.empty()) {
    text += "\nOver 300 times the same, what is beyond not compared: " + Listed(similarity.repetitive) + "\n";
  }
  if (alike > 0) text += "\nA high number proves nothing: small tasks have few solutions. Look at both.\n";
  return text;
}

std::string SimilarityJson(const Similarity& similarity, const std::string& lab) {
  Json json = {{"version", 1}, {"lab", lab}, {"compared", similarity.compared}, {"pairs", Json::array()}};
  for (const SimilarPair& pair : similarity.pairs) json["pairs"].push_back(Of(pair));
  json["nothing_own"] = Json::array();
  for (const std::string& student : similarity.nothing) json["nothing_own"].push_back(report::Utf8(student));
  json["repetitive"] = Json::array();
  for (const std::string& student : similarity.repetitive) json["repetitive"].push_back(report::Utf8(student));
  return json.dump(2) + "\n";
}

std::vector<batch::AlikePair> AlikePairs(const Similarity& similarity, int least) {
  constexpr std::size_t kPlaces = 3;
  std::vector<batch::AlikePair> pairs;
  for (const SimilarPair& pair : similarity.pairs) {
    if (pair.share() < least) continue;
    std::string note;
    for (std::size_t i = 0; i < std::min(pair.stretches.size(), kPlaces); ++i) {
      const Stretch& one = pair.stretches[i];
      note += fmt::format("{}{} = {}", note.empty() ? "" : "; ", PlaceText(one.a), PlaceText(one.b));
    }
    if (pair.stretches.size() > kPlaces) note += fmt::format("; and {} more", pair.stretches.size() - kPlaces);
    if (pair.same_files) note = "the same files";
    pairs.push_back({pair.a, pair.b, pair.share_a, pair.share_b, note});
  }
  return pairs;
}

std::string SimilarityCsv(const Similarity& similarity) {
  std::string table =
      batch::CsvLine({"a", "b", "share_a", "share_b", "units", "unit", "language", "same_files", "stretches"});
  for (const SimilarPair& pair : similarity.pairs) {
    std::string stretches;
    for (const Stretch& one : pair.stretches) {
      stretches += (stretches.empty() ? "" : "; ") + PlaceText(one.a) + " = " + PlaceText(one.b);
    }
    table += batch::CsvLine({OneLine(pair.a), OneLine(pair.b), std::to_string(Percent(pair.share_a)),
                             std::to_string(Percent(pair.share_b)), std::to_string(pair.units), UnitOf(pair.language),
                             NameOf(pair.language), pair.same_files ? "yes" : "no", stretches});
  }
  return table;
}

}  // namespace grader::lms
