#include "grader/cli/proof.h"

#include <algorithm>
#include <set>

#include "grader/cli/submission.h"
#include "grader/course/error.h"
#include "grader/course/nearest.h"
#include "grader/report/text.h"

namespace grader::cli {
namespace {

namespace fs = std::filesystem;

using Lines = std::vector<std::string>;

bool Names(const std::vector<std::string>& ids, const std::string& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

std::string TextOf(const checks::Failure& failure) {
  std::string text = "expected " + failure.expected + ", but " + failure.happened;
  if (!failure.run.empty()) text += " (run: " + failure.run + ")";
  for (const std::string& fact : failure.facts) text += "; " + fact;
  return report::OneLine(text);
}

std::string TextOf(const report::GradedCheck& check) {
  switch (check.verdict) {
    case report::Verdict::kPassed:
      return "passed";
    case report::Verdict::kFailed:
      return check.result.failures.empty() ? "failed" : "failed: " + TextOf(check.result.failures.front());
    case report::Verdict::kSkipped:
      return "was skipped: " + report::OneLine(check.result.reason);
    case report::Verdict::kLeftOut:
      return "was left out";
    case report::Verdict::kFault:
      break;
  }
  return "ended in a fault of the grader: " + report::OneLine(check.result.reason);
}

Lines Faults(const report::Grading& grading) {
  Lines lines;
  for (const std::string& fault : grading.faults) lines.push_back("a fault of the grader: " + report::OneLine(fault));
  for (const report::GradedCheck& check : grading.checks) {
    if (check.verdict == report::Verdict::kFault) lines.push_back(check.info.id + " " + TextOf(check));
  }
  return lines;
}

Lines BrokenBuilds(const report::Grading& grading) {
  Lines lines;
  for (const checks::BuildReport& build : grading.builds) {
    if (build.ok) continue;
    lines.push_back("does not build: " + report::OneLine(build.summary));
    lines.push_back(report::OneLine(build.messages.substr(0, 400)));
  }
  return lines;
}

Lines ShortOfFullMarks(const report::Grading& grading) {
  Lines lines;
  for (const report::GradedCheck& check : grading.checks) {
    if (check.verdict != report::Verdict::kPassed) lines.push_back(check.info.id + " must pass, but " + TextOf(check));
  }
  return lines;
}

// A name in expect.toml that no check has would otherwise never be missed.
Lines UnknownNames(const course::Variant& variant, const report::Grading& grading) {
  std::vector<std::string> ids;
  for (const report::GradedCheck& check : grading.checks) ids.push_back(check.info.id);
  Lines lines;
  for (const auto* named : {&variant.fails, &variant.may_fail}) {
    for (const std::string& id : *named) {
      if (!Names(ids, id)) {
        lines.push_back("expect.toml names " + id + ", which is no check of the lab" + course::DidYouMean(id, ids));
      }
    }
  }
  return lines;
}

Lines OtherFailures(const course::Variant& variant, const report::Grading& grading) {
  Lines lines = UnknownNames(variant, grading);
  for (const report::GradedCheck& check : grading.checks) {
    const bool failed = check.verdict == report::Verdict::kFailed;
    if (Names(variant.fails, check.info.id)) {
      if (!failed) lines.push_back(check.info.id + " must fail, but " + TextOf(check));
    } else if (failed && !Names(variant.may_fail, check.info.id)) {
      lines.push_back(check.info.id + " is not named in expect.toml, but " + TextOf(check));
    }
  }
  return lines;
}

ProofCase CaseOf(const course::Lab& lab, course::Variant variant) {
  const auto expectation = variant.fails.empty() ? Expectation::kFullMarks : Expectation::kNamedFailures;
  const std::string name = variant.name;
  return {name, lab.reference, std::move(variant), expectation};
}

}  // namespace

std::vector<ProofCase> ProofCasesOf(const course::Lab& lab) {
  for (const fs::path& folder : {lab.reference, lab.skeleton}) {
    if (fs::is_directory(folder)) continue;
    throw course::CourseError(ShortName(lab) + " lacks the folder " + folder.parent_path().filename().string() + "/" +
                              lab.id);
  }
  std::vector<ProofCase> cases = {{kReference, lab.reference, {}, Expectation::kFullMarks},
                                  {"skeleton", lab.skeleton, {}, Expectation::kNotFullMarks}};
  for (course::Variant& variant : course::VariantsOf(lab)) cases.push_back(CaseOf(lab, std::move(variant)));
  return cases;
}

std::vector<ProofCase> OncePerCheck(std::vector<ProofCase> cases) {
  std::set<std::string> shown;
  const auto adds = [&](const ProofCase& one) {
    return std::count_if(one.variant.fails.begin(), one.variant.fails.end(),
                         [&](const std::string& id) { return !shown.contains(id); });
  };
  const auto fewer = [&](const ProofCase& a, const ProofCase& b) { return adds(a) < adds(b); };
  std::set<std::string> chosen;
  for (auto most = std::max_element(cases.begin(), cases.end(), fewer); most != cases.end() && adds(*most) > 0;
       most = std::max_element(cases.begin(), cases.end(), fewer)) {
    chosen.insert(most->name);
    shown.insert(most->variant.fails.begin(), most->variant.fails.end());
  }
  std::erase_if(cases, [&](const ProofCase& one) {
    return one.expectation == Expectation::kNamedFailures && !chosen.contains(one.name);
  });
  return cases;
}

void LayOut(const ProofCase& one, const fs::path& folder) {
  fs::copy(one.base, folder, fs::copy_options::recursive);
  for (const std::string& file : one.variant.removes) fs::remove(folder / file);
  if (one.variant.folder.empty()) return;
  fs::copy(one.variant.folder, folder, fs::copy_options::recursive | fs::copy_options::overwrite_existing);
  fs::remove(folder / course::kExpectFile);
}

std::vector<std::string> Violations(const ProofCase& one, const report::Grading& grading) {
  if (Lines faults = Faults(grading); !faults.empty()) return faults;
  if (Lines broken = BrokenBuilds(grading); !broken.empty()) return broken;
  switch (one.expectation) {
    case Expectation::kFullMarks:
      return ShortOfFullMarks(grading);
    case Expectation::kNotFullMarks:
      if (report::OverallOf(grading) == report::Overall::kFullMarks) return {"must not get full marks, but does"};
      return {};
    case Expectation::kNamedFailures:
      break;
  }
  return OtherFailures(one.variant, grading);
}

}  // namespace grader::cli
