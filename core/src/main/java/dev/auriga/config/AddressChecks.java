// SPDX-License-Identifier: Apache-2.0
package dev.auriga.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The checks of one provider's address: readable, without credentials in it, and encrypted unless
/// it is this machine or the configuration says `insecure`.
final class AddressChecks {
  private final String path;
  private final Findings findings;

  AddressChecks(String path, Findings findings) {
    this.path = path;
    this.findings = findings;
  }

  void check(ProviderConfig provider) {
    switch (provider) {
      case ProviderConfig.AzureOpenAi azure -> {
        if (azure.address().contains("://")) {
          url("endpoint", azure.address(), azure.insecure());
        }
        apiVersion(azure.apiVersion());
      }
      case ProviderConfig.Foundry foundry -> {
        resource(foundry);
        baseUrl(foundry);
      }
      case ProviderConfig.Anthropic anthropic -> baseUrl(anthropic);
      case ProviderConfig.OpenAi openAi -> baseUrl(openAi);
      case ProviderConfig.Gemini gemini -> baseUrl(gemini);
      case ProviderConfig.OpenRouter openRouter -> baseUrl(openRouter);
      case ProviderConfig.OpenAiCompatible compatible -> baseUrl(compatible);
    }
  }

  private void baseUrl(ProviderConfig provider) {
    String address = provider.address();
    if (address != null) {
      url("base-url", address, provider.insecure());
    }
  }

  private void resource(ProviderConfig.Foundry foundry) {
    if (foundry.resource() != null && foundry.address() != null) {
      findings.add(path, "\"resource\" and \"base-url\" exclude each other", "leave one out");
    } else if (foundry.resource() == null && foundry.address() == null) {
      findings.add(path, "no address", "give \"resource\", the resource's name, or \"base-url\"");
    }
  }

  private void apiVersion(@Nullable String version) {
    if (version != null && !version.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}(-preview)?")) {
      findings.add(
          path + ".api-version",
          "must be a date, as in 2024-10-21 or 2025-04-01-preview",
          "leave it out for the v1 API");
    }
  }

  private void url(String key, String address, boolean insecure) {
    String at = path + "." + key;
    URI uri;
    try {
      uri = new URI(address);
    } catch (URISyntaxException malformed) {
      findings.add(at, "not a URL", "as in https://host/path");
      return;
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    String host = uri.getHost();
    if (host == null || !(scheme.equals("https") || scheme.equals("http"))) {
      findings.add(at, "not an http or https URL", "as in https://host/path");
    } else if (uri.getUserInfo() != null) {
      findings.add(at, "has credentials in it", "put them into \"api-key\"");
    } else if (scheme.equals("http") && !insecure && !Listen.isLoopback(unbracketed(host))) {
      findings.add(
          at,
          "http to %s would send the credential in the clear".formatted(host),
          "use https, or say \"insecure: true\"");
    }
  }

  private static String unbracketed(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }
}
