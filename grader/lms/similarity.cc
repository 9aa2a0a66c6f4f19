#include "grader/lms/similarity.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "grader/lms/own_code.h"
#include "grader/lms/repeats.h"

namespace grader::lms {
namespace {

namespace fs = std::filesystem;

// All files of one student behind each other, and which lines are whose.
class Joined {
 public:
  void Add(const Source& source) {
    starts_.push_back({lines_, source.name});
    text_ += source.text;
    lines_ += static_cast<int>(std::ranges::count(source.text, '\n'));
  }

  const std::string& text() const { return text_; }

  // Whether there was anything to take out.
  bool TakeOutRepeats(Language language) {
    Thinned thinned = WithoutRepeats(std::move(text_), language, ShortestRun(language));
    text_ = std::move(thinned.text);
    return thinned.repeats;
  }

  Place At(LineRange lines) const {
    const Start& first = FileOf(lines.first);
    const Start& last = FileOf(lines.last);
    return {first.name, lines.first - first.before, last.name, lines.last - last.before};
  }

 private:
  struct Start {
    int before;  // lines before it
    std::string name;
  };

  const Start& FileOf(int line) const {
    auto file = starts_.begin();
    while (file + 1 != starts_.end() && (file + 1)->before < line) ++file;
    return *file;
  }

  std::string text_;
  std::vector<Start> starts_;
  int lines_ = 0;
};

double Share(int units, int all) { return all == 0 ? 0 : std::min(100.0, 100.0 * units / all); }

// All hand-ins in one language.
class Class {
 public:
  Class(const std::vector<Candidate>& candidates, Language language) : candidates_(candidates), language_(language) {}

  void TakeOwnParts(const std::vector<Source>& given) {
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      Joined joined;
      bool any = false;
      for (const Source& source : candidates_[i].sources) {
        if (source.language != language_) continue;
        joined.Add(OwnPartOf(source, given));
        any = true;
      }
      if (!any) continue;
      if (joined.TakeOutRepeats(language_)) repetitive_.push_back(candidates_[i].student);
      who_.push_back(i);
      joined_.push_back(std::move(joined));
    }
  }

  void CompareIn(const fs::path& scratch) {
    if (who_.empty()) return;
    std::vector<std::string> texts;
    for (const Joined& one : joined_) texts.push_back(one.text());
    fs::create_directories(scratch);
    found_ = CompareTexts(texts, language_, scratch);
  }

  std::vector<SimilarPair> Pairs() const {
    std::map<std::pair<std::size_t, std::size_t>, SimilarPair> pairs;
    for (const CommonRun& run : found_.runs) {
      SimilarPair& pair = pairs[{run.a, run.b}];
      pair.units += run.units;
      pair.stretches.push_back({joined_[run.a].At(run.in_a), joined_[run.b].At(run.in_b), run.units});
    }
    std::vector<SimilarPair> list;
    for (auto& [ends, pair] : pairs) {
      const Candidate& a = candidates_[who_[ends.first]];
      const Candidate& b = candidates_[who_[ends.second]];
      pair.a = a.student;
      pair.b = b.student;
      pair.language = language_;
      pair.same_files = !a.fingerprint.empty() && a.fingerprint == b.fingerprint;
      pair.share_a = Share(pair.units, found_.units[ends.first]);
      pair.share_b = Share(pair.units, found_.units[ends.second]);
      std::ranges::stable_sort(pair.stretches, std::greater<>(), &Stretch::units);
      list.push_back(std::move(pair));
    }
    return list;
  }

  const std::vector<std::string>& Repetitive() const { return repetitive_; }

  // Students with code of their own in this language.
  std::set<std::string> Authors() const {
    std::set<std::string> authors;
    for (std::size_t i = 0; i < who_.size(); ++i) {
      if (found_.units[i] > 0) authors.insert(candidates_[who_[i]].student);
    }
    return authors;
  }

 private:
  const std::vector<Candidate>& candidates_;
  Language language_;
  std::vector<std::size_t> who_;  // of candidates_
  std::vector<Joined> joined_;
  std::vector<std::string> repetitive_;
  Comparison found_;
};

bool MoreAlike(const SimilarPair& x, const SimilarPair& y) {
  if (x.share() != y.share()) return x.share() > y.share();
  if (x.units != y.units) return x.units > y.units;
  return std::pair(x.a, x.b) < std::pair(y.a, y.b);
}

}  // namespace

Similarity Compare(const std::vector<Candidate>& candidates, const std::vector<Source>& given,
                   const fs::path& scratch) {
  Similarity all{.compared = static_cast<int>(candidates.size())};
  std::set<std::string> authors;
  for (const auto& [language, name] : {std::pair(Language::kCpp, "cpp"), std::pair(Language::kPython, "python")}) {
    Class one(candidates, language);
    one.TakeOwnParts(given);
    one.CompareIn(scratch / name);
    std::ranges::move(one.Pairs(), std::back_inserter(all.pairs));
    authors.merge(one.Authors());
    std::ranges::copy(one.Repetitive(), std::back_inserter(all.repetitive));
  }
  std::ranges::sort(all.pairs, MoreAlike);
  for (const Candidate& one : candidates) {
    if (!authors.contains(one.student)) all.nothing.push_back(one.student);
  }
  return all;
}

}  // namespace grader::lms
