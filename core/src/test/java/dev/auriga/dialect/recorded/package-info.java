// SPDX-License-Identifier: Apache-2.0
/// Recorded traffic of the real services, all of it, put to the laws of the dialects.
///
/// The recordings are no part of the project: they are looked for in the folder the system property
/// `auriga.shared` names, else in a folder `shared` beside the checkout; without them these tests are
/// skipped with a notice.
@NullMarked
package dev.auriga.dialect.recorded;

import org.jspecify.annotations.NullMarked;
