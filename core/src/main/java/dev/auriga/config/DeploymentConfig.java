// SPDX-License-Identifier: Apache-2.0
package dev.auriga.config;

import org.jspecify.annotations.Nullable;

/// One place that can serve: a provider and the model's name there.
///
/// @param provider the provider's name in the configuration
/// @param model the name at the provider, absent when it is the deployment's own
/// @param priceAs the catalogue's name to price by, absent to price by the model that answers
/// @param timeouts absent to use the general ones
/// @param api which of OpenAI's two APIs is called, absent to choose for each request
public record DeploymentConfig(
    String provider,
    @Nullable String model,
    @Nullable String priceAs,
    Config.@Nullable Timeouts timeouts,
    @Nullable Api api) {

  /// One of OpenAI's two APIs.
  public enum Api {
    /// Chat Completions.
    CHAT,
    /// Responses.
    RESPONSES
  }

  public DeploymentConfig(String provider) {
    this(provider, null, null, null, null);
  }

  public DeploymentConfig(String provider, String model) {
    this(provider, model, null, null, null);
  }

  public DeploymentConfig withPriceAs(String name) {
    return new DeploymentConfig(provider, model, name, timeouts, api);
  }

  public DeploymentConfig withTimeouts(Config.Timeouts own) {
    return new DeploymentConfig(provider, model, priceAs, own, api);
  }

  public DeploymentConfig withApi(Api chosen) {
    return new DeploymentConfig(provider, model, priceAs, timeouts, chosen);
  }

  /// The model's name at the provider, for the deployment called `name`.
  public String modelFor(String name) {
    return model == null ? name : model;
  }
}
