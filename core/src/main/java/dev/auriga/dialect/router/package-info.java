// SPDX-License-Identifier: Apache-2.0
/// What deployments that are routers themselves are told of how to choose, and tell of their choice, beside
/// the dialect they speak.
@NullMarked
package dev.auriga.dialect.router;

import org.jspecify.annotations.NullMarked;
