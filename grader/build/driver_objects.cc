#include "grader/build/driver_objects.h"

#include <algorithm>
#include <utility>

#include "grader/build/cache.h"
#include "grader/build/reachable.h"
#include "grader/build/scratch_folder.h"

namespace grader::build {
namespace {

namespace fs = std::filesystem;

// What the object of one extra source may be made of.
Inputs ForObject(const Inputs& inputs, const fs::path& source) {
  Inputs object = inputs;
  object.product = Product::kObject;
  object.target.extra_sources = {source};
  object.target.sources.clear();
  object.submission.refused.clear();
  const auto& own = inputs.target.sources;
  std::erase_if(object.submission.files,
                [&own](const SourceFile& file) { return std::ranges::find(own, file.name) != own.end(); });
  return object;
}

Compiled CompileObject(sandbox::Spawner& spawner, const Cache& cache, const Inputs& inputs) {
  const auto key = KeyOf(inputs);
  if (auto known = cache.Find(key)) {
    if (known->status != BuildStatus::kBuilt) return *known;
    known->executable = ReadWholeFile(cache.Artefact(key, inputs.target, inputs.language));
    return *known;
  }
  const ScratchFolder staging(cache.folder());
  auto compiled = Compile(spawner, inputs, staging.path());
  if (compiled.repeatable) cache.Keep(key, inputs, compiled);
  return compiled;
}

// Of the headers only those that the source leads to, so that a change of another one costs nothing.
Compiled CompileSource(sandbox::Spawner& spawner, const Cache& cache, const Inputs& inputs) {
  Inputs fewer = inputs;
  fewer.submission.files = Reachable(inputs.extra, inputs.submission.files);
  auto compiled = CompileObject(spawner, cache, fewer);
  const bool all = fewer.submission.files.size() == inputs.submission.files.size();
  return compiled.status == BuildStatus::kBuilt || all ? compiled : CompileObject(spawner, cache, inputs);
}

}  // namespace

Compiled CompileDrivers(sandbox::Spawner& spawner, const fs::path& cache_root, Inputs& inputs) {
  const Cache cache(cache_root);
  std::vector<SourceFile> objects;
  std::vector<fs::path> names;
  std::string messages;
  for (const auto& source : inputs.target.extra_sources) {
    auto object = CompileSource(spawner, cache, ForObject(inputs, source));
    if (object.status != BuildStatus::kBuilt) return object;
    names.emplace_back(source.filename().replace_extension(".o"));
    objects.push_back({names.back().string(), std::move(object.executable)});
    messages += object.messages;
  }
  inputs.target.extra_sources = std::move(names);
  inputs.extra = std::move(objects);
  Compiled all;
  all.messages = std::move(messages);
  return all;
}

}  // namespace grader::build
