// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where an Azure OpenAI resource is and which of its two APIs is spoken, from any form of the
/// endpoint that a portal page, a sample or another tool shows.
///
/// A dated `api-version` chooses the older API, which has the deployment in its path; without one
/// it is the v1 API, which has it in the body (Azure OpenAI documentation, API version lifecycle).
///
/// @param root the address above `/openai`; behind an API gateway with the gateway's own path
/// @param deployment the deployment an older path named, absent when it named none
/// @param apiVersion a date, absent for the v1 API
public record AzureAddress(URI root, @Nullable String deployment, @Nullable String apiVersion) {

  /// The two shapes of path.
  public enum Family {
    V1,
    DEPLOYMENTS
  }

  private static final Pattern DATED = Pattern.compile("\\d{4}-\\d{2}-\\d{2}(-preview)?");
  private static final Set<String> BELOW_OPENAI =
      Set.of("v1", "deployments", "responses", "models", "files", "embeddings");

  public AzureAddress {
    if (apiVersion != null && !DATED.matcher(apiVersion).matches()) {
      throw new IllegalArgumentException(
          "an api-version is a date, as in 2024-10-21, not \"%s\"; leave it out for the v1 API"
              .formatted(apiVersion));
    }
  }

  /// Reads what was pasted: a resource's name, a host, an endpoint, a project, or the whole address
  /// of a call. Throws [IllegalArgumentException] with advice.
  public static AzureAddress parse(String pasted) {
    PastedUrl url = PastedUrl.parse(pasted, ".openai.azure.com");
    if (url.segments().contains("anthropic")) {
      String resource = url.resource();
      throw new IllegalArgumentException(
          "this is Claude's address in Foundry, another API; use kind: anthropic-foundry with "
              + (resource == null ? "base-url: " + pasted.strip() : "resource: " + resource));
    }
    if (url.host().equals("api.openai.com")) {
      throw new IllegalArgumentException("api.openai.com is OpenAI itself; use kind: openai");
    }
    if (url.host().endsWith(".api.cognitive.microsoft.com")) {
      throw new IllegalArgumentException(
          "%s is shared by a whole region; give the resource's own endpoint, https://NAME.openai.azure.com"
              .formatted(url.host()));
    }
    int openAi = openAiSegment(url);
    return openAi < 0 ? withoutApiPath(url) : withApiPath(url, openAi);
  }

  /// The address with the `api-version` the configuration gives; it wins over a pasted one.
  public AzureAddress withApiVersion(@Nullable String version) {
    return version == null ? this : new AzureAddress(root, deployment, version);
  }

  public Family family() {
    return apiVersion == null ? Family.V1 : Family.DEPLOYMENTS;
  }

  /// Where `operation` (as in `chat/completions`) of a deployment is called. In the older API
  /// `responses` stands beside the deployments and not below them.
  public URI uri(String operation, String deploymentName) {
    return switch (family()) {
      case V1 -> URI.create("%s/openai/v1/%s".formatted(root, operation));
      case DEPLOYMENTS -> {
        String below =
            operation.equals("responses") ? "" : "deployments/%s/".formatted(encoded(deploymentName));
        yield URI.create("%s/openai/%s%s?api-version=%s".formatted(root, below, operation, apiVersion));
      }
    };
  }

  /// The last `openai` of the path that something of the API follows: an API gateway may have one
  /// of its own before it, and a deployment may be called so.
  private static int openAiSegment(PastedUrl url) {
    for (int i = url.segments().size() - 1; i >= 0; i--) {
      boolean isLast = i == url.segments().size() - 1;
      if (url.says(i, "openai") && (isLast || BELOW_OPENAI.contains(url.segments().get(i + 1)))
          && !url.says(i - 1, "deployments")) {
        return i;
      }
    }
    return -1;
  }

  private static AzureAddress withApiPath(PastedUrl url, int openAi) {
    URI root = url.upTo(withoutProject(url, openAi));
    if (url.says(openAi + 1, "v1")) {
      return new AzureAddress(root, null, null);
    }
    boolean isNamed = url.says(openAi + 1, "deployments") && url.segments().size() > openAi + 2;
    String deployment = isNamed ? decoded(url.segments().get(openAi + 2)) : null;
    return new AzureAddress(root, deployment, dated(url.apiVersion()));
  }

  private static AzureAddress withoutApiPath(PastedUrl url) {
    int end = withoutProject(url, url.segments().size());
    // The model inference API of the same resource; its api-version is not one of Azure OpenAI's.
    if (url.says(end - 1, "models") || url.says(0, "models")) {
      int models = url.says(0, "models") ? 0 : end - 1;
      return new AzureAddress(url.upTo(models), null, null);
    }
    if (end > 0 && url.resource() != null) {
      throw new IllegalArgumentException(
          "unknown path /%s; give the endpoint alone, %s"
              .formatted(String.join("/", url.segments()), url.origin()));
    }
    return new AzureAddress(url.upTo(end), null, dated(url.apiVersion()));
  }

  /// A project's deployments are its resource's: `/api/projects/NAME` before `end` is left out.
  private static int withoutProject(PastedUrl url, int end) {
    for (int i = 0; i + 1 < end; i++) {
      if (url.says(i, "api") && url.says(i + 1, "projects")) {
        return i;
      }
    }
    return end;
  }

  /// `preview`, `latest` and `v1` are versions of the v1 API.
  private static @Nullable String dated(@Nullable String version) {
    return version == null || Set.of("preview", "latest", "v1").contains(version) ? null : version;
  }

  private static String decoded(String segment) {
    return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static String encoded(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
