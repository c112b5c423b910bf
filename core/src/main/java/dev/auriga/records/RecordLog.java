// SPDX-License-Identifier: Apache-2.0
package dev.auriga.records;

import dev.auriga.dialect.Json;
import dev.auriga.observe.Observer;
import dev.auriga.observe.RequestRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Appends each record to a file as one line of JSON, on a thread of its own.
///
/// Whoever tells it a record never waits: a record is handed over as it is and put in words later. Where
/// more come than can be written, and where the file cannot be written, records are left out and
/// counted, and the log says when that begins. Thread-safe; what waits is guarded by the object's lock, which is
/// never held while something is written.
public final class RecordLog implements Observer, AutoCloseable {
  /// How many records may wait to be written.
  static final int MOST_WAITING = 10_000;

  private static final int PIECE = 64 << 10;
  private static final System.Logger LOG = System.getLogger(RecordLog.class.getName());

  /// Where records are written.
  ///
  /// @param bytes how large the file may grow before it is set aside and begun anew, at least 1
  /// @param kept how many files that were set aside are kept, as `NAME.1` (the newest) to `NAME.n`
  public record Settings(Path file, long bytes, int kept) {
    public Settings {
      if (bytes < 1 || kept < 0) {
        throw new IllegalArgumentException("a file of %d bytes and %d kept".formatted(bytes, kept));
      }
    }
  }

  private final RotatingFile file;
  private final Thread writer;
  private List<RequestRecord> waiting = new ArrayList<>();
  private boolean closed;
  private long lost;
  private boolean overrun;

  /// Only the writer's thread looks at it.
  private boolean unwritable;

  /// The file is opened, and made where there is none, with the first record.
  public RecordLog(Settings settings) {
    this.file = new RotatingFile(settings);
    this.writer = Thread.ofPlatform().daemon().name("auriga-records").start(this::write);
  }

  @Override
  public void ended(RequestRecord request) {
    boolean first;
    synchronized (this) {
      if (!closed && waiting.size() < MOST_WAITING) {
        waiting.add(request);
        notifyAll();
        return;
      }
      lost++;
      first = !overrun && !closed;
      overrun = true;
    }
    if (first) {
      warn("more requests end than can be written");
    }
  }

  @Override
  public boolean wantsTasks() {
    return true;
  }

  /// How many records were left out since the start.
  public synchronized long lost() {
    return lost;
  }

  private void write() {
    try (file) {
      List<RequestRecord> next = next();
      while (!next.isEmpty()) {
        write(next);
        next = next();
      }
    } catch (IOException unclosed) {
      warn("it cannot be closed: " + unclosed.getMessage());
    }
  }

  /// Everything that waits; nothing once it is closed and all is written.
  private synchronized List<RequestRecord> next() {
    while (waiting.isEmpty() && !closed) {
      overrun = false;
      try {
        wait();
      } catch (InterruptedException _) {
        closed = true;
      }
    }
    List<RequestRecord> next = waiting;
    waiting = new ArrayList<>();
    return next;
  }

  /// In pieces, each as one call, so that of a piece that fails all is counted as left out.
  private void write(List<RequestRecord> records) {
    ByteArrayOutputStream piece = new ByteArrayOutputStream();
    int inPiece = 0;
    for (RequestRecord record : records) {
      byte[] line = line(record);
      if (inPiece > 0 && (piece.size() > PIECE || !file.fits(piece.size() + line.length))) {
        write(piece, inPiece);
        inPiece = 0;
      }
      piece.writeBytes(line);
      inPiece += line.length == 0 ? 0 : 1;
    }
    write(piece, inPiece);
  }

  /// The record with its line's end; nothing, and counted, where a fault of ours keeps it from words.
  private byte[] line(RequestRecord record) {
    try {
      byte[] words = Json.write(RecordJson.write(record));
      byte[] line = Arrays.copyOf(words, words.length + 1);
      line[words.length] = '\n';
      return line;
    } catch (RuntimeException fault) {
      synchronized (this) {
        lost++;
      }
      LOG.log(Level.ERROR, "the record of " + record.id() + " cannot be put in words", fault);
      return new byte[0];
    }
  }

  private void write(ByteArrayOutputStream piece, int records) {
    try {
      if (records > 0) {
        file.append(piece.toByteArray());
        unwritable = false;
      }
    } catch (IOException failed) {
      synchronized (this) {
        lost += records;
      }
      if (!unwritable) {
        warn(String.valueOf(failed.getMessage()));
      }
      unwritable = true;
    }
    piece.reset();
  }

  private void warn(String why) {
    LOG.log(Level.WARNING, "records are being left out of %s: %s".formatted(file, why));
  }

  /// Writes what waits, and then ends.
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    boolean interrupted = false;
    while (writer.isAlive()) {
      try {
        writer.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
