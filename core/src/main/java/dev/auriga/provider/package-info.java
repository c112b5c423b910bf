// SPDX-License-Identifier: Apache-2.0
/// The way out: one attempt at one deployment, over HTTP.
///
/// The engine's attempts call [Provider#send] with a request; the provider writes it in its
/// dialect (or passes the client's bytes through), sends it by a [Transport] and hands back a
/// [Reply]. Nothing here retries, chooses or knows why it was chosen.
@NullMarked
package dev.auriga.provider;

import org.jspecify.annotations.NullMarked;
