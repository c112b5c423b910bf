// SPDX-License-Identifier: Apache-2.0
package dev.auriga.records;

/// Something that is not a record, or not one this version can read; the message says where and why.
public final class UnreadableRecord extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnreadableRecord(String message) {
    super(message, null, false, false);
  }
}
