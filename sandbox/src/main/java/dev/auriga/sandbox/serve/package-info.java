// SPDX-License-Identifier: Apache-2.0
/// Real loopback ports: they hand a request to a [Service] and carry out the [Performance] it gives
/// back, waits and ruptures included, on event loops. All of Netty stays in this package.
@NullMarked
package dev.auriga.sandbox.serve;

import org.jspecify.annotations.NullMarked;
