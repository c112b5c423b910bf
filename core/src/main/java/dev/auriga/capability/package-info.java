// SPDX-License-Identifier: Apache-2.0
/// What each model can do, and where that is written down.
///
/// Comes before the dialects on the journey: when a deployment is built, the [CapabilityBook] is
/// asked what its model takes, and the dialects ask the [Capabilities] instead of the model's name.
/// The data is dated, its sources are named, and what the configuration says outranks it.
@NullMarked
package dev.auriga.capability;

import org.jspecify.annotations.NullMarked;
