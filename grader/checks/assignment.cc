#include "grader/checks/assignment.h"

#include "grader/checks/json_fields.h"
#include "grader/checks/json_text.h"

namespace grader::checks {
namespace {

using nlohmann::json;

json PathsToJson(const std::vector<std::filesystem::path>& paths) {
  auto list = json::array();
  for (const auto& path : paths) list.push_back(TextToJson(path.string()));
  return list;
}

json TargetToJson(const build::Target& target) {
  return {{"name", TextToJson(target.name)},
          {"sources", TextsToJson(target.sources)},
          {"extra_sources", PathsToJson(target.extra_sources)},
          {"given", PathsToJson(target.given)},
          {"flags", TextsToJson(target.flags)},
          {"accept_python", target.accept_python},
          {"runtime", TextToJson(target.runtime.string())}};
}

build::Target TargetFromJson(const JsonFields& fields) {
  build::Target target;
  target.name = fields.Text("name");
  target.sources = fields.Texts("sources");
  for (const auto& path : fields.Texts("extra_sources")) target.extra_sources.emplace_back(path);
  for (const auto& path : fields.Texts("given")) target.given.emplace_back(path);
  target.flags = fields.Texts("flags");
  target.accept_python = fields.Flag("accept_python");
  target.runtime = fields.Text("runtime");
  return target;
}

json LimitsToJson(const sandbox::Limits& limits) {
  return {{"cpu_time_ms", limits.cpu_time.count()}, {"wall_time_ms", limits.wall_time.count()},
          {"memory_bytes", limits.memory.count},    {"processes", limits.processes},
          {"open_files", limits.open_files},        {"file_size_bytes", limits.file_size.count},
          {"disk_bytes", limits.disk.count},        {"output_bytes", limits.output.count}};
}

sandbox::Limits LimitsFromJson(const JsonFields& fields) {
  sandbox::Limits limits;
  limits.cpu_time = fields.Milliseconds("cpu_time_ms");
  limits.wall_time = fields.Milliseconds("wall_time_ms");
  limits.memory = {fields.Unsigned("memory_bytes")};
  limits.processes = static_cast<int>(fields.Whole("processes"));
  limits.open_files = static_cast<int>(fields.Whole("open_files"));
  limits.file_size = {fields.Unsigned("file_size_bytes")};
  limits.disk = {fields.Unsigned("disk_bytes")};
  limits.output = {fields.Unsigned("output_bytes")};
  return limits;
}

}  // namespace

std::string ToJson(const Assignment& assignment) {
  auto programs = json::array();
  for (const auto& target : assignment.programs) programs.push_back(TargetToJson(target));
  const json all = {{"lab", TextToJson(assignment.lab)},
                    {"submission", TextToJson(assignment.submission.string())},
                    {"lab_folder", TextToJson(assignment.lab_folder.string())},
                    {"cache", TextToJson(assignment.cache.string())},
                    {"lender", TextToJson(assignment.lender.string())},
                    {"programs", std::move(programs)},
                    {"runtime", TextToJson(assignment.runtime.string())},
                    {"limits", LimitsToJson(assignment.limits)},
                    {"seed", assignment.seed},
                    {"attempt", assignment.attempt},
                    {"replay", TextToJson(assignment.replay)},
                    {"only", TextsToJson(assignment.only)},
                    {"jobs", assignment.jobs}};
  return all.dump();
}

Assignment AssignmentFromJson(const std::string& text) {
  const auto all = ParseJson(text);
  const JsonFields fields(all, "");
  Assignment assignment;
  assignment.lab = fields.Text("lab");
  assignment.submission = fields.Text("submission");
  assignment.lab_folder = fields.Text("lab_folder");
  assignment.cache = fields.Text("cache");
  assignment.lender = fields.Text("lender");
  for (const auto& program : fields.Objects("programs")) assignment.programs.push_back(TargetFromJson(program));
  assignment.runtime = fields.Text("runtime");
  assignment.limits = LimitsFromJson(fields.Object("limits"));
  assignment.seed = fields.Unsigned("seed");
  assignment.attempt = static_cast<int>(fields.Whole("attempt"));
  assignment.replay = fields.Text("replay");
  assignment.only = fields.Texts("only");
  assignment.jobs = static_cast<int>(fields.Whole("jobs"));
  if (assignment.jobs < 1) fields.Refuse("jobs", "less than 1");
  return assignment;
}

}  // namespace grader::checks
