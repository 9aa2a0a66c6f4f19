#include "grader/lms/pack_texts.h"

namespace grader::lms {

const char* const kRun = R"script(#!/usr/bin/env bash
# Grades a hand-in of @ID@: run FOLDER [OPTION of grade...]. A copy is graded, below a temporary folder; when the grader
# itself fails, up to three times. The status is that of grade: 0 full marks, 1 less, 2 nothing to grade, 3 a fault.
set -u
here=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")
folder=$1
shift
"$here/fits" >&2 || exit 3
work=$(mktemp -d) || exit 3
trap 'rm -rf -- "$work"' EXIT
cp -R -P -- "$folder" "$work/@ID@" || exit 3
export LD_LIBRARY_PATH=$here/lib/system XDG_CACHE_HOME=$work/cache
cd -- "$work" || exit 3
for attempt in 1 2 3; do
  (exec -a ./grade "$here/bin/grade" @LAB@ @ID@ --no-color "$@")
  status=$?
  ((status == 3)) || break
  echo "grade: the grader or the machine failed (attempt $attempt of 3)" >&2
done
exit "$status"
)script";

const char* const kFits = R"script(#!/usr/bin/env bash
# Whether this machine can run the grader. If not, says in one line what is missing, and ends with 1. "fits system" does
# not look for the compiler and the interpreter, which can be installed.
set -u
needed=@GLIBC@
instead="choose Debian 12, Ubuntu 24.04 or later"
system=$(sed -n 's/^PRETTY_NAME="\{0,1\}\([^"]*\)"\{0,1\}$/\1/p' "${GRADE_HARNESS_ROOT:-}/etc/os-release" 2>/dev/null)
system=${system:-this system}
found=$(getconf GNU_LIBC_VERSION 2>/dev/null)
found=${found#glibc }
no() {
  echo "The grader cannot run here: $1."
  exit 1
}
[[ $(uname -m) == x86_64 ]] || no "it is made for x86-64, and this machine is $(uname -m)"
[[ -n $found ]] || no "it needs glibc $needed or later, and $system has another C library; $instead"
[[ $(printf '%s\n' "$needed" "$found" | sort -V | head -n 1) == "$needed" ]] ||
  no "it needs glibc $needed or later, and $system has glibc $found; $instead"
[[ ${1:-} == system ]] && exit 0
command -v g++ >/dev/null || no "there is no g++; install the packages g++ and libc6-dev"
compiler=$(g++ -dumpversion)
((${compiler%%.*} >= 12)) || no "it needs g++ 12 or later, and this one is g++ $compiler; $instead"
command -v python3 >/dev/null || no "there is no python3; install the package python3"
)script";

const char* const kReadme = R"text(# The grader of @ID@

`./run FOLDER` grades a copy of FOLDER and prints the report; `./run FOLDER --export FORMAT=FILE` also writes what a platform
reads. Status 0: full marks, 1: less, 2: nothing to grade, 3: the grader or the machine failed, which costs nobody points.

It needs Linux on x86-64 with glibc @GLIBC@ or later (Debian 12, Ubuntu 24.04), g++ 12 or later, and Python 3. `./fits` says
whether a machine has them; so does `./run`, before it grades anything.

Do not put it where students can read it: `quiz.toml` holds the answers, and the compiled checks the names of hidden checks.
)text";

const char* const kGradescopeSetup = R"script(#!/usr/bin/env bash
# Gradescope runs this once, as root, when it builds the autograder.
set -eu
source=${GRADE_HARNESS_ROOT:-}/autograder/source
"$source/grader/fits" system
if ! command -v g++ >/dev/null || ! command -v python3 >/dev/null; then
  apt-get update
  DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends g++ libc6-dev python3
fi
"$source/grader/fits"
LD_LIBRARY_PATH=$source/grader/lib/system "$source/grader/bin/grade" --version
)script";

const char* const kGradescopeRun = R"script(#!/usr/bin/env bash
# Gradescope runs this for each submission.
set -u
base=${GRADE_HARNESS_ROOT:-}/autograder
mkdir -p "$base/results"
status=0
"$base/source/grader/run" "$base/submission" --export "gradescope=$base/results/results.json" || status=$?
# Less than full marks is no failure of the autograder.
exit $((status == 1 ? 0 : status))
)script";

const char* const kPrairielearnQuestion = R"html(<pl-question-panel>
  <p>Upload your files of @ID@. They are built and judged by the same checks as <code>./grade</code> runs on your machine.</p>
</pl-question-panel>
<pl-file-upload file-names="@FILES@"></pl-file-upload>
<pl-submission-panel>
  <pl-external-grader-results></pl-external-grader-results>
  <pl-file-preview></pl-file-preview>
</pl-submission-panel>
)html";

const char* const kPrairielearnRun = R"script(#!/usr/bin/env bash
# PrairieLearn runs this in a fresh container for each submission.
set -u
base=${GRADE_HARNESS_ROOT:-}/grade
mkdir -p "$base/results"
status=0
"$base/tests/grader/run" "$base/student" --export "prairielearn=$base/results/results.json" || status=$?
exit $((status == 1 ? 0 : status))
)script";

const char* const kDockerfile =
    R"docker(# The image that hand-ins are graded in: build it, push it, and name it where the platform asks for an image.
