#include "grader/schedule/race_story.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace grader::schedule {
namespace {

// "reads it", "changes 4 bytes atomically".
std::string Does(const Place& place, const std::string& what) {
  const char* const how = place.atomic != 0 ? " atomically" : "";
  switch (place.operation) {
    case Operation::kRead:
    case Operation::kAtomicLoad:
      return "reads " + what + how;
    case Operation::kFree:
      return "frees it";
    case Operation::kAllocate:
      return "allocates it";
    case Operation::kAtomicUpdate:
      return "changes " + what + " atomically";
    default:
      return "writes " + what + how;
  }
}

std::vector<ObjectNumber> HeldAt(const Place& place) {
  const auto count = std::min<std::size_t>(place.held_count, kMostHeld);
  return {place.held, place.held + count};
}

std::string HeldWords(const Scene& scene, const Place& place) {
  std::string names;
  for (const ObjectNumber object : HeldAt(place)) names += (names.empty() ? "" : " and ") + scene.Object(object);
  return names.empty() ? "with no lock held" : "holding " + names;
}

// "counter", "a variable in a block of 48 bytes that was allocated at a.cpp:9".
std::string What(Scene& scene, const Place& place) {
  const ObjectInfo* const info = scene.Info(place.object);
  if (info == nullptr) return "the same memory";
  switch (info->storage) {
    case Storage::kGlobal:
      return scene.Object(place.object);
    case Storage::kHeap:
      return fmt::format("memory in a block of {} bytes on the heap{}", info->block_size,
                         scene.Line(info->allocated).empty() ? "" : ", allocated" + scene.Briefly(info->allocated));
    case Storage::kStack:
      return "a local variable of " + Scene::Thread(info->owner);
    case Storage::kOther:
      break;
  }
  return "the same memory";
}

bool ShareALock(const Place& one, const Place& other) {
  const auto held = HeldAt(other);
  const auto mine = HeldAt(one);
  return std::any_of(mine.begin(), mine.end(),
                     [&](ObjectNumber lock) { return std::find(held.begin(), held.end(), lock) != held.end(); });
}

std::string WhatWouldOrder(const Scene& scene, const Place& one, const Place& other) {
  if (one.operation == Operation::kFree || other.operation == Operation::kFree) {
    return "Nothing orders the two. Who frees it must know that nobody uses it any more: join the threads that do, or "
           "share its ownership (std::shared_ptr).";
  }
  if (one.atomic != 0 || other.atomic != 0) return "One of the two is atomic, the other is not: both must be.";
  const auto locks = HeldAt(one).empty() ? HeldAt(other) : HeldAt(one);
  if (!locks.empty() && !ShareALock(one, other)) {
    return fmt::format("Nothing orders the two: both must hold the same lock, such as {}.",
                       scene.Object(locks.front()));
  }
  return "Nothing orders the two. Let both hold one mutex, or make it a std::atomic; or let one thread be joined, or "
         "notify the other, in between.";
}

}  // namespace

Story TellRace(Scene& scene, const Finding& finding) {
  const Place& here = finding.places[0];
  const Place& other = finding.places[1];
  Story story;
  story.happened = fmt::format("a data race on {}: {} {}{}, {} {}{}", What(scene, here), Scene::Thread(here.thread),
                               Does(here, "it"), scene.Briefly(here.stack), Scene::Thread(other.thread),
                               Does(other, "it"), scene.Briefly(other.stack));
  for (const Place* place : {&here, &other}) {
    const auto bytes = fmt::format("{} byte{}", place->size, place->size == 1 ? "" : "s");
    story.facts.push_back(fmt::format("{} {}, {},{}", scene.ThreadWithOrigin(place->thread), Does(*place, bytes),
                                      HeldWords(scene, *place), scene.At(place->stack)));
  }
  const auto races = std::count_if(scene.answer().findings.begin(), scene.answer().findings.end(),
                                   [](const Finding& f) { return f.kind == FindingKind::kDataRace; });
  if (races > 1)
    story.facts.push_back(fmt::format("{} more data race{} in the same run", races - 1, races > 2 ? "s" : ""));
  story.location = scene.StudentsLine(here.stack);
  if (story.location.empty()) story.location = scene.StudentsLine(other.stack);
  story.hint = WhatWouldOrder(scene, here, other);
  return story;
}

}  // namespace grader::schedule
