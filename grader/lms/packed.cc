#include "grader/lms/packed.h"

#include <archive.h>
#include <archive_entry.h>

#include <memory>
#include <stdexcept>

namespace grader::lms {
namespace {

constexpr time_t kTime = 1'767'225'600;  // the first second of 2026: packs of the same files are the same

using Writer = std::unique_ptr<archive, decltype(&archive_write_free)>;
using Entry = std::unique_ptr<archive_entry, decltype(&archive_entry_free)>;

void Need(archive* writer, int result) {
  if (result < ARCHIVE_WARN) throw std::runtime_error(std::string("cannot pack: ") + archive_error_string(writer));
}

la_ssize_t Append(archive*, void* out, const void* bytes, size_t count) {
  static_cast<std::string*>(out)->append(static_cast<const char*>(bytes), count);
  return static_cast<la_ssize_t>(count);
}

void Choose(archive* writer, ArchiveKind kind) {
  switch (kind) {
    case ArchiveKind::kZip:
      Need(writer, archive_write_set_format_zip(writer));
      Need(writer, archive_write_set_options(writer, "zip:compression-level=3"));
      return;
    case ArchiveKind::kTar:
      Need(writer, archive_write_set_format_ustar(writer));
      return;
    case ArchiveKind::kTarGz:
      Need(writer, archive_write_set_format_ustar(writer));
      Need(writer, archive_write_add_filter_gzip(writer));
      Need(writer, archive_write_set_options(writer, "gzip:compression-level=3,gzip:!timestamp"));
      return;
  }
}

void Add(archive* writer, const PackFile& file) {
  const Entry entry(archive_entry_new(), archive_entry_free);
  archive_entry_set_pathname(entry.get(), file.name.c_str());
  archive_entry_set_size(entry.get(), static_cast<la_int64_t>(file.text.size()));
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  archive_entry_set_perm(entry.get(), file.mode == PackFile::Mode::kExecutable ? 0755 : 0644);
  archive_entry_set_mtime(entry.get(), kTime, 0);
  Need(writer, archive_write_header(writer, entry.get()));
  if (archive_write_data(writer, file.text.data(), file.text.size()) < 0) Need(writer, ARCHIVE_FATAL);
}

}  // namespace

std::string Packed(const std::vector<PackFile>& files, ArchiveKind kind) {
  std::string bytes;
  const Writer writer(archive_write_new(), archive_write_free);
  Choose(writer.get(), kind);
  Need(writer.get(), archive_write_open(writer.get(), &bytes, nullptr, Append, nullptr));
  for (const PackFile& file : files) Add(writer.get(), file);
  Need(writer.get(), archive_write_close(writer.get()));
  return bytes;
}

}  // namespace grader::lms
