// SPDX-License-Identifier: Apache-2.0
package dev.auriga.records;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// A file of lines that is set aside when it is full, and begun anew. For one thread.
final class RotatingFile implements AutoCloseable {
  private final RecordLog.Settings settings;
  private @Nullable OutputStream open;
  private long size;

  RotatingFile(RecordLog.Settings settings) {
    this.settings = settings;
  }

  /// Whether so many bytes more fit, as far as the file is known before it is opened.
  boolean fits(long bytes) {
    return size + bytes <= settings.bytes();
  }

  /// Appends whole lines, to an empty file any number of them; after an exception the next call opens the file again.
  void append(byte[] lines) throws IOException {
    try {
      OutputStream out = opened();
      if (size > 0 && !fits(lines.length)) {
        setAside();
        out = opened();
      }
      out.write(lines);
      size += lines.length;
    } catch (IOException unwritable) {
      close();
      throw unwritable;
    }
  }

  /// The file, open at its end; a line that was cut there by the end of a process is ended.
  private OutputStream opened() throws IOException {
    OutputStream out = open;
    if (out == null) {
      Path file = settings.file();
      boolean cut = isCut(file);
      out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      open = out;
      size = Files.size(file);
      if (cut) {
        out.write('\n');
        size++;
      }
    }
    return out;
  }

  private static boolean isCut(Path file) throws IOException {
    if (!Files.exists(file) || Files.size(file) == 0) {
      return false;
    }
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
      bytes.seek(bytes.length() - 1);
      return bytes.read() != '\n';
    }
  }

  private void setAside() throws IOException {
    close();
    for (int i = settings.kept(); i > 1; i--) {
      if (Files.exists(aside(i - 1))) {
        Files.move(aside(i - 1), aside(i), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    if (settings.kept() == 0) {
      Files.delete(settings.file());
    } else {
      Files.move(settings.file(), aside(1), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private Path aside(int number) {
    return settings.file().resolveSibling(settings.file().getFileName() + "." + number);
  }

  @Override
  public void close() throws IOException {
    OutputStream out = open;
    open = null;
    size = 0;
    if (out != null) {
      out.close();
    }
  }

  @Override
  public String toString() {
    return settings.file().toString();
  }
}
