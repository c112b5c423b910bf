// SPDX-License-Identifier: Apache-2.0
/// The decision: which deployments serve a request, in what order, and why.
///
/// [Router#decide] is a pure function of the policy, the request's outline, a snapshot of what is
/// known about the deployments, and a seed: no clock, no I/O. It comes after admission and hands
/// the engine a [Plan] inside a [Decision].
@NullMarked
package dev.auriga.route;

import org.jspecify.annotations.NullMarked;
