#include "tests/batch/archive_writer.h"

#include <archive.h>
#include <archive_entry.h>

#include <memory>
#include <stdexcept>

namespace grader::batch::testing {
namespace {

using Kind = ArchiveEntry::Kind;

constexpr la_int64_t kTebibyte = la_int64_t{1} << 40;

struct Free {
  void operator()(archive* writer) const { archive_write_free(writer); }
  void operator()(archive_entry* entry) const { archive_entry_free(entry); }
};

unsigned TypeOf(Kind kind) {
  switch (kind) {
    case Kind::kFolder:
      return AE_IFDIR;
    case Kind::kSymlink:
      return AE_IFLNK;
    case Kind::kFifo:
      return AE_IFIFO;
    case Kind::kDevice:
      return AE_IFCHR;
    case Kind::kFile:
    case Kind::kHardLink:
    case Kind::kSparse:
      return AE_IFREG;
  }
  return AE_IFREG;
}

void Put(archive* writer, const ArchiveEntry& one) {
  const std::unique_ptr<archive_entry, Free> entry(archive_entry_new());
  archive_entry_set_pathname(entry.get(), one.name.c_str());
  archive_entry_set_filetype(entry.get(), TypeOf(one.kind));
  archive_entry_set_perm(entry.get(), 0755);
  const bool file = one.kind == Kind::kFile;
  archive_entry_set_size(entry.get(), file ? static_cast<la_int64_t>(one.content.size()) : 0);
  if (one.kind == Kind::kSymlink) archive_entry_set_symlink(entry.get(), one.content.c_str());
  if (one.kind == Kind::kHardLink) archive_entry_set_hardlink(entry.get(), one.content.c_str());
  if (one.kind == Kind::kDevice) archive_entry_set_rdev(entry.get(), 0x103);  // /dev/null
  if (one.kind == Kind::kSparse) {
    archive_entry_set_size(entry.get(), kTebibyte);
    archive_entry_sparse_add_entry(entry.get(), 0, 1);
  }
  if (archive_write_header(writer, entry.get()) != ARCHIVE_OK) throw std::runtime_error(archive_error_string(writer));
  if (file) archive_write_data(writer, one.content.data(), one.content.size());
  if (one.kind == Kind::kSparse) archive_write_data(writer, "x", 1);
}

}  // namespace

void WriteArchive(const std::filesystem::path& file, ArchiveFormat format, const std::vector<ArchiveEntry>& entries) {
  const std::unique_ptr<archive, Free> writer(archive_write_new());
  if (format != ArchiveFormat::kTarGz) {
    archive_write_set_format_zip(writer.get());
    if (format == ArchiveFormat::kEncryptedZip &&
        (archive_write_set_options(writer.get(), "zip:encryption=traditional") != ARCHIVE_OK ||
         archive_write_set_passphrase(writer.get(), "secret") != ARCHIVE_OK)) {
      throw std::runtime_error(archive_error_string(writer.get()));
    }
  } else {
    archive_write_set_format_pax_restricted(writer.get());
    archive_write_set_options(writer.get(), "hdrcharset=BINARY");  // bytes of names as they are
    archive_write_add_filter_gzip(writer.get());
  }
  if (archive_write_open_filename(writer.get(), file.c_str()) != ARCHIVE_OK) throw std::runtime_error("archive");
  for (const ArchiveEntry& entry : entries) Put(writer.get(), entry);
  if (archive_write_close(writer.get()) != ARCHIVE_OK) throw std::runtime_error("archive");
}

}  // namespace grader::batch::testing
