// SPDX-License-Identifier: Apache-2.0
/// Credentials from Entra ID, for providers on Azure that are configured with `auth: entra`.
///
/// Stands beside the provider: it gives each request its header through the port
/// [dev.auriga.provider.Credential] and is otherwise unknown to the journey. All there is to know
/// of Microsoft's identity library is in here.
@NullMarked
package dev.auriga.azure;

import org.jspecify.annotations.NullMarked;
