// SPDX-License-Identifier: Apache-2.0
package dev.auriga.config;

import dev.auriga.completion.Secret;
import dev.auriga.completion.Sha256;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A virtual key: who shows it may use these routes. Only the secret's digest is kept.
///
/// @param sha256 the secret's SHA-256, 64 lower-case hexadecimal digits
/// @param routes the routes and deployments it may use, absent for all
/// @param deployments those that may serve it, whichever the route; absent for all
/// @param regions the tags of the deployments that may serve it, absent for all
/// @param highVolume whether its requests take the `high-volume` branch
/// @param admin whether it may see and change what is not its own: metrics, other keys' requests
public record KeyConfig(
    String sha256,
    @Nullable List<String> routes,
    @Nullable List<String> deployments,
    @Nullable List<String> regions,
    boolean highVolume,
    boolean admin) {

  public KeyConfig {
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("sha256 must be 64 lower-case hexadecimal digits");
    }
    routes = routes == null ? null : List.copyOf(routes);
    deployments = deployments == null ? null : List.copyOf(deployments);
    regions = regions == null ? null : List.copyOf(regions);
  }

  /// The key whose secret is this, for every route.
  public static KeyConfig of(Secret secret) {
    return new KeyConfig(digest(secret), null, null, null, false, false);
  }

  public KeyConfig withRoutes(String... names) {
    return new KeyConfig(sha256, List.of(names), deployments, regions, highVolume, admin);
  }

  public KeyConfig withDeployments(String... names) {
    return new KeyConfig(sha256, routes, List.of(names), regions, highVolume, admin);
  }

  public KeyConfig withRegions(String... tags) {
    return new KeyConfig(sha256, routes, deployments, List.of(tags), highVolume, admin);
  }

  public KeyConfig asHighVolume() {
    return new KeyConfig(sha256, routes, deployments, regions, true, admin);
  }

  public KeyConfig asAdmin() {
    return new KeyConfig(sha256, routes, deployments, regions, highVolume, true);
  }

  /// The digest to compare with [#sha256].
  public static String digest(Secret secret) {
    return HexFormat.of().formatHex(digest(secret.reveal()));
  }

  /// The SHA-256 of `text`, as bytes.
  public static byte[] digest(String text) {
    return Sha256.of(text);
  }
}
