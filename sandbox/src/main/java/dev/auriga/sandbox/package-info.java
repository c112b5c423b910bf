// SPDX-License-Identifier: Apache-2.0
/// Simulated providers on real loopback ports, for tests and for trying Auriga without an account:
/// [dev.auriga.sandbox.Sandbox] starts them, [dev.auriga.sandbox.Faults] makes them fail on
/// purpose, [dev.auriga.sandbox.Call] tells what they were asked. They are strict, and share no
/// code with the library they judge. Requests come in at `serve`, `fault` stages the answer, the
/// packages named for services check and write it, `mind` thinks.
@NullMarked
package dev.auriga.sandbox;

import org.jspecify.annotations.NullMarked;
