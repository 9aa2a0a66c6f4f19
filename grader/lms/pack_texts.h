// The texts of packs, with @WORDS@ to be filled in. GRADE_HARNESS_ROOT stands before a platform's absolute paths; it is
// set by tests only.
#pragma once

namespace grader::lms {

extern const char* const kRun;
extern const char* const kFits;
extern const char* const kReadme;
extern const char* const kGradescopeSetup;
extern const char* const kGradescopeRun;
extern const char* const kPrairielearnQuestion;
extern const char* const kPrairielearnRun;
extern const char* const kDockerfile;
extern const char* const kAutolabYml;
extern const char* const kAutolabRb;
extern const char* const kAutolabMakefile;
extern const char* const kAutolabRun;
extern const char* const kVplEvaluate;
extern const char* const kVplRun;
extern const char* const kGithubWorkflow;
extern const char* const kGitlabJob;
extern const char* const kJenkinsfile;

}  // namespace grader::lms
