// chat_client [host port] (lab 3). The handout, labs/lab03-chat/README.md, says what it must do.
#include <cstdio>
#include <string>
#include <vector>

namespace {

int Usage() {
  std::fputs("usage: chat_client [host port]\n", stderr);
  return 2;
}

// Chats until the server closes.
int Chat([[maybe_unused]] const std::string& host, [[maybe_unused]] int port) {
  // TODO: connect; then wait for both, the person who types and the server. Which of them may keep the other waiting?
  std::fputs("chat_client: it is not written yet\n", stderr);
  return 1;
}

}  // namespace

int main(int argc, char* argv[]) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words.empty()) return Chat("127.0.0.1", 8888);
  if (words.size() != 2) return Usage();
  return Chat(words[0], std::stoi(words[1]));  // TODO: what if that is no port?
}
