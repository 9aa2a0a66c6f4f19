#include "grader/sandbox/plan_builder.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <stdexcept>

namespace grader::sandbox {
namespace {

namespace fs = std::filesystem;

// Top folders that are not to be covered to make room for a view: they are the system, or writable by themselves.
bool HasOwnContent(const std::string& top) {
  static const std::set<std::string> kTops = {"/usr", "/bin", "/sbin", "/lib",  "/lib32", "/lib64",
                                              "/etc", "/dev", "/proc", "/work", "/tmp"};
  return kTops.contains(top);
}

std::string TopOf(const fs::path& path) { return "/" + std::next(path.begin())->native(); }

std::vector<std::string> ParentsBelowTop(const fs::path& path) {
  std::vector<std::string> parents;
  for (fs::path parent = path.parent_path(); parent.parent_path() != "/" && parent != "/";
       parent = parent.parent_path()) {
    parents.insert(parents.begin(), parent.native());
  }
  return parents;
}

std::vector<char*> Pointers(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

bool IsFolder(const os::Fd& tree) {
  struct stat status {};
  if (::fstat(tree.get(), &status) != 0) os::ThrowErrno("fstat of a view");
  return S_ISDIR(status.st_mode);
}

void AddView(LaunchPlan& plan, const View& view, const PrivateRoot& root) {
  plan.trees.push_back(root.CopyOf(view.host.native()));
  ViewMount mount;
  mount.tree = plan.trees.back().get();
  mount.inside = view.inside.c_str();
  mount.folder = IsFolder(plan.trees.back());
  const std::string top = TopOf(view.inside);
  if (view.inside == top) {
    root.EnsurePoint(top, mount.folder ? PrivateRoot::Point::kFolder : PrivateRoot::Point::kFile);
  } else {
    mount.parents = ParentsBelowTop(view.inside);
    const bool shown = std::ranges::any_of(plan.views, [&](const ViewMount& other) { return other.inside == top; });
    const bool held = std::ranges::find(plan.holders, top) != plan.holders.end();
    if (!shown && !held && !HasOwnContent(top)) {
      root.EnsurePoint(top, PrivateRoot::Point::kFolder);
      plan.holders.push_back(top);
    }
  }
  plan.views.push_back(std::move(mount));
}

// "/box/" and "/box" are one place.
void Normalize(View& view) {
  view.inside = view.inside.lexically_normal();
  if (!view.inside.has_filename() && view.inside.has_relative_path()) view.inside = view.inside.parent_path();
  if (!view.inside.is_absolute() || !view.inside.has_relative_path()) {
    throw std::invalid_argument("a view needs an absolute path inside, not " + view.inside.native());
  }
}

std::string TmpfsOptions(const Limits& limits, const char* mode) {
  // A file costs the kernel about a kilobyte that no size limit counts.
  const std::uint64_t files = std::clamp<std::uint64_t>(limits.disk.count / 4096, 64, 65536);
  return "size=" + std::to_string(limits.disk.count) + ",nr_inodes=" + std::to_string(files) + ",mode=" + mode;
}

}  // namespace

std::unique_ptr<LaunchPlan> BasePlan(LaunchOrder order, std::vector<os::Fd> ends) {
  auto plan = std::make_unique<LaunchPlan>();
  plan->order = std::move(order);
  plan->ends = std::move(ends);
  plan->argv = Pointers(plan->order.command.argv);
  plan->environment = Pointers(plan->order.command.environment);
  return plan;
}

void ArrangeViews(std::vector<View>& views) {
  std::ranges::for_each(views, Normalize);
  std::ranges::stable_sort(views, {},
                           [](const View& view) { return std::distance(view.inside.begin(), view.inside.end()); });
}

std::unique_ptr<LaunchPlan> BuildPlan(LaunchOrder order, std::vector<os::Fd> ends, const PrivateRoot& root) {
  auto plan = BasePlan(std::move(order), std::move(ends));
  plan->private_files = TmpfsOptions(plan->order.limits, "0755");
  plan->shared_files = TmpfsOptions(plan->order.limits, "1777");
  ArrangeViews(plan->order.files.views);
  for (const View& view : plan->order.files.views) AddView(*plan, view, root);
  return plan;
}

}  // namespace grader::sandbox
