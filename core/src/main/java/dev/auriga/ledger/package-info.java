// SPDX-License-Identifier: Apache-2.0
/// What a request costs, and where that is written down.
///
/// Comes last on the journey: when an attempt has ended its [dev.auriga.completion.Usage] is priced
/// by the [PriceBook] and settled. Money is a `long` of millionths of a US dollar; prices are dated
/// data; a price nobody knows is a state of its own and never 0.
@NullMarked
package dev.auriga.ledger;

import org.jspecify.annotations.NullMarked;
