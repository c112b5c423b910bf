// SPDX-License-Identifier: Apache-2.0
package dev.auriga.validation;

import dev.auriga.completion.RawJson;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Compiled schemas, kept by their text: agents send the same ones with every turn.
///
/// Keeps the most recently used up to [#MOST_CHARACTERS] of schema text, the unusable ones too.
/// Thread-safe; two threads may compile the same schema at once.
public final class Schemas {
  static final int MOST_CHARACTERS = 4_000_000;

  private sealed interface Entry {
    record Usable(CompiledSchema schema) implements Entry {}

    record Unusable(Uncheckable why) implements Entry {}
  }

  private final SchemaCompiler compiler;
  /// Guarded by itself; in the order of use.
  private final Map<String, Entry> known = new LinkedHashMap<>(16, 0.75f, true);
  private long characters;

  public Schemas(SchemaCompiler compiler) {
    this.compiler = compiler;
  }

  /// `schema`, compiled now or before.
  public CompiledSchema of(RawJson schema) throws Uncheckable {
    Entry entry = kept(schema.text());
    if (entry == null) {
      entry = compiled(schema);
      keep(schema.text(), entry);
    }
    return switch (entry) {
      case Entry.Usable usable -> usable.schema();
      case Entry.Unusable unusable -> throw unusable.why();
    };
  }

  int size() {
    synchronized (known) {
      return known.size();
    }
  }

  private Entry compiled(RawJson schema) {
    try {
      return new Entry.Usable(compiler.compile(schema));
    } catch (Uncheckable why) {
      return new Entry.Unusable(why);
    }
  }

  private @Nullable Entry kept(String text) {
    synchronized (known) {
      return known.get(text);
    }
  }

  private void keep(String text, Entry entry) {
    synchronized (known) {
      if (known.put(text, entry) == null) {
        characters += text.length();
      }
      Iterator<String> oldest = known.keySet().iterator();
      while (characters > MOST_CHARACTERS && oldest.hasNext()) {
        characters -= oldest.next().length();
        oldest.remove();
      }
    }
  }
}
