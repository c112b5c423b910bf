// SPDX-License-Identifier: Apache-2.0
/// The library's face: an [Orchestrator] is opened from a file or a [dev.auriga.config.Config] and
/// answers questions.
///
/// [Assembler] builds what runs from the configuration; it is the only place that knows both. A
/// Java caller enters the journey here, an HTTP caller through the module `gateway`.
@NullMarked
package dev.auriga;

import org.jspecify.annotations.NullMarked;
