// Comma-separated values (RFC 4180).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace grader::batch {

struct CsvRow {
  int line = 0;  // of the file, from 1, where the row begins
  std::vector<std::string> cells;
};

// Rows of cells. Takes LF and CRLF, a byte order mark, quoted cells with line ends in them, and ';' instead of ',' if
// the first line has more of them, as spreadsheets write. Rows without any text are left out. Throws InputError, naming
// `file` and the line, for a quote that is not closed.
std::vector<CsvRow> ReadCsv(std::string_view text, const std::string& file);

// One row with its line end (LF). Cells that a spreadsheet would take for a formula get an apostrophe in front: names
// come from students.
std::string CsvLine(const std::vector<std::string>& cells);

}  // namespace grader::batch
