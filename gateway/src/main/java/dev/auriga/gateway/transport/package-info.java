// SPDX-License-Identifier: Apache-2.0
/// Bytes in and bytes out: the HTTP server and the HTTP client of the gateway, on shared event loops.
///
/// Before it is the network, after it the gateway's endpoints, which see an [Exchange] on a virtual
/// thread and block; below the engine it serves as the [Transport][dev.auriga.provider.Transport].
/// Netty is used in here and appears in no signature that leaves the package.
@NullMarked
package dev.auriga.gateway.transport;

import org.jspecify.annotations.NullMarked;
