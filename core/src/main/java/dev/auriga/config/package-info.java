// SPDX-License-Identifier: Apache-2.0
/// What `auriga.yaml` says, as one tree of records, and the reader that turns the file into it.
///
/// Comes before everything: the assembler turns a [Config] into providers, deployments and routes,
/// and from then on nothing on the journey of a request looks here again. A [Config] that exists
/// is sound; whatever was wrong was reported as [ConfigProblems], all of it at once.
@NullMarked
package dev.auriga.config;

import org.jspecify.annotations.NullMarked;
