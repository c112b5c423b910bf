// SPDX-License-Identifier: Apache-2.0
/// JSON Schema, drafts 4 to 2020-12, for the core's port of it: bounded, and cut off from the network.
@NullMarked
package dev.auriga.schema;

import org.jspecify.annotations.NullMarked;
