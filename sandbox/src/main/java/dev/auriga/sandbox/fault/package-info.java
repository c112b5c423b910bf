// SPDX-License-Identifier: Apache-2.0
/// What can go wrong on purpose: the faults, their notation in JSON and YAML, and the staging that
/// turns a provider's reply, a pace and a fault into a performance on the wire.
@NullMarked
package dev.auriga.sandbox.fault;

import org.jspecify.annotations.NullMarked;
