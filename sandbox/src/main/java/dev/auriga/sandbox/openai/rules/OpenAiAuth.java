// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.openai.rules;

import dev.auriga.sandbox.protocol.Ask;
import dev.auriga.sandbox.protocol.Refused;
import org.jspecify.annotations.Nullable;

/// Who may call: at OpenAI the key as bearer; at Azure the key as `api-key` or bearer, or an Entra
/// token.
public record OpenAiAuth(String key, @Nullable String entraToken, OpenAiErrors errors) {
  static final String AZURE_DENIED =
      "Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a"
          + " valid key for an active subscription and use a correct regional API endpoint for your"
          + " resource.";

  public void check(Ask ask) {
    String bearer = ask.bearer();
    if (entraToken != null) {
      String apiKey = ask.header("api-key");
      boolean fits =
          apiKey != null
              ? apiKey.equals(key)
              : bearer != null && (bearer.equals(key) || bearer.equals(entraToken));
      if (!fits) {
        throw new Refused(errors.azure(401, "401", AZURE_DENIED));
      }
    } else if (bearer == null) {
      throw new Refused(
          errors.error(
              401,
              "invalid_request_error",
              null,
              null,
              "You didn't provide an API key. You need to provide your API key in an Authorization"
                  + " header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY)."));
    } else if (!bearer.equals(key)) {
      throw new Refused(
          errors.error(
              401,
              "invalid_request_error",
              "invalid_api_key",
              null,
              "Incorrect API key provided. You can find your API key at"
                  + " https://platform.openai.com/account/api-keys."));
    }
  }
}
