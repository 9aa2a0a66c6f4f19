#include "grader/batch/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>
#include <locale.h>
#include <unistd.h>
#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <set>
#include <string>
#include <system_error>
#include <vector>

#include "grader/report/text.h"

namespace grader::batch {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBlock = 64 << 10;

struct FreeReader {
  void operator()(archive* reader) const { archive_read_free(reader); }
};
using Reader = std::unique_ptr<archive, FreeReader>;

std::string Lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

// The same for all names that some file system takes for one: other capitals, accents composed or apart (Unicode's
// NFKC_Casefold). Bytes that are no UTF-8 count as they are.
std::string Folded(const std::string& name) {
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(name.c_str());
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> folded(utf8proc_NFKC_Casefold(bytes), &std::free);
  return folded ? reinterpret_cast<const char*>(folded.get()) : Lower(name);
}

// Names are students' own: shown in reports, so in one printable line.
std::string Shown(const std::string& name) { return report::OneLine(name); }

[[noreturn]] void Refuse(const std::string& why, const std::string& name) {
  throw RefusedArchive(fmt::format("{} ({})", why, Shown(name)));
}

// While it lives, names are UTF-8 to this thread: libarchive gives none that the locale has no characters for.
class Utf8Names {
 public:
  Utf8Names() : utf8_(newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)) {
    if (utf8_ == nullptr) throw std::runtime_error("the locale C.UTF-8 is missing; install the package libc-bin again");
    before_ = uselocale(utf8_);
  }
  ~Utf8Names() {
    uselocale(before_);
    freelocale(utf8_);
  }
  Utf8Names(const Utf8Names&) = delete;
  Utf8Names& operator=(const Utf8Names&) = delete;

 private:
  locale_t utf8_;
  locale_t before_;
};

Reader Open(const fs::path& file) {
  if (access(file.c_str(), R_OK) != 0) throw std::system_error(errno, std::generic_category(), file.string());
  if (fs::file_size(file) == 0) throw RefusedArchive("it is an empty file");
  Reader reader(archive_read_new());
  if (!reader) throw std::system_error(ENOMEM, std::generic_category(), "archive_read_new");
  archive_read_support_filter_all(reader.get());
  archive_read_support_format_zip(reader.get());
  archive_read_support_format_tar(reader.get());
  archive_read_support_format_7zip(reader.get());
  if (archive_read_open_filename(reader.get(), file.c_str(), kBlock) == ARCHIVE_OK) return reader;
  throw RefusedArchive("it is no archive that can be read, whatever its name says");
}

// In UTF-8, whatever the locale. Of a name in some old code page, other characters than ASCII are not needed: each
// becomes "_".
std::string NameOf(archive_entry* entry) {
  const char* bytes = archive_entry_pathname(entry);
  if (bytes != nullptr && report::Utf8(bytes) == bytes) return bytes;
  if (bytes == nullptr) throw RefusedArchive("it holds something without a name");
  std::string name = bytes;
  std::ranges::replace_if(
      name, [](unsigned char c) { return c >= 0x80; }, '_');
  return name;
}

// The parts of an entry's name, judged.
std::vector<std::string> PartsOf(const std::string& name, const ArchiveBounds& bounds) {
  if (name.starts_with('/') || (name.size() > 1 && name[1] == ':')) Refuse("it holds an absolute name", name);
  const bool printable = std::ranges::none_of(name, [](unsigned char c) { return c < 0x20 || c == 0x7F; });
  if (!printable || name.find('\\') != std::string::npos) Refuse("it holds a name that is no plain file name", name);
  std::vector<std::string> parts;
  for (const auto& part : fs::path(name)) {
    if (part == "..") Refuse("it holds a name with ..", name);
    if (part.native().size() > NAME_MAX) Refuse("it holds a name that is too long", name);
    if (!part.empty() && part != ".") parts.push_back(part.string());
  }
  if (static_cast<int>(parts.size()) > bounds.depth) Refuse("it holds too many folders within folders", name);
  return parts;
}

bool IsLitter(const std::vector<std::string>& parts) {
  return parts.empty() || parts.front() == "__MACOSX" || parts.back() == ".DS_Store" || parts.back() == "Thumbs.db";
}

// Unpacks one archive.
class Unpacking {
 public:
  Unpacking(const fs::path& folder, const ArchiveBounds& bounds) : folder_(folder), bounds_(bounds) {}

