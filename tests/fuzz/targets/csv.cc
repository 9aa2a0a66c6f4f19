// Rosters and grades as spreadsheets write them.
#include "grader/batch/csv.h"

#include "grader/batch/error.h"
#include "tests/fuzz/target.h"

namespace grader::fuzz {

void Try(std::string_view bytes) {
  try {
    for (const batch::CsvRow& row : batch::ReadCsv(bytes, "roster.csv")) {
      Require(row.line > 0 && !row.cells.empty(), "a row has cells");
      const std::string line = batch::CsvLine(row.cells);
      Require(line.ends_with('\n'), "a row ends its line");
      // A number with a sign is one.
      const bool number = line.find_first_not_of("0123456789.", 1) != 1;
      const bool formula = std::string_view("=+-@\t\r").find(line.front()) != std::string_view::npos;
      Require(!formula || number, "no cell is a formula");
    }
  } catch (const batch::InputError&) {
  }
}

}  // namespace grader::fuzz
