#include "grader/cli/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>

#include "grader/cli/errors.h"
#include "grader/cli/help.h"
#include "grader/cli/version.h"
#include "grader/course/nearest.h"

namespace grader::cli {
namespace {

constexpr int kMostOfANumber = 1000;

// What the parser knows by itself, for help and completion.
const OptionText kHelp{"--help", "show this"};
const OptionText kVersionText{"--version", "show the version"};

Action Print(std::string text, std::ostream& out, ExitStatus status) {
  return [text = std::move(text), &out, status] {
    out << text;
    return status;
  };
}

}  // namespace

void Command::Argument(ArgumentText text, std::string& target) {
  app_.add_option(NameOf(text.value), target)->required(IsRequired(text));
  text_.arguments.push_back(std::move(text));
}

void Command::Argument(ArgumentText text, std::optional<std::string>& target) {
  app_.add_option(NameOf(text.value), target)->required(IsRequired(text));
  text_.arguments.push_back(std::move(text));
}

void Command::Arguments(ArgumentText text, std::vector<std::string>& target) {
  text.repeated = true;
  app_.add_option(NameOf(text.value), target)->required(IsRequired(text));
  text_.arguments.push_back(std::move(text));
}

void Command::PassOn(std::vector<std::string> prefixes, std::vector<std::string>& flags,
                     std::vector<std::string>& rest) {
  passed_on_ = std::move(prefixes);
  flags_ = &flags;
  rest_ = &rest;
  text_.behind = "[-- ARG...]";
}

std::vector<std::string> Command::TakePassedOn(const std::vector<std::string>& words) {
  if (rest_ == nullptr) return words;
  const auto end = std::find(words.begin(), words.end(), "--");
  if (end != words.end()) rest_->assign(end + 1, words.end());
  std::vector<std::string> others;
  for (auto word = words.begin(); word != end; ++word) {
    const auto begins = [&](const std::string& prefix) { return word->starts_with(prefix); };
    const bool is_flag = std::any_of(passed_on_.begin(), passed_on_.end(), begins);
    (is_flag ? *flags_ : others).push_back(*word);
  }
  return others;
}

bool Command::IsRequired(const ArgumentText& text) const {
  // While the app itself lacks a required argument, CLI11 takes no word for a command.
  return text.required && !text_.name.empty();
}

void Command::Flag(const OptionText& text, std::function<void()> set) {
  app_.add_flag_callback(text.name, std::move(set));
  Remember(text);
}

void Command::Option(const OptionText& text, std::optional<std::string>& target) {
  app_.add_option(text.name, target);
  Remember(text);
}

void Command::Option(const OptionText& text, std::vector<std::string>& target) {
  // One word each time: what follows it is LAB or DIR.
  app_.add_option(text.name, target)->expected(1)->take_all();
  Remember(text);
}

void Command::Option(const OptionText& text, std::optional<std::uint64_t>& target) {
  app_.add_option(text.name, target);
  Remember(text);
}

void Command::Option(const OptionText& text, int& target) {
  app_.add_option(text.name, target)->check(CLI::Range(1, kMostOfANumber));
  Remember(text);
}

void Command::Choice(const OptionText& text, const std::function<void(const std::string&)>& set) {
  app_.add_option_function<std::string>(text.name, set)->check(CLI::IsMember(text.value->choices));
  Remember(text);
}

CommandLine::CommandLine() : app_(std::make_unique<CLI::App>()) {
  app_->name("grade");
  app_->set_help_flag("--help,-h");
  app_->set_version_flag("--version", std::string("grade ") + kVersion);
  app_->require_subcommand(0, 1);
  app_->allow_extras();
  commands_.push_back(std::unique_ptr<Command>(new Command(*app_, {})));
}

CommandLine::~CommandLine() = default;

Command& CommandLine::Add(const std::string& name, const std::string& meaning) {
  CLI::App* command = app_->add_subcommand(name);
  command->set_help_flag("--help,-h");
  command->allow_extras();
  commands_.push_back(std::unique_ptr<Command>(new Command(*command, {name, meaning, {}, {}})));
  return *commands_.back();
}

const Command& CommandLine::Given() const {
  for (const auto& command : commands_) {
    if (&command->app_ != app_.get() && command->app_.parsed()) return *command;
  }
  return *commands_.front();
}

std::string CommandLine::ReadOn() const {
  const std::string& name = Given().text_.name;
  return "; see: grade " + (name.empty() ? "" : name + " ") + "--help";
}

void CommandLine::RefuseExtras() const {
  const auto extras = app_->remaining(true);
  if (extras.empty()) return;
  const std::string& word = extras.front();
  if (!word.starts_with('-')) throw UsageError("'" + word + "' is one word too many" + ReadOn());
  const std::string name = word.substr(0, word.find('='));
  std::vector<std::string> options = {kHelp.name};
  for (const OptionText& option : Given().text_.options) options.push_back(option.name);
  throw UsageError("there is no option '" + name + "'" + course::DidYouMean(name, options) + ReadOn());
}

// grade lab2 start
void CommandLine::RefuseCommandForFolder() const {
  const std::string& name = Given().text_.name;
  if (name.empty() || app_->get_option("LAB")->empty()) return;
  throw UsageError("'" + name + "' is a command; to grade a folder of that name, write ./" + name);
}

std::vector<std::string> CommandLine::WithoutPassedOn(const std::vector<std::string>& words) {
  if (words.empty()) return words;
  for (const auto& command : commands_) {
    if (command->text_.name == words.front()) return command->TakePassedOn(words);
  }
  return words;
}

Action CommandLine::Parse(const std::vector<std::string>& words) {
  try {
    const auto parsed = WithoutPassedOn(words);
    app_->parse(std::vector<std::string>(parsed.rbegin(), parsed.rend()));  // CLI11 takes them from the back
  } catch (const CLI::CallForHelp&) {
    const CommandText asked = Given().text_;
    return Print(asked.name.empty() ? HelpText(Texts()) : HelpText(asked), std::cout, ExitStatus::kSuccess);
  } catch (const CLI::CallForVersion& version) {
    return Print(std::string(version.what()) + "\n", std::cout, ExitStatus::kSuccess);
  } catch (const CLI::ParseError& error) {
    RefuseCommandForFolder();
    throw UsageError(error.what() + ReadOn());
  }
  RefuseCommandForFolder();
  RefuseExtras();
  if (words.empty()) return Print(HelpText(Texts()), std::cerr, ExitStatus::kUsage);
  if (Given().text_.name.empty() && app_->get_option("LAB")->empty()) {
    throw UsageError("say which lab" + ReadOn());
  }
  return Given().action_;
}

std::vector<CommandText> CommandLine::Texts() const {
  std::vector<CommandText> texts;
  for (const auto& command : commands_) {
    texts.push_back(command->text_);
    texts.back().options.push_back(kHelp);
  }
  texts.front().options.push_back(kVersionText);
  return texts;
}

std::vector<std::string> CommandLine::Names() const {
  std::vector<std::string> names;
  for (const auto& command : commands_) {
    if (!command->text_.name.empty()) names.push_back(command->text_.name);
  }
  return names;
}

}  // namespace grader::cli
