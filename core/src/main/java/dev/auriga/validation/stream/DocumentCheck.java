// SPDX-License-Identifier: Apache-2.0
package dev.auriga.validation.stream;

import dev.auriga.dialect.Json;
import dev.auriga.validation.Finding;
import dev.auriga.validation.Finding.Reason;
import dev.auriga.validation.Place;
import dev.auriga.validation.syntax.JsonScanner;
import dev.auriga.validation.syntax.JsonScanner.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// One JSON document on its way: whether it can still become valid.
///
/// Notices text that no JSON goes on from, a value of a wrong kind at its first character, a scalar
/// that is not among those allowed, and a member that there may not be. For one thread.
final class DocumentCheck implements JsonScanner.Listener {
  private static final int DEEPEST = 200;
  private static final int TAIL = 80;
  private static final int LONGEST_WORDS = 200;

  /// An object or array that is open: the shape of it, and of the member or item being read.
  private static final class Open {
    final Shape shape;
    final boolean object;
    @Nullable String name;
    int index = -1;
    Shape inner = Shape.ANYTHING;

    Open(Shape shape, boolean object) {
      this.shape = shape;
      this.object = object;
    }
  }

  private final Shape root;
  private final Syntax syntax;
  private final Reason misfit;
  private final Function<String, Place> at;
  private final JsonScanner scanner = new JsonScanner(this);
  private final Deque<Open> open = new ArrayDeque<>();
  private final StringBuilder tail = new StringBuilder();
  private boolean begun;
  private boolean blind;
  private @Nullable Finding lost;

  DocumentCheck(Shape root, Syntax syntax, Reason misfit, Function<String, Place> at) {
    this.root = root;
    this.syntax = syntax;
    this.misfit = misfit;
    this.at = at;
  }

  /// Reads on; why it can no longer become valid, once it cannot.
  @Nullable Finding feed(String delta) {
    if (lost != null || blind) {
      return lost;
    }
    if (!begun && !begins(delta)) {
      return null;
    }
    long before = scanner.position();
    boolean goesOn = scanner.feed(delta);
    int read = (int) (scanner.position() - before);
    if (!goesOn && lost == null) {
      broken(delta, read);
    }
    remember(delta);
    return lost;
  }

  /// What may be repaired is judged only where it is an object from its first character on.
  private boolean begins(String delta) {
    String rest = delta.stripLeading();
    if (!rest.isEmpty()) {
      begun = true;
      blind = syntax == Syntax.REPAIRABLE && !rest.startsWith("{");
    }
    return !blind;
  }

  private void broken(String delta, int read) {
    if (syntax == Syntax.REPAIRABLE) {
      blind = true;
      return;
    }
    String fragment = tail + delta.substring(0, Math.min(delta.length(), read + 1));
    lose(
        Reason.NOT_JSON,
        "this is not valid JSON: it breaks off at character " + (scanner.position() + 1),
        fragment.substring(Math.max(0, fragment.length() - TAIL)));
  }

  private void remember(String delta) {
    tail.append(delta, Math.max(0, delta.length() - TAIL), delta.length());
    tail.delete(0, Math.max(0, tail.length() - TAIL));
  }

  @Override
  public void begins(Kind kind) {
    Shape shape = next();
    if (!shape.allows(kind)) {
      lose(misfit, misplaced(kind, shape), "");
    }
    if (kind == Kind.OBJECT || kind == Kind.ARRAY) {
      open.addLast(new Open(shape, kind == Kind.OBJECT));
      if (open.size() > DEEPEST) {
        lose(Reason.NOT_JSON, "nested deeper than %d levels".formatted(DEEPEST), "");
      }
    }
  }

  private Shape next() {
    Open around = open.peekLast();
    if (around == null) {
      return root;
    }
    if (!around.object) {
      around.index++;
      around.inner = around.index == 0 ? around.shape.item() : around.inner;
    }
    return around.inner;
  }

  @Override
  public void name(String name) {
    Open around = open.getLast();
    around.name = name;
    Shape member = around.shape.member(name);
    if (member == null) {
      lose(misfit, "there may be no member \"%s\" here".formatted(name), name);
    }
    around.inner = member == null ? Shape.ANYTHING : member;
  }

  @Override
  public void scalar(Kind kind, String text) {
    Open around = open.peekLast();
    Shape shape = around == null ? root : around.inner;
    JsonNode value = value(kind, text);
    if (value != null && !shape.allows(value)) {
      lose(misfit, misplaced(kind, shape), Json.raw(value).text());
    }
  }

  private static @Nullable JsonNode value(Kind kind, String text) {
    try {
      return kind == Kind.STRING ? Json.text(text) : Json.read(text);
    } catch (JacksonException tooLong) {
      return null;
    }
  }

  @Override
  public void ends() {
    open.removeLast();
  }

  private void lose(Reason reason, String what, String fragment) {
    if (lost == null) {
      lost = new Finding(reason, at.apply(pointer()), what, fragment);
    }
  }

  private String pointer() {
    List<String> steps = new ArrayList<>();
    for (Open around : open) {
      String name = around.name;
      if (name != null) {
        steps.add(name.replace("~", "~0").replace("/", "~1"));
      } else if (around.index >= 0) {
        steps.add(String.valueOf(around.index));
      }
    }
    return steps.isEmpty() ? "" : "/" + String.join("/", steps);
  }

  private static String misplaced(Kind kind, Shape shape) {
    String words = shape.words();
    return "%s where %s should be"
        .formatted(
            kind.name().toLowerCase(Locale.ROOT),
            words.length() > LONGEST_WORDS ? words.substring(0, LONGEST_WORDS) + "…" : words);
  }
}
