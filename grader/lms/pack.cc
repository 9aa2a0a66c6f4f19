#include "grader/lms/pack.h"

#include <array>
#include <stdexcept>
#include <utility>

#include "grader/lms/pack_scripts.h"
#include "grader/lms/packed.h"

namespace grader::lms {
namespace {

using Mode = PackFile::Mode;
using Files = std::vector<PackFile>;

constexpr std::array<std::pair<const char*, PackKind>, 8> kKinds = {{
    {"gradescope", PackKind::kGradescope},
    {"prairielearn", PackKind::kPrairielearn},
    {"autolab", PackKind::kAutolab},
    {"vpl", PackKind::kVpl},
    {"github", PackKind::kGithub},
    {"gitlab", PackKind::kGitlab},
    {"jenkins", PackKind::kJenkins},
    {"grader", PackKind::kGrader},
}};

void Append(Files& files, Files more, const std::string& below) {
  for (PackFile& file : more) {
    file.name = below + file.name;
    files.push_back(std::move(file));
  }
}

// Makes packs of one lab.
class Packer {
 public:
  Packer(const GraderParts& parts, const PackWishes& wishes, const std::filesystem::path& scratch)
      : parts_(parts), wishes_(wishes), scratch_(scratch) {}

  Pack Gradescope() const {
    Files files = {{"setup.sh", GradescopeSetup(), Mode::kExecutable},
                   {"run_autograder", GradescopeRun(), Mode::kExecutable}};
    Append(files, Grader(), "");
    return Named("-gradescope.zip", Packed(files, ArchiveKind::kZip),
                 "upload it as the assignment's autograder, with Ubuntu 24.04 as base image");
  }

  Pack Prairielearn() const {
    const std::string question = parts_.lab.id + "/";
    Files files = {{"Dockerfile", Dockerfile()},
                   {question + "info.json", PrairielearnInfo(parts_.lab, wishes_.image)},
                   {question + "question.html", PrairielearnQuestion(parts_.lab)},
                   {question + "tests/run.sh", PrairielearnRun(), Mode::kExecutable}};
    Append(files, Grader(), question + "tests/");
    return Named("-prairielearn.zip", Packed(files, ArchiveKind::kZip),
                 "unpack it in the course's questions/, and build its Dockerfile as " + wishes_.image);
  }

  Pack Autolab() const {
    const std::string name = AutolabName(parts_.lab);
    Files inner = {{"autograde.sh", AutolabRun(), Mode::kExecutable}};
    Append(inner, Grader(), "");
    const Files files = {{name + "/" + name + ".yml", AutolabYml(parts_.lab, wishes_.points)},
                         {name + "/" + name + ".rb", AutolabRb(parts_.lab)},
                         {name + "/autograde-Makefile", AutolabMakefile()},
                         {name + "/autograde.tar", Packed(inner, ArchiveKind::kTar)}};
    return Named("-autolab.tar", Packed(files, ArchiveKind::kTar),
                 "import it: Install Assessment > Import from tarball");
  }

  Pack Vpl() const {
    const Files files = {{"vpl_evaluate.sh", VplEvaluate(parts_.lab), Mode::kExecutable},
                         {"vpl_run.sh", VplRun(parts_.lab), Mode::kExecutable}};
    return Named("-vpl.zip", Packed(files, ArchiveKind::kZip),
                 "upload both as execution files, and unpack a pack of the kind grader in /opt/grade/" + parts_.lab.id +
                     " of the execution server");
  }

  Pack Text(const char* ending, std::string text, const char* next) const {
    return Named(ending, std::move(text), next);
  }

  Pack GraderAlone() const {
    return Named("-grader.tar.gz", Packed(Grader(), ArchiveKind::kTarGz),
                 "put it where the machines that grade can fetch it, and students cannot");
  }

 private:
  Files Grader() const { return GraderTree(parts_, scratch_); }

  Pack Named(const std::string& ending, std::string bytes, const std::string& next) const {
    return {parts_.lab.id + ending, std::move(bytes), next};
  }

  const GraderParts& parts_;
  const PackWishes& wishes_;
  const std::filesystem::path& scratch_;
};

}  // namespace

std::vector<std::string> PackNames() {
  std::vector<std::string> names;
  names.reserve(std::size(kKinds));
  for (const auto& [name, kind] : kKinds) names.emplace_back(name);
  return names;
}

PackKind PackKindOf(std::string_view wanted) {
  for (const auto& [name, kind] : kKinds) {
    if (wanted == name) return kind;
  }
  throw std::invalid_argument("no pack is called so");
}

Pack MakePack(PackKind kind, const GraderParts& parts, const PackWishes& wishes, const std::filesystem::path& scratch) {
  const Packer packer(parts, wishes, scratch);
  switch (kind) {
    case PackKind::kGradescope:
      return packer.Gradescope();
    case PackKind::kPrairielearn:
      return packer.Prairielearn();
    case PackKind::kAutolab:
      return packer.Autolab();
    case PackKind::kVpl:
      return packer.Vpl();
    case PackKind::kGithub:
      return packer.Text("-github.yml", GithubWorkflow(),
                         "make it .github/workflows/grade.yml of the template repository");
    case PackKind::kGitlab:
      return packer.Text("-gitlab.yml", GitlabJob(),
                         "keep it in a project of yours, and name it in the students' projects");
    case PackKind::kJenkins:
      return packer.Text("-Jenkinsfile", Jenkinsfile(),
                         "keep it in a repository of yours, and name it in the students' jobs");
    case PackKind::kGrader:
      break;
  }
  return packer.GraderAlone();
}

}  // namespace grader::lms