FROM debian:12
RUN apt-get update \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends g++ libc6-dev python3 make curl ca-certificates \
 && rm -rf /var/lib/apt/lists/*
)docker";

const char* const kAutolabYml = R"yaml(---
general:
  name: @NAME@
  description: ''
  display_name: @TITLE@
  handin_filename: handin.tar
  handin_directory: handin
  max_grace_days: 0
  handout:
  writeup:
  max_submissions: -1
  disable_handins: false
  max_size: 2
  has_svn: false
  category_name: Labs
problems:
- name: @ID@
  description: ''
  max_score: @POINTS@.0
  optional: false
autograder:
  autograde_timeout: 600
  autograde_image: autograding_image
  release_score: true
)yaml";

const char* const kAutolabRb = R"ruby(require "AssessmentBase.rb"

module @MODULE@
  include AssessmentBase

  def assessmentInitialize(course)
    super("@NAME@", course)
    @problems = []
  end
end
)ruby";

const char* const kAutolabMakefile = R"make(# Tango runs this beside autograde.tar and the hand-in.
all:
	@tar -xf autograde.tar
	@bash ./autograde.sh
)make";

const char* const kAutolabRun = R"script(#!/usr/bin/env bash
# The hand-in is every file here that is not ours. The last line of the output is the score.
set -u
mkdir -p handin
for file in *; do
  case $file in
    Makefile | autograde.tar | autograde.sh | grader | handin) ;;
    *) cp -R -P -- "$file" handin/ ;;
  esac
done
status=0
grader/run handin --export autolab=- || status=$?
exit $((status == 1 ? 0 : status))
)script";

const char* const kVplEvaluate = R"script(#!/usr/bin/env bash
# Moodle's VPL runs this to make vpl_execution, which it runs then. The grader lies on the execution server, not here: what
# is here, a student's program could read.
cat >vpl_execution <<'END'
#!/usr/bin/env bash
grader=${GRADE_HOME:-/opt/grade}/@ID@/grader
if [[ ! -x $grader/run ]]; then
  echo 'Comment :=>>-The grader is not installed on the execution server'
  exit 1
fi
work=$(mktemp -d) || exit 1
trap 'rm -rf -- "$work"' EXIT
mkdir "$work/in"
for file in *; do
  case $file in
    vpl_*) ;;
    *) cp -R -P -- "$file" "$work/in/" ;;
  esac
done
"$grader/run" "$work/in" --export "vpl=$work/result" >/dev/null
cat -- "$work/result"
END
chmod +x vpl_execution
)script";

const char* const kVplRun = R"script(#!/usr/bin/env bash
# "Run" shows the report as it is on a student's own machine.
cat >vpl_execution <<'END'
#!/usr/bin/env bash
"${GRADE_HOME:-/opt/grade}/@ID@/grader/run" .
END
chmod +x vpl_execution
)script";

const char* const kGithubWorkflow =
    R"yaml(# .github/workflows/grade.yml of the students' repositories. The grader is fetched from where the secret GRADE_PACK_URL
# of the organisation says; see the course's docs on who can read it.
name: grade
on: [push]
permissions:
  contents: read
jobs:
  grade:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - name: Fetch the grader
        env:
          GRADE_PACK_URL: ${{ secrets.GRADE_PACK_URL }}
        run: |
          curl -fsSL --retry 3 "$GRADE_PACK_URL" | tar -xz -C "$RUNNER_TEMP"
      - name: Grade
        id: grade
        run: |
          status=0
          "$RUNNER_TEMP/grader/run" . --export "github=$RUNNER_TEMP/result.json" --export annotations=- || status=$?
          [[ ! -e $RUNNER_TEMP/result.json ]] || echo "result=$(base64 -w0 "$RUNNER_TEMP/result.json")" >>"$GITHUB_OUTPUT"
          exit "$status"
      - name: Report to GitHub Classroom
        if: always()
        uses: classroom-resources/autograding-grading-reporter@v1
        env:
          GRADE_RESULTS: ${{ steps.grade.outputs.result }}
        with:
          runners: grade
)yaml";

const char* const kGitlabJob =
    R"yaml(# .gitlab-ci.yml. Keep it in a project of yours and name it in the students' projects (Settings > CI/CD > CI/CD
# configuration file: grade.yml@group/project); GRADE_PACK_URL is a variable of the group.
grade:
  image: debian:12
  before_script:
    - apt-get update
    - apt-get install -y --no-install-recommends g++ libc6-dev python3 curl ca-certificates
  script:
    - curl -fsSL --retry 3 "$GRADE_PACK_URL" | tar -xz -C "$CI_BUILDS_DIR"
    - $CI_BUILDS_DIR/grader/run . --export "gitlab=$CI_PROJECT_DIR/grade.xml"
  artifacts:
    when: always
    reports:
      junit: grade.xml
)yaml";

const char* const kJenkinsfile =
    R"groovy(// Keep this in a repository of yours ("Pipeline script from SCM"); GRADE_PACK_URL is a variable of the folder or node.
pipeline {
  agent any
  stages {
    stage('Grade') {
      steps {
        sh '''
          curl -fsSL --retry 3 "$GRADE_PACK_URL" | tar -xz -C "$WORKSPACE_TMP"
          status=0
          "$WORKSPACE_TMP/grader/run" . --export "jenkins=$WORKSPACE/grade.xml" || status=$?
          # Failed checks make the build unstable, by the report; anything else fails it.
          [ "$status" -le 1 ]
        '''
      }
    }
  }
  post {
    always {
      junit allowEmptyResults: false, testResults: 'grade.xml'
    }
  }
}
)groovy";

}  // namespace grader::lms
