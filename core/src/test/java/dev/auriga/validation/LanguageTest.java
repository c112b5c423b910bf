// SPDX-License-Identifier: Apache-2.0
package dev.auriga.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auriga.validation.Finding.Reason;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          en | The contract is valid, and you have to pay the fee that was agreed.
          de | Der Vertrag ist gültig, und die Gebühr ist nicht auf ein Jahr begrenzt.
          fr | Le contrat est valable et la somme est due dans les trente jours, pour une année.
          es | El contrato es válido y los pagos se hacen como está previsto en una cuenta.
          it | Il contratto è valido e le rate sono come previste nel piano, anche per gli altri.
          pt | O contrato não é nulo, mas os pagamentos são feitos como está previsto, também para você.
          nl | Het contract is geldig en de kosten zijn niet voor een jaar, maar ook voor deze maand.
          sv | Avtalet är giltigt och det är inte för ett år, men det kan också gälla för den som har betalat.
          da | Aftalen er gyldig og det er ikke for et år, men jeg kan ikke se hvad der er betalt af dem.
          pl | Umowa jest ważna i nie wygasa, ale opłata jest należna przez cały rok oraz może być wyższa.
          cs | Smlouva je platná a také nebo zároveň závazná pro všechny, které jsou uvedeny, jako tento dodatek.
          tr | Bu sözleşme çok önemli ve bir yıl için geçerli, daha sonra ne olacak gibi sorular var.
          ru | Договор действует и не истекает, но плата за год должна быть внесена, как это было для всех.
          uk | Договір діє і не закінчується, але плата за рік має бути внесена, як це є для всіх, що також.
          el | Η σύμβαση είναι έγκυρη και ισχύει.
          he | החוזה תקף ומחייב את הצדדים.
          ar | العقد ساري المفعول وملزم للطرفين.
          hi | अनुबंध मान्य है और दोनों पक्षों पर लागू है।
          th | สัญญามีผลบังคับใช้กับทั้งสองฝ่าย
          zh | 该合同有效，对双方均有约束力。
          ja | この契約は有効であり、双方を拘束します。
          ko | 이 계약은 유효하며 양 당사자를 구속합니다.
          """)
  void language_isTold(String language, String text) {
    assertThat(Language.of(text)).contains(language);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "42", "OK", "Paris", "```python\nfor the in and: is that\n  to of it\n```", "SELECT id FROM users WHERE x = 1",
        "https://the.example/and/of/to/is", "Zürich, Genève, Lugano, Berlin, München",
        "The cat is on the mat and it is fine with that. Der Hund ist nicht auf dem Bett und die Katze auch nicht."
      })
  void whatCannotBeTold_isNotGuessed(String text) {
    assertThat(Language.of(text)).isEqualTo(Optional.empty());
  }

  @Test
  void codeDoesNotCount() {
    String text = "Das ist die Lösung, und sie ist nicht schwer zu sehen:\n```\nthe and is of to that it for was\n```\n";
    assertThat(Language.of(text)).contains("de");
  }

  @Test
  void wrongLanguage_isFoundAndNamed() {
    LanguageValidator validator = new LanguageValidator(Set.of("en", "fr"));
    assertThat(validator.check(Answers.text("Das ist die Lösung, und sie ist nicht schwer.")))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.reason()).isEqualTo(Reason.LANGUAGE);
              assertThat(finding.what()).isEqualTo("the text is in German and should be in English or French");
            });
    assertThat(validator.check(Answers.text("The result is that you have to wait."))).isEmpty();
    assertThat(validator.check(Answers.text("42"))).isEmpty();
  }

  @Test
  void everyLanguageThatCanBeTold_isTriedHere() throws NoSuchMethodException {
    String table =
        LanguageTest.class
            .getDeclaredMethod("language_isTold", String.class, String.class)
            .getAnnotation(CsvSource.class)
            .textBlock();
    Set<String> tried = new TreeSet<>();
    table.lines().forEach(line -> tried.add(line.substring(0, 2)));
    assertThat(tried).isEqualTo(Language.KNOWN);
  }
}
