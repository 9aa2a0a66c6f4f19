#include "grader/schedule/token.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace grader::schedule {
namespace {

using ::testing::ElementsAre;

constexpr Token kSurwToken{
    .recipe = {.strategy = Strategy::kSurw, .options = kSpuriousWakeUps | kEarlyTimeouts, .seed = 0x9f21c07a},
    .hash = 0x5be1d9a0,
    .program = 0x77aa12bc};

TEST(Token, IsShortEnoughToCopy) { EXPECT_EQ(ToText(kSurwToken), "1.surw.3.3.9f21c07a.5be1d9a0.77aa12bc"); }

TEST(Token, GivesTheRecipeBack) {
  const auto token = TokenFromText(ToText(kSurwToken));
  ASSERT_TRUE(token);
  EXPECT_EQ(token->recipe.strategy, Strategy::kSurw);
  EXPECT_EQ(token->recipe.options, 3u);
  EXPECT_EQ(token->recipe.seed, 0x9f21c07au);
  EXPECT_EQ(token->recipe.depth, 3u);
  EXPECT_EQ(token->hash, 0x5be1d9a0u);
  EXPECT_EQ(token->program, 0x77aa12bcu);
}

TEST(Token, CountsWhatRepeatsInAPath) {
  Token token;
  token.recipe = {.strategy = Strategy::kPrefix, .prefix = {0, 0, 0, 2, 1, 1}};
  const auto text = ToText(token);
  EXPECT_EQ(text, "1.path.0.3.0.00000000.00000000.0x3-2-1x2");
  const auto again = TokenFromText(text);
  ASSERT_TRUE(again);
  EXPECT_THAT(again->recipe.prefix, ElementsAre(0, 0, 0, 2, 1, 1));
}

class NoToken : public ::testing::TestWithParam<const char*> {};

TEST_P(NoToken, IsRefused) { EXPECT_FALSE(TokenFromText(GetParam())); }

INSTANTIATE_TEST_SUITE_P(Token, NoToken,
                         ::testing::Values("", "1", "surw", "1.surw.3.3.9f21c07a.5be1d9a0", "1.none.0.3.0.0.0",
                                           "999.surw.0.3.0.0.0", "1.surw.20.3.0.0.0", "1.surw.0.3.0.0.zz",
                                           "1.path.0.3.0.0.0.", "1.path.0.3.0.0.0.0x", "1.path.0.3.0.0.0.-1",
                                           "1.path.0.3.0.0.0.0x99999999999999", "1.path.0.3.0.0.0.0x4000000000",
                                           "1.surw.0.3.0.0.0.0.0"));

}  // namespace
}  // namespace grader::schedule
