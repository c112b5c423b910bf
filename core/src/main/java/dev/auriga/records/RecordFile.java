// SPDX-License-Identifier: Apache-2.0
package dev.auriga.records;

import dev.auriga.observe.RequestRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads a file of records, line by line.
public final class RecordFile {

  /// Is told what is on each line, counted from 1.
  public interface Reader {
    void record(int line, RequestRecord record);

    /// What is there is no record; `why` says what is wrong with it.
    void unreadable(int line, String why);
  }

  private RecordFile() {}

  /// Empty lines are left out. Throws [IOException] when the file cannot be read.
  public static void read(Path file, Reader reader) throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isBlank()) {
          read(number, line, reader);
        }
      }
    }
  }

  private static void read(int number, String line, Reader reader) {
    RequestRecord record;
    try {
      record = RecordJson.read(line.getBytes(StandardCharsets.UTF_8));
    } catch (UnreadableRecord wrong) {
      reader.unreadable(number, String.valueOf(wrong.getMessage()));
      return;
    }
    reader.record(number, record);
  }
}
