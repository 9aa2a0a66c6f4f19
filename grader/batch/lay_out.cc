#include "grader/batch/lay_out.h"

#include <fmt/format.h>

#include <array>
#include <system_error>

#include "grader/batch/archive.h"
#include "grader/batch/error.h"
#include "grader/batch/fingerprint.h"
#include "grader/batch/intake.h"
#include "grader/batch/results.h"

namespace grader::batch {
namespace {

namespace fs = std::filesystem;

// Whether it is our machine that fails, and not what was handed in.
bool IsOurs(const std::error_code& error) {
  constexpr std::array kOurs = {std::errc::no_space_on_device, std::errc::read_only_file_system,
                                std::errc::too_many_files_open, std::errc::too_many_files_open_in_system,
                                std::errc::not_enough_memory};
  const auto is = [&](std::errc one) { return error == one; };
  return std::any_of(kOurs.begin(), kOurs.end(), is) || error == std::error_code(EDQUOT, std::generic_category());
}

[[noreturn]] void Fail(const HandIn& hand_in, const std::error_code& error) {
  throw StoreError(fmt::format("the hand-in of {} cannot be unpacked: {}; make room and start the same command again",
                               hand_in.student, error.message()));
}

fs::path EmptyScratch(const HandIn& hand_in, const fs::path& results) {
  auto scratch = results / "unpacked" / FileNameOf(hand_in.student);
  try {
    fs::remove_all(scratch);
    fs::create_directories(scratch);
  } catch (const fs::filesystem_error& error) {
    Fail(hand_in, error.code());
  }
  return scratch;
}

}  // namespace

void LayOut(Entry& entry, const course::Lab& lab, const fs::path& results) {
  const auto scratch = EmptyScratch(entry.hand_in, results);
  try {
    entry.folder = fs::absolute(FolderToGrade(entry.hand_in, lab, scratch));
    entry.fingerprint = FingerprintOf(entry.folder);
  } catch (const RefusedArchive& error) {
    entry.hand_in.problem = error.what();
  } catch (const std::system_error& error) {
    if (IsOurs(error.code())) Fail(entry.hand_in, error.code());
    entry.hand_in.problem = "it cannot be read: " + error.code().message();
  }
  const bool refused = !entry.hand_in.problem.empty();
  if (refused) entry.folder.clear();
  std::error_code none;
  if (refused || fs::is_empty(scratch, none)) fs::remove_all(scratch, none);
}

}  // namespace grader::batch
