// SPDX-License-Identifier: Apache-2.0
/// The load driver: it stands on both sides of the gateway, as the clients before it and as the
/// provider behind it, and measures what lies between beside nginx and a peer.
///
/// [Bench] is the command; [Contender] is what is measured, [Load] the clients, [Upstream] the
/// provider. Nothing comes after this package.
@NullMarked
package dev.auriga.bench;

import org.jspecify.annotations.NullMarked;
