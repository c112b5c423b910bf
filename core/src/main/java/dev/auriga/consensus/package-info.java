// SPDX-License-Identifier: Apache-2.0
/// What several answers come to: judged by an [Agreement], told as a [Verdict].
///
/// Given the answers of a panel as a [Hearing]; it calls nobody but a [SecondOpinion], where there is one.
/// What answers say is in `answer`, what prose claims in `claim`, what agreement is worth in `calibration`.
@NullMarked
package dev.auriga.consensus;

import org.jspecify.annotations.NullMarked;
