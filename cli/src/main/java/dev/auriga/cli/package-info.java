// SPDX-License-Identifier: Apache-2.0
/// The command `auriga`: serve, ask, explain, check, models, sandbox.
///
/// Each command is a class of its own that reads its options, builds what it needs from the
/// library, and prints. Exit codes: 0 done, 1 it could not be done (the reason is on standard
/// error), 2 the command line was wrong.
@NullMarked
package dev.auriga.cli;

import org.jspecify.annotations.NullMarked;
