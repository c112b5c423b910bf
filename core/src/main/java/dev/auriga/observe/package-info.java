// SPDX-License-Identifier: Apache-2.0
/// Telling the outside what happened: one [RequestRecord] a request, to every [Observer].
///
/// The last step of the journey. Observers are told after the client has been served, from the
/// thread that served it, so they must be quick and must not throw.
@NullMarked
package dev.auriga.observe;

import org.jspecify.annotations.NullMarked;
