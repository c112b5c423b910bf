// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// An Azure address as somebody copied it from a portal page, taken apart; nothing is looked up.
///
/// @param origin scheme, host and port, in lower case
/// @param host the host alone
/// @param segments the path's parts, without empty ones
/// @param apiVersion the query's `api-version`, absent when there is none
record PastedUrl(URI origin, String host, List<String> segments, @Nullable String apiVersion) {
  private static final Pattern RESOURCE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,62}");
  private static final Pattern PLACEHOLDER = Pattern.compile("[<>{}]|YOUR[-_]|(?i:your[-_]?resource)");
  private static final Set<String> PORTALS =
      Set.of("portal.azure.com", "ai.azure.com", "oai.azure.com", "ml.azure.com", "learn.microsoft.com");
  private static final List<String> RESOURCE_HOSTS =
      List.of(".openai.azure.com", ".services.ai.azure.com", ".cognitiveservices.azure.com");

  PastedUrl {
    segments = List.copyOf(segments);
  }

  /// Reads a URL with or without its scheme, or a resource's bare name, which `resourceHost` (as in
  /// `.openai.azure.com`) completes. Throws [IllegalArgumentException] with advice.
  static PastedUrl parse(String pasted, String resourceHost) {
    String text = pasted.strip();
    if (text.isEmpty()) {
      throw new IllegalArgumentException("an empty address; " + wanted(resourceHost));
    }
    if (PLACEHOLDER.matcher(text).find()) {
      throw new IllegalArgumentException(
          "\"%s\" still has a placeholder in it; put the resource's own name there".formatted(text));
    }
    if (RESOURCE.matcher(text).matches() && !text.equalsIgnoreCase("localhost")) {
      text = text + resourceHost;
    }
    URI uri = uri(withScheme(text), resourceHost);
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    if (PORTALS.contains(host)) {
      throw new IllegalArgumentException(
          "%s is a page to read, not an endpoint; %s".formatted(host, wanted(resourceHost)));
    }
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    URI origin = URI.create(uri.getScheme().toLowerCase(Locale.ROOT) + "://" + host + port);
    return new PastedUrl(origin, host, segments(uri), apiVersion(uri));
  }

  /// The resource's name, when the host is one of a resource itself.
  @Nullable String resource() {
    for (String suffix : RESOURCE_HOSTS) {
      if (host.endsWith(suffix)) {
        return host.substring(0, host.length() - suffix.length());
      }
    }
    return null;
  }

  /// Whether the path says `first` at `index`.
  boolean says(int index, String first) {
    return index >= 0 && index < segments.size() && segments.get(index).equals(first);
  }

  /// The origin with the first `count` parts of the path.
  URI upTo(int count) {
    String path = String.join("/", segments.subList(0, count));
    return path.isEmpty() ? origin : URI.create(origin + "/" + path);
  }

  private static String wanted(String resourceHost) {
    return "give the resource's name or its endpoint, as in https://NAME" + resourceHost;
  }

  private static String withScheme(String text) {
    if (text.contains("://")) {
      return text;
    }
    if (text.matches("(?i)(localhost|127\\.[0-9.]+|\\[::1])([:/].*)?")) {
      throw new IllegalArgumentException(
          "\"%s\" has no scheme; write http://%s or https://%s".formatted(text, text, text));
    }
    return "https://" + text;
  }

  private static URI uri(String text, String resourceHost) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException malformed) {
      throw new IllegalArgumentException(
          "not a URL: \"%s\"; %s".formatted(text, wanted(resourceHost)), malformed);
    }
    if (uri.getUserInfo() != null) {
      throw new IllegalArgumentException("the address has credentials in it; put them into \"api-key\"");
    }
    String scheme = uri.getScheme();
    if (uri.getHost() == null || scheme == null || !scheme.matches("(?i)https?")) {
      throw new IllegalArgumentException(
          "not an http or https URL: \"%s\"; %s".formatted(text, wanted(resourceHost)));
    }
    return uri;
  }

  private static List<String> segments(URI uri) {
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    List<String> segments = Stream.of(path.split("/")).filter(segment -> !segment.isEmpty()).toList();
    if (segments.contains("..") || segments.contains(".")) {
      throw new IllegalArgumentException("the address has a \".\" or \"..\" in its path");
    }
    return segments;
  }

  private static @Nullable String apiVersion(URI uri) {
    String version = null;
    String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
    for (String parameter : query.split("&")) {
      int equals = parameter.indexOf('=');
      String name = equals < 0 ? parameter : parameter.substring(0, equals);
      if (name.equalsIgnoreCase("api-version")) {
        version = equals < 0 ? "" : parameter.substring(equals + 1);
      } else if (!name.isEmpty()) {
        throw new IllegalArgumentException(
            "the address has \"?%s=…\" in it; only api-version may stand there, a key goes into \"api-key\""
                .formatted(name));
      }
    }
    return version == null || version.isBlank() ? null : version;
  }
}
