// SPDX-License-Identifier: Apache-2.0
/// The wire formats: each [Dialect] reads and writes requests, whole replies, streams and errors.
///
/// Every dialect translates to and from the neutral vocabulary only; two sides of the same dialect
/// pass bytes through. On the journey this package stands at both ends: it reads what the client
/// sent before the engine sees it, and writes what the provider and the client are told. JSON is
/// Jackson's, hidden behind [Json].
@NullMarked
package dev.auriga.dialect;

import org.jspecify.annotations.NullMarked;
