// SPDX-License-Identifier: Apache-2.0
package dev.auriga.guard;

import static dev.auriga.guard.PatternRule.DIGITS;
import static dev.auriga.guard.PatternRule.LETTERS;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Credentials, by the forms their issuers give them. What has no form of its own (a password in
/// prose, a key of hexadecimal digits) is not recognised.
final class SecretRules {
  /// What manuals write where a password goes.
  private static final Set<String> PLACEHOLDERS =
      Set.of(
          "password", "passwd", "pass", "pwd", "pw", "secret", "changeme", "example", "user", "your_password",
          "yourpassword", "your-password", "mypassword", "token", "xxx", "xxxx", "xxxxx", "xxxxxx", "***", "****", "...");

  private SecretRules() {}

  static final List<Rule> ALL =
      List.of(
          new PrivateKeyRule(),
          PatternRule.of("anthropic-key", "s", "sk-ant-[A-Za-z0-9]{2,12}-[A-Za-z0-9_-]{20,300}+"),
          PatternRule.of("openrouter-key", "s", "sk-or-v1-[0-9a-f]{64}(?![0-9A-Za-z])"),
          PatternRule.of("openai-key", "s", "sk-(?:proj|svcacct|admin)-[A-Za-z0-9_-]{20,300}+"),
          PatternRule.of("api-key", "s", "sk-[A-Za-z0-9]{32,100}+(?![A-Za-z0-9_-])").when(SecretRules::isMixed),
          PatternRule.of("stripe-key", "sr", "[sr]k_(?:live|test)_[A-Za-z0-9]{16,200}+"),
          PatternRule.of("webhook-secret", "w", "whsec_[A-Za-z0-9+/]{24,100}+={0,2}"),
          PatternRule.of("google-api-key", "A", "AIza[0-9A-Za-z_-]{35}(?![0-9A-Za-z_-])"),
          PatternRule.of("google-oauth-token", "y", "ya29\\.[0-9A-Za-z_-]{20,400}+"),
          PatternRule.of("google-oauth-secret", "G", "GOCSPX-[0-9A-Za-z_-]{28}(?![0-9A-Za-z_-])"),
          PatternRule.of("aws-access-key", "A", "A(?:KIA|SIA|BIA|CCA)[A-Z2-7]{16}(?![A-Za-z0-9_])")
              .when(key -> !key.endsWith("EXAMPLE")),
          PatternRule.of(
                  "aws-secret-key",
                  "aA",
                  "(?i:aws_?secret_?(?:access_?)?key)[\"']?\\s{0,4}(?:=>|[:=])\\s{0,4}[\"']?([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])")
              .value()
              .when(key -> !key.endsWith("EXAMPLEKEY")),
          PatternRule.of("github-token", "g", "gh[pousr]_[A-Za-z0-9]{36,255}+(?![A-Za-z0-9_])"),
          PatternRule.of("github-token", "g", "github_pat_[A-Za-z0-9_]{82}(?![A-Za-z0-9_])"),
          PatternRule.of("gitlab-token", "g", "gl(?:pat|dt|rt|ptt|ft)-[A-Za-z0-9_-]{20,100}+"),
          PatternRule.of("slack-token", "x", "xox[abeoprs]-[A-Za-z0-9-]{10,250}+").when(SecretRules::hasDigit),
          PatternRule.of("slack-token", "x", "xapp-\\d-[A-Za-z0-9-]{20,250}+"),
          PatternRule.of("slack-webhook", "h", "https://hooks\\.slack\\.com/(?:services|workflows|triggers)/[A-Za-z0-9/]{20,150}+"),
          PatternRule.of("discord-webhook", "h", "https://discord(?:app)?\\.com/api/webhooks/\\d{15,21}+/[A-Za-z0-9_-]{50,100}+"),
          PatternRule.of("telegram-token", DIGITS, "\\d{8,10}+:AA[A-Za-z0-9_-]{33}(?![A-Za-z0-9_-])"),
          PatternRule.of("groq-key", "g", "gsk_[A-Za-z0-9]{40,80}+"),
          PatternRule.of("xai-key", "x", "xai-[A-Za-z0-9]{60,100}+"),
          PatternRule.of("nvidia-key", "n", "nvapi-[A-Za-z0-9_-]{60,80}+"),
          PatternRule.of("cerebras-key", "c", "csk-[a-z0-9]{40,64}+(?![A-Za-z0-9_-])").when(SecretRules::hasDigit),
          PatternRule.of("fireworks-key", "f", "fw_[A-Za-z0-9]{22,64}+(?![A-Za-z0-9_])").when(SecretRules::isMixed),
          PatternRule.of("tavily-key", "t", "tvly-(?:dev-|prod-)?[A-Za-z0-9]{24,64}+"),
          PatternRule.of("huggingface-token", "h", "hf_[A-Za-z0-9]{30,60}+(?![A-Za-z0-9_])"),
          PatternRule.of("replicate-token", "r", "r8_[A-Za-z0-9]{36,48}+(?![A-Za-z0-9_])"),
          PatternRule.of("perplexity-key", "p", "pplx-[A-Za-z0-9]{40,64}+"),
          PatternRule.of("langsmith-key", "l", "lsv2_(?:pt|sk)_[0-9a-f]{32}_[0-9a-f]{10}"),
          PatternRule.of("npm-token", "n", "npm_[A-Za-z0-9]{36}(?![A-Za-z0-9_])"),
          PatternRule.of("pypi-token", "p", "pypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,300}+"),
          PatternRule.of("sendgrid-key", "S", "SG\\.[A-Za-z0-9_-]{16,32}+\\.[A-Za-z0-9_-]{16,64}+"),
          PatternRule.of("twilio-key", "S", "SK[0-9a-f]{32}(?![0-9A-Za-z])"),
          PatternRule.of("mailgun-key", "k", "key-[0-9a-f]{32}(?![0-9A-Za-z])"),
          PatternRule.of("digitalocean-token", "d", "do[opr]_v1_[0-9a-f]{64}(?![0-9A-Za-z])"),
          PatternRule.of("databricks-token", "d", "dapi[0-9a-f]{32}(?:-\\d)?(?![0-9A-Za-z])"),
          PatternRule.of("docker-token", "d", "dckr_(?:pat|oat)_[A-Za-z0-9_-]{27,64}+"),
          PatternRule.of("doppler-token", "d", "dp\\.(?:pt|st|sa|ct)\\.[A-Za-z0-9.]{40,70}+"),
          PatternRule.of("shopify-token", "s", "shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}(?![0-9A-Za-z])"),
          PatternRule.of("postman-key", "P", "PMAK-[0-9a-f]{24}-[0-9a-f]{34}"),
          PatternRule.of("linear-key", "l", "lin_api_[A-Za-z0-9]{40}(?![A-Za-z0-9_])"),
          PatternRule.of("notion-token", "n", "ntn_[A-Za-z0-9]{40,50}+(?![A-Za-z0-9_])"),
          PatternRule.of("vault-token", "h", "hv[bs]\\.[A-Za-z0-9_-]{24,300}+").when(SecretRules::hasDigit),
          PatternRule.of("grafana-token", "g", "glsa_[A-Za-z0-9]{32}_[0-9a-fA-F]{8}(?![A-Za-z0-9_])"),
          PatternRule.of("newrelic-key", "N", "NRAK-[A-Z0-9]{27}(?![A-Za-z0-9_])"),
          PatternRule.of("atlassian-token", "A", "ATATT3[A-Za-z0-9_=-]{150,250}+"),
          PatternRule.of("age-key", "A", "AGE-SECRET-KEY-1[0-9A-Z]{58}(?![0-9A-Za-z])"),
          PatternRule.of("azure-key", LETTERS + DIGITS, "[A-Za-z0-9]{52}JQQJ99[A-Za-z0-9]{26}(?![A-Za-z0-9])"),
          PatternRule.of("azure-client-secret", LETTERS + DIGITS + "_~.", "[A-Za-z0-9_~.]{3}\\dQ~[A-Za-z0-9_~.-]{31,34}+(?![A-Za-z0-9_~-])"),
          PatternRule.of("azure-storage-key", "A", "AccountKey=([A-Za-z0-9+/]{86}==)").value(),
          PatternRule.of("azure-signature", "?&", "[?&]sig=([A-Za-z0-9%+/=]{40,150}+)").value().apartFrom(""),
          PatternRule.of("jwt", "e", "eyJ[A-Za-z0-9_-]{10,2000}+\\.eyJ[A-Za-z0-9_-]{10,4000}+\\.[A-Za-z0-9_-]{20,1000}+"),
          PatternRule.of("url-password", LETTERS, "[A-Za-z][A-Za-z0-9+.]{1,20}+://[^\\s:@/\"'<>`]{0,100}+:([^\\s@/\"'<>`]{3,200}+)@")
              .value()
              .when(SecretRules::isNoPlaceholder),
          PatternRule.of("connection-password", ";", ";\\s?(?i:password|pwd)\\s?=\\s?([^;\\s\"'`]{4,128}+)")
              .value()
              .apartFrom("")
              .when(SecretRules::isNoPlaceholder),
          PatternRule.of(
                  "authorization",
                  "Aa",
                  "(?i:authorization)[\"']?\\s{0,2}[:=]\\s{0,2}[\"']?(?i:basic|bearer)\\s{1,2}([A-Za-z0-9._~+/-]{16,4000}+={0,2})")
              .value()
              .when(SecretRules::isMixed));

  private static boolean hasDigit(String value) {
    return value.chars().anyMatch(Character::isDigit);
  }

  /// Names and slugs have letters of one case, and few digits.
  private static boolean isMixed(String value) {
    String body = value.substring(Math.min(3, value.length()));
    return hasDigit(body) && body.chars().anyMatch(Character::isLetter);
  }

  private static boolean isNoPlaceholder(String password) {
    char first = password.charAt(0);
    return "$%{[(*".indexOf(first) < 0 && !PLACEHOLDERS.contains(password.toLowerCase(Locale.ROOT));
  }
}
