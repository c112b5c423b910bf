// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import java.net.URI;

/// Where Claude in Microsoft Foundry is, from any form of the address that is shown for it.
///
/// It is the plain Messages API below `/anthropic` of the resource; no `api-version`, and the
/// deployment stands in the body (Claude documentation, Claude in Microsoft Foundry).
///
/// @param base ends in `/anthropic`
public record FoundryAddress(URI base) {

  /// Reads what was pasted: a resource's name, a host, an endpoint, a project, or the whole address
  /// of a call. Throws [IllegalArgumentException] with advice.
  public static FoundryAddress parse(String pasted) {
    PastedUrl url = PastedUrl.parse(pasted, ".services.ai.azure.com");
    if (url.host().equals("api.anthropic.com")) {
      throw new IllegalArgumentException("api.anthropic.com is Anthropic itself; use kind: anthropic");
    }
    if (url.apiVersion() != null) {
      throw new IllegalArgumentException(
          "Claude in Foundry has no api-version; give the resource's name, or the address up to /anthropic");
    }
    int anthropic = url.segments().lastIndexOf("anthropic");
    String resource = url.resource();
    if (anthropic < 0 && url.segments().contains("openai")) {
      throw new IllegalArgumentException(
          "this is the resource's OpenAI API, which does not serve Claude's; use kind: azure-openai, or give "
              + (resource == null ? "the address up to /anthropic" : "resource: " + resource));
    }
    URI root = url.upTo(above(url, anthropic < 0 ? url.segments().size() : anthropic));
    if (resource == null) {
      return new FoundryAddress(URI.create(root + "/anthropic"));
    }
    if (!root.equals(url.origin())) {
      throw new IllegalArgumentException(
          "unknown path /%s; give the resource's name alone: %s"
              .formatted(String.join("/", url.segments()), resource));
    }
    return new FoundryAddress(
        URI.create("%s://%s.services.ai.azure.com/anthropic".formatted(url.origin().getScheme(), resource)));
  }

  public URI messages() {
    return URI.create(base + "/v1/messages");
  }

  public URI countTokens() {
    return URI.create(base + "/v1/messages/count_tokens");
  }

  /// How many parts of the path stand above `/anthropic`, a project and a bare call left out.
  private static int above(PastedUrl url, int end) {
    for (int i = 0; i < end; i++) {
      boolean isProject = url.says(i, "api") && url.says(i + 1, "projects");
      boolean isCall = url.says(i, "v1") && (i + 1 == end || url.says(i + 1, "messages"));
      if (isProject || isCall) {
        return i;
      }
    }
    return end;
  }
}