  void Unpack(archive* reader) {
    archive_entry* entry = nullptr;
    for (int entries = 1;; ++entries) {
      const int status = archive_read_next_header(reader, &entry);
      if (status == ARCHIVE_EOF) return;
      if (status < ARCHIVE_WARN) throw RefusedArchive("it is damaged");
      if (entries > bounds_.entries) throw RefusedArchive(fmt::format("it holds over {} entries", bounds_.entries));
      Take(reader, entry);
    }
  }

 private:
  void Take(archive* reader, archive_entry* entry) {
    const std::string name = NameOf(entry);
    const auto parts = PartsOf(name, bounds_);
    if (archive_entry_symlink(entry) != nullptr || archive_entry_hardlink(entry) != nullptr) {
      Refuse("it holds a link", name);
    }
    if (archive_entry_is_encrypted(entry) != 0) Refuse("it is encrypted", name);
    const auto type = archive_entry_filetype(entry);
    if (type != AE_IFREG && type != AE_IFDIR) Refuse("it holds something that is neither file nor folder", name);
    // What it says of itself may be less than the truth, which Read() counts, but not more.
    if (archive_entry_size_is_set(entry) != 0 &&
        archive_entry_size(entry) > static_cast<std::int64_t>(bounds_.file_bytes)) {
      Refuse("it holds a file that is too large", name);
    }
    const auto leave = [](const char*, std::size_t) {};
    if (IsLitter(parts)) return Read(reader, name, leave);
    fs::path path = folder_;
    for (const auto& part : parts) path /= part;
    if (type == AE_IFDIR) return MakeFolder(path, name);
    MakeFolder(path.parent_path(), name);
    if (!names_.insert(Folded(path.string())).second) Refuse("it holds two entries of one name", name);
    Write(reader, path, name);
  }

  void MakeFolder(const fs::path& path, const std::string& name) {
    std::error_code error;
    fs::create_directories(path, error);
    if (error == std::errc::not_a_directory || error == std::errc::file_exists) {
      Refuse("it holds a file and a folder of one name", name);
    }
    if (error) throw std::system_error(error, path.string());
  }

  void Write(archive* reader, const fs::path& path, const std::string& name) {
    if (fs::is_directory(path)) Refuse("it holds a file and a folder of one name", name);
    std::ofstream file(path, std::ios::binary);
    Read(reader, name, [&](const char* block, std::size_t size) {
      file.write(block, static_cast<std::streamsize>(size));
      // At once: a full disk must not cost the time to unpack a bomb.
      if (!file) throw std::system_error(errno, std::generic_category(), path.string());
    });
    file.close();
    if (!file) throw std::system_error(errno, std::generic_category(), path.string());
  }

  // All of an entry's content, also of what is left out: skipping it would not be bounded.
  template <typename Take>
  void Read(archive* reader, const std::string& name, const Take& take) {
    std::array<char, kBlock> block;
    std::uint64_t size = 0;
    while (true) {
      const auto got = archive_read_data(reader, block.data(), block.size());
      if (got < 0) Refuse("it is damaged or encrypted", name);
      if (got == 0) return;
      size += static_cast<std::uint64_t>(got);
      bytes_ += static_cast<std::uint64_t>(got);
      if (size > bounds_.file_bytes) Refuse("it holds a file that is too large", name);
      if (bytes_ > bounds_.bytes) throw RefusedArchive("it holds too much, unpacked");
      take(block.data(), static_cast<std::size_t>(got));
    }
  }

  const fs::path& folder_;
  const ArchiveBounds& bounds_;
  std::set<std::string> names_;
  std::uint64_t bytes_ = 0;
};

void Empty(const fs::path& folder) {
  for (const auto& entry : fs::directory_iterator(folder)) fs::remove_all(entry.path());
}

}  // namespace

bool IsArchive(const fs::path& file) {
  const auto name = Lower(file.filename().string());
  constexpr std::array kEndings = {".zip", ".tar", ".tgz", ".tar.gz", ".tar.xz", ".tar.bz2", ".tar.zst", ".7z"};
  return std::ranges::any_of(kEndings, [&](const char* ending) { return name.ends_with(ending); });
}

void Unpack(const fs::path& archive, const fs::path& folder, const ArchiveBounds& bounds) {
  try {
    const Utf8Names utf8;
    const Reader reader = Open(archive);
    Unpacking(folder, bounds).Unpack(reader.get());
  } catch (...) {
    Empty(folder);
    throw;
  }
}

}  // namespace grader::batch
