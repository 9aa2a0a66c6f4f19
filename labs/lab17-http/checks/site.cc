#include "site.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <utility>

namespace grader::checks::lab17 {

namespace fs = std::filesystem;

std::string RandomBytes(Random& random, std::size_t size) {
  constexpr std::size_t kPiece = 64 * 1024;  // a long content repeats one piece with a number in front of each
  std::string piece;
  while (piece.size() < std::min(size, kPiece)) {
    const auto value = random.Integer(INT64_MIN, INT64_MAX);
    piece.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  std::string bytes;
  for (std::uint64_t number = 0; bytes.size() < size; ++number) {
    std::memcpy(piece.data(), &number, std::min(sizeof number, piece.size()));
    bytes += piece;
  }
  bytes.resize(size);
  return bytes;
}

Site::Site(Random& random) : folder_of_all_(fs::temp_directory_path()) {
  const auto www = folder_of_all_.path() / "www";
  const auto text = [&] { return random.Name(20) + "\n" + random.Name(20) + "\n"; };
  const auto name = random.Name();
  Add("index.html", "/index.html", "<!DOCTYPE html><title>" + text() + "</title>");
  for (const std::string ending : {".html", ".css", ".js", ".txt"}) Add(name + ending, "/" + name + ending, text());
  for (const std::string ending : {".png", ".jpg", ".bin", ""}) {
    Add(name + ending, "/" + name + ending, RandomBytes(random, static_cast<std::size_t>(random.Integer(200, 90'000))));
  }
  Add("empty.txt", "/empty.txt", "");
  folder_ = "/" + random.Name();
  inner_ = folder_ + "/" + random.Name() + ".txt";
  Add(inner_.substr(1), inner_, text());
  Add("a " + name + ".txt", "/a%20" + name + ".txt", text());
  Add("gr\xc3\xbcn-" + name + ".txt", "/gr%C3%bcn%2D" + name + ".txt", text());
  Add("100%-" + name + ".txt", "/100%25-" + name + ".txt", text());
  Add("%41-" + name + ".txt", "/%2541-" + name + ".txt", text());  // which is not /A-…, decoded twice
  Add("x+y-" + name + ".txt", "/x+y-" + name + ".txt", text());

  secret_ = "secret " + random.Name(30);
  constexpr auto kReadable = static_cast<fs::perms>(0644);
  build::WriteFile(folder_of_all_.path() / "secret.txt", secret_, kReadable);
  build::WriteFiles(folder_of_all_.path(), {build::SourceFile{"www-old/secret.txt", secret_}});
  fs::create_symlink(inner_.substr(1), www / "inward");
  fs::create_symlink("../secret.txt", www / "outward");
  fs::create_symlink("/site/secret.txt", www / "absolute");
  fs::create_symlink("outward", www / "chain");
  fs::create_symlink("../www-old", www / "door");
}

std::string Site::AddBig(Random& random) {
  constexpr std::size_t kBig = std::size_t{12} * 1024 * 1024;
  const std::string name = "big-" + random.Name() + ".bin";
  Add(name, "/" + name, RandomBytes(random, kBig));
  return "/" + name;
}

void Site::Add(const std::string& name, const std::string& path, std::string content) {
  build::WriteFiles(folder_of_all_.path(), {build::SourceFile{"www/" + name, content}});
  files_[path] = std::move(content);
}

}  // namespace grader::checks::lab17
