// SPDX-License-Identifier: Apache-2.0
/// The gateway: HTTP in front of an [dev.auriga.Orchestrator], in the dialects clients speak.
///
/// [Gateway] opens the server; [Front] finds the endpoint for a path, checks the key and turns
/// every refusal into the dialect of that path; [CompletionEndpoint] tells replies, whole and
/// streamed. Everything on the wire itself is in the package `transport`.
@NullMarked
package dev.auriga.gateway;

import org.jspecify.annotations.NullMarked;
