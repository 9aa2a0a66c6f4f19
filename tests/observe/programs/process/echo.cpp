// Answers each line.
#include <iostream>
#include <string>

int main() {
  for (std::string line; std::getline(std::cin, line);) std::cout << "you said " << line << std::endl;
  std::cout << "bye\n";
}
