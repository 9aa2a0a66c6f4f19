#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "grader/cli/command_text.h"
#include "grader/cli/exit_status.h"

namespace CLI {
class App;
}

namespace grader::cli {

// What a command does.
using Action = std::function<ExitStatus()>;

// One command being described to the parser. Targets are written while parsing, and must outlive it.
class Command {
 public:
  // In the order in which they are typed.
  void Argument(ArgumentText text, std::string& target);
  void Argument(ArgumentText text, std::optional<std::string>& target);

  void Arguments(ArgumentText text, std::vector<std::string>& target);  // one or more; the last

  void Flag(const OptionText& text, std::function<void()> set);
  void Option(const OptionText& text, std::optional<std::string>& target);
  void Option(const OptionText& text, std::vector<std::string>& target);  // may be repeated
  void Option(const OptionText& text, std::optional<std::uint64_t>& target);
  void Option(const OptionText& text, int& target);  // from 1 to 1000
  void Choice(const OptionText& text, const std::function<void(const std::string&)>& set);

  // Words that begin so, "-O" and "-D", go to flags, and all behind a word "--" to rest; the parser sees neither.
  void PassOn(std::vector<std::string> prefixes, std::vector<std::string>& flags, std::vector<std::string>& rest);

  void Does(Action action) { action_ = std::move(action); }

  const CommandText& text() const { return text_; }

 private:
  friend class CommandLine;
  Command(CLI::App& app, CommandText text) : app_(app), text_(std::move(text)) {}
  bool IsRequired(const ArgumentText& text) const;
  void Remember(const OptionText& text) { text_.options.push_back(text); }

  std::vector<std::string> TakePassedOn(const std::vector<std::string>& words);

  CLI::App& app_;
  CommandText text_;
  Action action_;
  std::vector<std::string> passed_on_;
  std::vector<std::string>* flags_ = nullptr;
  std::vector<std::string>* rest_ = nullptr;
};

// All that may be typed behind `grade`.
class CommandLine {
 public:
  CommandLine();
  CommandLine(const CommandLine&) = delete;
  CommandLine& operator=(const CommandLine&) = delete;
  ~CommandLine();

  // The command without a name, and the others.
  Command& Unnamed() { return *commands_.front(); }
  Command& Add(const std::string& name, const std::string& meaning);

  // What is asked for, help and version included. Throws UsageError: one line that ends in where to read on.
  Action Parse(const std::vector<std::string>& words);

  // The one without a name first.
  std::vector<CommandText> Texts() const;
  std::vector<std::string> Names() const;

 private:
  const Command& Given() const;
  std::vector<std::string> WithoutPassedOn(const std::vector<std::string>& words);
  void RefuseExtras() const;
  void RefuseCommandForFolder() const;
  std::string ReadOn() const;

  std::unique_ptr<CLI::App> app_;
  std::vector<std::unique_ptr<Command>> commands_;
};

}  // namespace grader::cli
