// SPDX-License-Identifier: Apache-2.0
/// What may go out to a model and come back from one: [Guardrail]s allow, annotate, redact or deny.
///
/// Built in are patterns for secrets and common personal data, whole or over a stream; what a service
/// of the operator's says comes by a [WebhookGuardrail].
@NullMarked
package dev.auriga.guard;

import org.jspecify.annotations.NullMarked;
