// SPDX-License-Identifier: Apache-2.0

/// The known pitfalls of translating between the dialects, each as one test.
///
/// A pitfall's number is in its test's name: `pitfallNN_claim`, two digits, once in the whole project.
/// Those that need the gateway are in `conformance`, under the same convention.
@NullMarked
package dev.auriga.pitfalls;

import org.jspecify.annotations.NullMarked;
