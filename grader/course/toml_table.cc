#include "grader/course/toml_table.h"

#include <toml++/toml.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <system_error>

#include "grader/course/nearest.h"

namespace grader::course {
namespace {

// What is quoted from the file may hold anything.
std::string OneLine(std::string text) {
  const auto is_control = [](unsigned char byte) { return byte < ' ' || byte == 0x7f; };
  std::replace_if(text.begin(), text.end(), is_control, ' ');
  return text;
}

CourseError At(const std::string& display, const toml::source_position& at, const std::string& what) {
  const auto line = std::max<toml::source_index>(at.line, 1);
  const auto column = std::max<toml::source_index>(at.column, 1);
  return CourseError(display + ":" + std::to_string(line) + ":" + std::to_string(column) + ": " + OneLine(what));
}

std::string ReadAll(const std::filesystem::path& file, const std::string& display) {
  std::error_code error;
  if (std::filesystem::is_directory(file, error)) error = std::make_error_code(std::errc::is_a_directory);
  if (!error) {
    errno = 0;
    std::ifstream in(file, std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    if (in.is_open() && !in.bad()) return text;
    error.assign(errno, std::generic_category());
  }
  throw At(display, {}, "cannot be read (" + error.message() + "); check that it is a file that you may read");
}

const char* Kind(const toml::node& node) {
  switch (node.type()) {
    case toml::node_type::string:
      return "a string";
    case toml::node_type::integer:
      return "an integer";
    case toml::node_type::floating_point:
      return "a fraction";
    case toml::node_type::boolean:
      return "a boolean";
    case toml::node_type::array:
      return node.is_array_of_tables() ? "a list of tables" : "a list";
    case toml::node_type::table:
      return "a table";
    case toml::node_type::date:
      return "a date";
    case toml::node_type::time:
      return "a time of day";
    case toml::node_type::date_time:
      return "a date and time";
    case toml::node_type::none:
      break;
  }
  return "nothing";
}

std::string Quoted(std::string_view key) { return "'" + std::string(key) + "'"; }

}  // namespace

struct TomlTable::Node {
  std::shared_ptr<const toml::table> root;  // keeps table alive
  const toml::table* table;
  std::string display;

