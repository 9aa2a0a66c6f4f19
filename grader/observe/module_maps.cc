#include "grader/observe/module_maps.h"

#include <array>
#include <optional>

namespace grader::observe {
namespace {

constexpr std::array<std::string_view, 4> kSystemFolders = {"/usr", "/lib", "/lib64", "/bin"};

// What is left of path below folder ("" for the folder itself), or nothing if it is not below.
std::optional<std::string_view> Below(std::string_view path, std::string_view folder) {
  while (folder.size() > 1 && folder.ends_with('/')) folder.remove_suffix(1);
  if (!path.starts_with(folder)) return std::nullopt;
  path.remove_prefix(folder.size());
  if (path.empty() || path.front() == '/') return path;
  return std::nullopt;
}

std::optional<std::string> HostPath(std::string_view inside, const sandbox::Files& files) {
  for (const sandbox::View& view : files.views) {
    if (const auto rest = Below(inside, view.inside.native())) return view.host.native() + std::string(*rest);
  }
  for (const std::string_view folder : kSystemFolders) {
    if (Below(inside, folder)) return std::string(inside);
  }
  return std::nullopt;
}

}  // namespace

std::string ModuleMaps(std::string_view maps, const sandbox::Files& files) {
  std::string modules;
  int lines = 0;
  while (!maps.empty() && lines < kMostModuleLines) {
    const std::size_t end = maps.find('\n');
    const std::string_view line = maps.substr(0, end);
    maps.remove_prefix(end == std::string_view::npos ? maps.size() : end + 1);
    // The columns before the path hold no slash (proc_pid_maps(5)).
    const std::size_t path = line.find('/');
    if (path == std::string_view::npos) continue;
    const auto host = HostPath(line.substr(path), files);
    if (!host) continue;
    modules.append(line.substr(0, path)).append(*host).append("\n");
    ++lines;
  }
  return modules;
}

bool InView(std::string_view host_path, const sandbox::Files& files) {
  for (const sandbox::View& view : files.views) {
    if (Below(host_path, view.host.native())) return true;
  }
  return false;
}

}  // namespace grader::observe
