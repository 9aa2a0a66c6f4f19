// The folder that a server is given: fresh files, links, and things outside it that nobody may get.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "grader/build/scratch_folder.h"
#include "grader/checks/random.h"
#include "grader/sandbox/files.h"

namespace grader::checks::lab17 {

//   /site/www/          what is served: files(), folder(), and links:
//            /inward    to a file in it
//            /outward   to /site/secret.txt; /absolute as well; /chain leads to /outward
//            /door      to /site/www-old
//   /site/secret.txt    outside
//   /site/www-old/secret.txt
class Site {
 public:
  explicit Site(Random& random);

  static constexpr const char* kInside = "/site/www";

  // Its content, by the path that a request names; encoded where it has to be.
  const std::map<std::string, std::string>& files() const { return files_; }
  const std::string& folder() const { return folder_; }  // a path below which there are files
  const std::string& inner() const { return inner_; }    // one of them, which /inward is a link to
  const std::string& secret() const { return secret_; }  // the content of what is outside

  // Makes one of 12 MiB, more than all buffers of a connection hold; its path. Before the server starts.
  std::string AddBig(Random& random);

  sandbox::View view() const { return {folder_of_all_.path(), "/site"}; }

 private:
  void Add(const std::string& name, const std::string& path, std::string content);

  build::ScratchFolder folder_of_all_;
  std::map<std::string, std::string> files_;
  std::string folder_;
  std::string inner_;
  std::string secret_;
};

// So many bytes, of all values.
std::string RandomBytes(Random& random, std::size_t size);

}  // namespace grader::checks::lab17
