// SPDX-License-Identifier: Apache-2.0
/// Records kept: each request's [dev.auriga.observe.RequestRecord] as JSON, the newest in memory
/// ([RecentRecords]), all of them in a file where the configuration names one ([RecordLog]), and what
/// a changed policy would have decided about them ([Replay]).
///
/// After the last step of the journey: the engine tells observers, and those here keep what they are
/// told. [RecordJson] is the one form for the file, the gateway and the command line.
@NullMarked
package dev.auriga.records;

import org.jspecify.annotations.NullMarked;
