#include <exception>
#include <iostream>

#include "grader/batch/error.h"
#include "grader/cli/errors.h"
#include "grader/cli/exit_status.h"
#include "grader/cli/run.h"
#include "grader/course/error.h"
#include "grader/report/text.h"

namespace {

using grader::cli::ExitStatus;

ExitStatus Say(const std::exception& error, ExitStatus status) {
  std::cerr << "grade: " << grader::report::OneLine(error.what()) << std::endl;
  return status;
}

ExitStatus RunAndSayWhatIsWrong(int argc, char** argv) {
  try {
    return grader::cli::Run(argc, argv);
  } catch (const grader::cli::UsageError& error) {
    return Say(error, ExitStatus::kUsage);
  } catch (const grader::batch::InputError& error) {
    return Say(error, ExitStatus::kUsage);
  } catch (const grader::course::CourseError& error) {
    return Say(error, ExitStatus::kUsage);
  } catch (const std::exception& error) {
    return Say(error, ExitStatus::kFault);
  }
}

}  // namespace

int main(int argc, char** argv) { return static_cast<int>(RunAndSayWhatIsWrong(argc, argv)); }
