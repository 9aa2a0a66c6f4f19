// The checks of a lab that has nothing but a quiz; its questions are the test's.
#include "grader/checks/vocabulary.h"

namespace grader::checks::fixture_quiz {
namespace {

LAB_QUIZ();

}  // namespace
}  // namespace grader::checks::fixture_quiz
