// SPDX-License-Identifier: Apache-2.0
/// What single steps cost, measured by JMH; built and run by `bench/micro` only.
@NullMarked
package dev.auriga.bench.micro;

import org.jspecify.annotations.NullMarked;
