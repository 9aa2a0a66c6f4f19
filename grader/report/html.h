// Markup that is read the same way as HTML and as XML. Every text goes through here, so none can become markup.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace grader::report {

class Html {
 public:
  using Attributes = std::vector<std::pair<std::string_view, std::string>>;

  // An element that ends with its scope.
  class [[nodiscard]] Scope {
   public:
    explicit Scope(Html& html) : html_(html) {}
    ~Scope() { html_.Close(); }
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

   private:
    Html& html_;
  };

  Scope In(std::string_view name, const Attributes& attributes = {});

  // An element with this text, and nothing else.
  void Put(std::string_view name, const Attributes& attributes, std::string_view text);
  void Put(std::string_view name, std::string_view text) { Put(name, {}, text); }

  // An element without content: <meta .../>.
  void Void(std::string_view name, const Attributes& attributes = {});

  // Any bytes; what controls or reorders text is shown as an escape (text.h).
  void Text(std::string_view bytes);

  // Our own: a document type, a style sheet.
  void Raw(std::string_view markup) { out_ += markup; }

  std::string Take() && { return std::move(out_); }

 private:
  void Start(std::string_view name, const Attributes& attributes);
  void Close();

  std::string out_;
  std::vector<std::string> open_;
};

// "12", "12.5": for coordinates.
std::string Px(double length);

}  // namespace grader::report
