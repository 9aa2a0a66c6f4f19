#include "tests/batch/archive_writer.h"

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>

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

void Need(archive* writer, int result) {
  if (result != ARCHIVE_OK) throw std::runtime_error(archive_error_string(writer));
}

void Put(archive* writer, const ArchiveEntry& one, ArchiveFormat format) {
  const std::unique_ptr<archive_entry, Free> entry(archive_entry_new());
  if (format == ArchiveFormat::kPax || format == ArchiveFormat::kUtf8Zip) {
    archive_entry_set_pathname_utf8(entry.get(), one.name.c_str());
  } else {
    archive_entry_set_pathname(entry.get(), one.name.c_str());
  }
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
  Need(writer, archive_write_header(writer, entry.get()));
  if (file) archive_write_data(writer, one.content.data(), one.content.size());
  if (one.kind == Kind::kSparse) archive_write_data(writer, "x", 1);
}

void Choose(archive* writer, ArchiveFormat format) {
  switch (format) {
    case ArchiveFormat::kTarGz:
    case ArchiveFormat::kPax:
      Need(writer, archive_write_set_format_pax_restricted(writer));
      // Without it, bytes of names are written as they are.
      Need(writer,
           archive_write_set_options(writer, format == ArchiveFormat::kPax ? "hdrcharset=UTF-8" : "hdrcharset=BINARY"));
      Need(writer, archive_write_add_filter_gzip(writer));
      return;
    case ArchiveFormat::kEncryptedZip:
      Need(writer, archive_write_set_format_zip(writer));
      Need(writer, archive_write_set_options(writer, "zip:encryption=traditional"));
      Need(writer, archive_write_set_passphrase(writer, "secret"));
      return;
    case ArchiveFormat::kUtf8Zip:
      Need(writer, archive_write_set_format_zip(writer));
      Need(writer, archive_write_set_options(writer, "zip:hdrcharset=UTF-8"));
      return;
    case ArchiveFormat::kZip:
      Need(writer, archive_write_set_format_zip(writer));
      return;
  }
}

void Write(const std::filesystem::path& file, ArchiveFormat format, const std::vector<ArchiveEntry>& entries) {
  const std::unique_ptr<archive, Free> writer(archive_write_new());
  Choose(writer.get(), format);
  if (archive_write_open_filename(writer.get(), file.c_str()) != ARCHIVE_OK) throw std::runtime_error("archive");
  for (const ArchiveEntry& entry : entries) Put(writer.get(), entry, format);
  if (archive_write_close(writer.get()) != ARCHIVE_OK) throw std::runtime_error("archive");
}

}  // namespace

void WriteArchive(const std::filesystem::path& file, ArchiveFormat format, const std::vector<ArchiveEntry>& entries) {
  // libarchive writes no name in UTF-8 where the locale has no characters for it.
  const std::unique_ptr<std::remove_pointer_t<locale_t>, decltype(&freelocale)> utf8(
      newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr), freelocale);
  const auto before = uselocale(utf8.get());
  Write(file, format, entries);
  uselocale(before);
}

}  // namespace grader::batch::testing
