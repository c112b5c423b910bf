// SPDX-License-Identifier: Apache-2.0
package dev.auriga.config;

import dev.auriga.capability.Facts;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One place that can serve: a provider and the model's name there.
///
/// @param provider the provider's name in the configuration
/// @param model the name at the provider, absent when it is the deployment's own
/// @param baseModel the catalogue's name of what it really is, by which it is priced and its
///     capabilities are known; absent where `model` says it
/// @param capabilities what is known better here than in the catalogue
/// @param timeouts absent to use the general ones
/// @param region a tag of one's own for where it is, by which keys and requests ask; absent when none
/// @param api which of OpenAI's two APIs is called, absent to choose for each request
/// @param maxConcurrent the most calls it may have under way at once, from 1; absent where only what it
///     refuses limits them
/// @param router what it is told of how to choose where it is a router itself; absent for nothing
public record DeploymentConfig(
    String provider,
    @Nullable String model,
    @Nullable String baseModel,
    Facts capabilities,
    Config.@Nullable Timeouts timeouts,
    @Nullable String region,
    @Nullable Api api,
    @Nullable Integer maxConcurrent,
    @Nullable RouterConfig router) {

  /// The names under which Azure's Model Router is deployed, or asked without a deployment.
  private static final Set<String> MODEL_ROUTERS = Set.of("model-router", "auto");

  /// One of OpenAI's two APIs.
  public enum Api {
    /// Chat Completions.
    CHAT,
    /// Responses.
    RESPONSES
  }

  public DeploymentConfig(String provider) {
    this(provider, null, null, Facts.NONE, null, null, null, null, null);
  }

  public DeploymentConfig(String provider, String model) {
    this(provider, model, null, Facts.NONE, null, null, null, null, null);
  }

  public DeploymentConfig withBaseModel(String name) {
    return new DeploymentConfig(provider, model, name, capabilities, timeouts, region, api, maxConcurrent, router);
  }

  public DeploymentConfig withCapabilities(Facts facts) {
    return new DeploymentConfig(provider, model, baseModel, facts, timeouts, region, api, maxConcurrent, router);
  }

  public DeploymentConfig withTimeouts(Config.Timeouts own) {
    return new DeploymentConfig(provider, model, baseModel, capabilities, own, region, api, maxConcurrent, router);
  }

  public DeploymentConfig withApi(Api chosen) {
    return new DeploymentConfig(
        provider, model, baseModel, capabilities, timeouts, region, chosen, maxConcurrent, router);
  }

  public DeploymentConfig withRegion(String tag) {
    return new DeploymentConfig(provider, model, baseModel, capabilities, timeouts, tag, api, maxConcurrent, router);
  }

  public DeploymentConfig withMaxConcurrent(int most) {
    return new DeploymentConfig(provider, model, baseModel, capabilities, timeouts, region, api, most, router);
  }

  /// The same that tells a router so.
  public DeploymentConfig withRouter(RouterConfig told) {
    return new DeploymentConfig(
        provider, model, baseModel, capabilities, timeouts, region, api, maxConcurrent, told);
  }

  /// Whether its name at the provider, or its base model, says that it is Azure's Model Router; for the
  /// deployment called `name`.
  public boolean isModelRouter(String name) {
    return MODEL_ROUTERS.contains(modelFor(name)) || MODEL_ROUTERS.contains(knownAs(name));
  }

  /// What it really is, for the deployment called `name`: by that it is priced and learned about.
  public String knownAs(String name) {
    return baseModel == null ? modelFor(name) : baseModel;
  }

  /// The model's name at the provider, for the deployment called `name`.
  public String modelFor(String name) {
    return model == null ? name : model;
  }
}
