// SPDX-License-Identifier: Apache-2.0
/// What the simulated providers have in common: a request as a value, a reply as a value, strict
/// reading of JSON in the provider's own wording. The providers build on it; the ports under
/// `serve` carry it, and the faults bend it.
@NullMarked
package dev.auriga.sandbox.protocol;

import org.jspecify.annotations.NullMarked;
