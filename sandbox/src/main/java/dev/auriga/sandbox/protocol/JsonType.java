// SPDX-License-Identifier: Apache-2.0
package dev.auriga.sandbox.protocol;

/// The JSON types a field may be asked to have.
public enum JsonType {
  STRING,
  INTEGER,
  NUMBER,
  BOOLEAN,
  ARRAY,
  OBJECT
}
