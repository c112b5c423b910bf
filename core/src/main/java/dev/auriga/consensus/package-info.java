// SPDX-License-Identifier: Apache-2.0
/// What several answers come to: their [Agreement], told as a [Verdict].
///
/// Given the answers of a panel whose members have all been heard; it calls nobody.
@NullMarked
package dev.auriga.consensus;

import org.jspecify.annotations.NullMarked;
