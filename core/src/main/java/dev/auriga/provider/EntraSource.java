// SPDX-License-Identifier: Apache-2.0
package dev.auriga.provider;

/// Gives credentials from Entra ID; the module `azure` brings one.
public interface EntraSource extends AutoCloseable {

  /// A bearer token for `scope`, kept fresh until this source is closed.
  Credential credential(String scope);

  @Override
  void close();

  /// For programs without Entra ID: says what is missing when a provider asks for it.
  EntraSource NONE =
      new EntraSource() {
        @Override
        public Credential credential(String scope) {
          throw new IllegalArgumentException(
              "auth: entra needs Auriga's module azure: add it to the class path and give its"
                  + " EntraCredentials to the orchestrator");
        }

        @Override
        public void close() {}
      };
}
