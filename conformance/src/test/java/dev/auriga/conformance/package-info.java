// SPDX-License-Identifier: Apache-2.0
/// What the whole promises, shown from outside: a sandbox behind, the gateway in front, clients that
/// know nothing of Auriga before it.
///
/// [Rig] sets the three up; the tests beside it are named for what they show. The official SDKs are
/// in the package `sdk`.
@NullMarked
package dev.auriga.conformance;

import org.jspecify.annotations.NullMarked;
