// The texts that packs are made of, with the lab's names filled in.
#pragma once

#include <string>

#include "grader/course/lab.h"

namespace grader::lms {

// run FOLDER [OPTION of grade...]: grades a copy of the folder, three times at most while the grader fails.
std::string RunScript(const course::Lab& lab);

// fits: whether a machine can run the grader, in one line if it cannot.
std::string FitsScript();
// README.md of the grader.
std::string Readme(const course::Lab& lab);

std::string GradescopeSetup();
std::string GradescopeRun();

std::string PrairielearnInfo(const course::Lab& lab, const std::string& image);
std::string PrairielearnQuestion(const course::Lab& lab);
std::string PrairielearnRun();
std::string Dockerfile();

std::string AutolabYml(const course::Lab& lab, int points);
std::string AutolabRb(const course::Lab& lab);
std::string AutolabMakefile();
std::string AutolabRun();
std::string AutolabName(const course::Lab& lab);  // "lab02reap": a name of Ruby's, too

std::string VplEvaluate(const course::Lab& lab);
std::string VplRun(const course::Lab& lab);

std::string GithubWorkflow();
std::string GitlabJob();
std::string Jenkinsfile();

}  // namespace grader::lms
