// SPDX-License-Identifier: Apache-2.0
package dev.auriga.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.completion.CompletionRequest;
import dev.auriga.completion.Message;
import dev.auriga.completion.Outline;
import dev.auriga.completion.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeywordsTest {
  private final Keywords keywords = new Keywords();

  private Task classify(String text) {
    return keywords.classify(Outline.of(CompletionRequest.to("auto").message(Message.user(text)).build())).task();
  }

  @ParameterizedTest
  @CsvSource({
    "Write code for this, CODING",
    "what does this FUNCTION do, CODING",
    "Implement a binary search tree, CODING",
    "please deBUG it, CODING",
    "a sorting algorithm, CODING",
    "decode this, CODING",
    "Tell me a story, CREATIVE",
    "be Creative, CREATIVE",
    "a poem about rain, CREATIVE",
    "the narrative of the war, CREATIVE",
    "analyze the market, ANALYSIS",
    "Evaluate this plan, ANALYSIS",
    "assess the risk, ANALYSIS",
    "compare A and B, ANALYSIS",
    "What is the capital of France?, SIMPLE",
    "'', SIMPLE"
  })
  void findsTheWordsWhereverTheyStand(String text, Task task) {
    assertThat(classify(text)).isEqualTo(task);
  }

  @Test
  void theFirstListWins_whateverStandsFirstInTheText() {
    assertThat(classify("compare the story with the code")).isEqualTo(Task.CODING);
    assertThat(classify("evaluate this poem")).isEqualTo(Task.CREATIVE);
  }

  @Test
  void aPromptOfAHundredCharacters_isAnalysis_andOneLessIsSimple() {
    assertThat(classify("x".repeat(99))).isEqualTo(Task.SIMPLE);
    assertThat(classify("x".repeat(100))).isEqualTo(Task.ANALYSIS);
    assertThat(classify("\uD83D\uDE00".repeat(99))).as("99 characters of two units each").isEqualTo(Task.SIMPLE);
  }

  @Test
  void onlyTheLastUserTextCounts() {
    Outline outline =
        Outline.of(
            CompletionRequest.to("auto")
                .message(Message.system("You write code."))
                .message(Message.user("implement a tree"))
                .message(Message.assistant("function tree() {}"))
                .message(Message.user("thank you"))
                .build());
    assertThat(keywords.classify(outline).task()).isEqualTo(Task.SIMPLE);
  }
}
