// SPDX-License-Identifier: Apache-2.0
/// What Auriga writes, judged by the vendors' published documents.
@NullMarked
package dev.auriga.conformance.spec;

import org.jspecify.annotations.NullMarked;
