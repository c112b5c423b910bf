// SPDX-License-Identifier: Apache-2.0
/// Names of tools and ids of calls, mapped both ways between what a client says and what a provider
/// takes.
///
/// Each dialect has a [NameRule]; a request in translation gets one [Renaming], which its writer applies
/// and whoever reads the answer undoes. Nothing is remembered between requests.
@NullMarked
package dev.auriga.dialect.names;

import org.jspecify.annotations.NullMarked;