  const toml::node* Find(std::string_view key) const { return table->get(key); }
  std::shared_ptr<const Node> Below(const toml::table* child) const {
    return std::make_shared<const Node>(Node{root, child, display});
  }
};

TomlTable TomlTable::Load(const std::filesystem::path& file, const std::string& display) {
  const std::string text = ReadAll(file, display);
  try {
    auto root = std::make_shared<const toml::table>(toml::parse(text));
    return TomlTable(std::make_shared<const Node>(Node{root, root.get(), display}));
  } catch (const toml::parse_error& error) {
    throw At(display, error.source().begin, std::string(error.description()) + "; correct the TOML there");
  }
}

CourseError TomlTable::Wrong(std::string_view key, const std::string& what) const {
  const toml::node* node = node_->Find(key);
  return At(node_->display, node ? node->source().begin : node_->table->source().begin, what);
}

void TomlTable::AllowOnly(std::initializer_list<std::string_view> keys) const {
  const std::vector<std::string> known(keys.begin(), keys.end());
  for (const auto& [key, node] : *node_->table) {
    if (std::find(keys.begin(), keys.end(), key.str()) != keys.end()) continue;
    std::string remedy = DidYouMean(key.str(), known);
    if (remedy.empty()) {
      remedy = "; known here:";
      for (const std::string& name : known) remedy += " " + name;
    }
    throw At(node_->display, key.source().begin, "unknown key " + Quoted(key.str()) + remedy);
  }
}

bool TomlTable::Has(std::string_view key) const { return node_->Find(key) != nullptr; }

std::vector<std::string> TomlTable::Keys() const {
  std::vector<std::pair<toml::source_position, std::string>> places;
  for (const auto& [key, node] : *node_->table) places.emplace_back(key.source().begin, key.str());
  std::sort(places.begin(), places.end());
  std::vector<std::string> keys;
  keys.reserve(places.size());
  for (auto& [position, key] : places) keys.push_back(std::move(key));
  return keys;
}

std::optional<std::string> TomlTable::OptionalString(std::string_view key) const {
  const toml::node* node = node_->Find(key);
  if (!node) return std::nullopt;
  auto value = node->value_exact<std::string>();
  if (!value) throw Wrong(key, Quoted(key) + " is " + Kind(*node) + "; write a string in double quotes");
  if (value->empty()) throw Wrong(key, Quoted(key) + " is empty; write its value, or leave the key out");
  return value;
}

std::optional<int> TomlTable::OptionalInteger(std::string_view key, IntRange range) const {
  const toml::node* node = node_->Find(key);
  if (!node) return std::nullopt;
  const std::string remedy =
      "; write an integer from " + std::to_string(range.least) + " to " + std::to_string(range.most);
  const auto value = node->value_exact<std::int64_t>();
  if (!value) throw Wrong(key, Quoted(key) + " is " + Kind(*node) + remedy);
  if (*value < range.least || *value > range.most) {
    throw Wrong(key, Quoted(key) + " is " + std::to_string(*value) + remedy);
  }
  return static_cast<int>(*value);
}

std::optional<bool> TomlTable::OptionalBoolean(std::string_view key) const {
  const toml::node* node = node_->Find(key);
  if (!node) return std::nullopt;
  const auto value = node->value_exact<bool>();
  if (!value) throw Wrong(key, Quoted(key) + " is " + Kind(*node) + "; write true or false");
  return value;
}

std::vector<std::string> TomlTable::OptionalStrings(std::string_view key) const {
  const toml::node* node = node_->Find(key);
  if (!node) return {};
  const std::string remedy = "; write a list of strings, such as " + std::string(key) + " = [\"one\", \"two\"]";
  const toml::array* list = node->as_array();
  if (!list) throw Wrong(key, Quoted(key) + " is " + Kind(*node) + remedy);
  std::vector<std::string> strings;
  for (const toml::node& element : *list) {
    const auto value = element.value_exact<std::string>();
    if (!value) {
      throw At(node_->display, element.source().begin, Quoted(key) + " holds " + Kind(element) + remedy);
    }
    strings.push_back(*value);
  }
  return strings;
}

std::optional<TomlTable> TomlTable::OptionalTable(std::string_view key) const {
  const toml::node* node = node_->Find(key);
  if (!node) return std::nullopt;
  const toml::table* table = node->as_table();
  if (!table) throw Wrong(key, Quoted(key) + " is " + Kind(*node) + "; write a table: [" + std::string(key) + "]");
  return TomlTable(node_->Below(table));
}

std::vector<TomlTable> TomlTable::Tables(std::string_view key) const {
  const toml::node* node = node_->Find(key);
  if (!node) return {};
  if (!node->is_array_of_tables()) {
    throw Wrong(key, Quoted(key) + " is " + Kind(*node) + "; begin each one with [[" + std::string(key) + "]]");
  }
  std::vector<TomlTable> tables;
  for (const toml::node& element : *node->as_array()) {
    tables.push_back(TomlTable(node_->Below(element.as_table())));
  }
  return tables;
}

std::string TomlTable::String(std::string_view key) const {
  if (auto value = OptionalString(key)) return *value;
  throw Wrong(key, "missing key " + Quoted(key) + "; add " + std::string(key) + " = \"…\"");
}

int TomlTable::Integer(std::string_view key, IntRange range) const {
  if (const auto value = OptionalInteger(key, range)) return *value;
  throw Wrong(key, "missing key " + Quoted(key) + "; add " + std::string(key) + " = " + std::to_string(range.least));
}

std::vector<std::string> TomlTable::Strings(std::string_view key) const {
  if (auto values = OptionalStrings(key); !values.empty()) return values;
  throw Wrong(key, std::string(Has(key) ? "empty" : "missing") + " key " + Quoted(key) + "; write " + std::string(key) +
                       " = [\"…\"]");
}

TomlTable TomlTable::Table(std::string_view key) const {
  if (auto table = OptionalTable(key)) return *table;
  throw Wrong(key, "missing table [" + std::string(key) + "]; add it");
}

std::chrono::sys_seconds TomlTable::Instant(std::string_view key) const {
  const toml::node* node = node_->Find(key);
  const auto value = node ? node->value_exact<toml::date_time>() : std::nullopt;
  if (!value || !value->offset) {
    throw Wrong(key, Quoted(key) + " is " + (node ? Kind(*node) : "missing") + (value ? " without a zone" : "") +
                         "; write one such as 2026-10-05T23:59:00+02:00, without quotes");
  }
  const toml::date& date = value->date;
  const toml::time& time = value->time;
  const std::chrono::year_month_day day{std::chrono::year(date.year), std::chrono::month(date.month),
                                        std::chrono::day(date.day)};
  return std::chrono::sys_days(day) + std::chrono::hours(time.hour) + std::chrono::minutes(time.minute) +
         std::chrono::seconds(time.second) - std::chrono::minutes(value->offset->minutes);
}

}  // namespace grader::course
