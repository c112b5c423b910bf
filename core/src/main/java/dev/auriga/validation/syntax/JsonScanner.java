// SPDX-License-Identifier: Apache-2.0
package dev.auriga.validation.syntax;

import java.util.BitSet;

/// Reads JSON as it comes, in pieces cut anywhere, strictly by RFC 8259 and without recursion.
///
/// Tells its [Listener] each value at its first character and each scalar once it is whole. After
/// the first character that no JSON could have there, it reads nothing more. For one thread.
public final class JsonScanner {
  /// What a value is, as its first character says.
  public enum Kind {
    OBJECT,
    ARRAY,
    STRING,
    NUMBER,
    BOOLEAN,
    NULL
  }

  /// Hears what is read, in the order of the text.
  public interface Listener {
    /// A value begins.
    default void begins(Kind kind) {}

    /// The name of a member, unescaped.
    default void name(String name) {}

    /// A scalar is whole: a string without its escapes, anything else as it was written.
    default void scalar(Kind kind, String text) {}

    /// The object or array opened last is whole.
    default void ends() {}
  }

  private enum State {
    VALUE, FIRST_ITEM, FIRST_NAME, NAME, COLON, AFTER, STRING, ESCAPE, HEX, NUMBER, LITERAL, BROKEN
  }

  private static final Listener NOBODY = new Listener() {};

  private final Listener listener;
  private final StringBuilder text = new StringBuilder();
  private final NumberScanner number = new NumberScanner();
  /// For each open container whether it is an object.
  private final BitSet objects = new BitSet();
  private int depth;
  private State state = State.VALUE;
  private boolean inName;
  private String literal = "";
  private int hexLeft;
  private int hex;
  private long position;

  public JsonScanner(Listener listener) {
    this.listener = listener;
  }

  /// Whether `text` is one JSON value with nothing but space around it.
  public static boolean isJson(CharSequence text) {
    JsonScanner scanner = new JsonScanner(NOBODY);
    return scanner.feed(text) && scanner.finish();
  }

  /// Reads on; false once nothing that follows could make it JSON.
  public boolean feed(CharSequence piece) {
    for (int i = 0; i < piece.length() && state != State.BROKEN; i++) {
      read(piece.charAt(i));
      if (state != State.BROKEN) {
        position++;
      }
    }
    return state != State.BROKEN;
  }

  /// The text ends here; whether it was one whole value.
  public boolean finish() {
    if (state == State.NUMBER && number.isWhole()) {
      scalar(Kind.NUMBER);
    }
    return state == State.AFTER && depth == 0;
  }

  /// How many characters were read as JSON: where it breaks off, when it does.
  public long position() {
    return position;
  }

  private void read(char each) {
    switch (state) {
      case STRING -> inString(each);
      case ESCAPE -> escape(each);
      case HEX -> hex(each);
      case LITERAL -> literal(each);
      case NUMBER -> number(each);
      case VALUE, FIRST_ITEM, FIRST_NAME, NAME, COLON, AFTER -> {
        if (each != ' ' && each != '\n' && each != '\r' && each != '\t') {
          structure(each);
        }
      }
      case BROKEN -> {}
    }
  }

  private void structure(char each) {
    switch (state) {
      case VALUE -> value(each);
      case FIRST_ITEM -> {
        if (each == ']') {
          close();
        } else {
          value(each);
        }
      }
      case FIRST_NAME -> {
        if (each == '}') {
          close();
        } else {
          name(each);
        }
      }
      case NAME -> name(each);
      case COLON -> state = each == ':' ? State.VALUE : State.BROKEN;
      default -> after(each);
    }
  }

  private void value(char each) {
    switch (each) {
      case '{' -> open(Kind.OBJECT);
      case '[' -> open(Kind.ARRAY);
      case '"' -> begin(Kind.STRING, State.STRING);
      case 't' -> begin("true");
      case 'f' -> begin("false");
      case 'n' -> begin("null");
      default -> {
        if (number.begins(each)) {
          begin(Kind.NUMBER, State.NUMBER);
          text.append(each);
        } else {
          state = State.BROKEN;
        }
      }
    }
  }

  private void open(Kind kind) {
    listener.begins(kind);
    objects.set(depth++, kind == Kind.OBJECT);
    state = kind == Kind.OBJECT ? State.FIRST_NAME : State.FIRST_ITEM;
  }

  private void begin(Kind kind, State next) {
    listener.begins(kind);
    text.setLength(0);
    inName = false;
    state = next;
  }

  private void begin(String word) {
    literal = word;
    begin(word.equals("null") ? Kind.NULL : Kind.BOOLEAN, State.LITERAL);
    text.append(word.charAt(0));
  }

  private void name(char each) {
    text.setLength(0);
    inName = true;
    state = each == '"' ? State.STRING : State.BROKEN;
  }

  private void after(char each) {
    boolean inObject = depth > 0 && objects.get(depth - 1);
    if (depth > 0 && each == ',') {
      state = inObject ? State.NAME : State.VALUE;
    } else if (depth > 0 && each == (inObject ? '}' : ']')) {
      close();
    } else {
      state = State.BROKEN;
    }
  }

  private void close() {
    depth--;
    state = State.AFTER;
    listener.ends();
  }

  private void inString(char each) {
    if (each == '"') {
      if (inName) {
        state = State.COLON;
        listener.name(text.toString());
      } else {
        scalar(Kind.STRING);
      }
    } else if (each == '\\') {
      state = State.ESCAPE;
    } else if (each < ' ') {
      state = State.BROKEN;
    } else {
      text.append(each);
    }
  }

  private void escape(char each) {
    int plain = "\"\\/bfnrt".indexOf(each);
    if (plain >= 0) {
      text.append("\"\\/\b\f\n\r\t".charAt(plain));
      state = State.STRING;
    } else if (each == 'u') {
      hexLeft = 4;
      hex = 0;
      state = State.HEX;
    } else {
      state = State.BROKEN;
    }
  }

  private void hex(char each) {
    int digit = each < 0x80 ? Character.digit(each, 16) : -1;
    if (digit < 0) {
      state = State.BROKEN;
      return;
    }
    hex = hex * 16 + digit;
    if (--hexLeft == 0) {
      text.append((char) hex);
      state = State.STRING;
    }
  }

  private void literal(char each) {
    if (each != literal.charAt(text.length())) {
      state = State.BROKEN;
      return;
    }
    text.append(each);
    if (text.length() == literal.length()) {
      scalar(literal.equals("null") ? Kind.NULL : Kind.BOOLEAN);
    }
  }

  private void number(char each) {
    if (number.continues(each)) {
      text.append(each);
    } else if (number.isWhole()) {
      scalar(Kind.NUMBER);
      read(each);
    } else {
      state = State.BROKEN;
    }
  }

  private void scalar(Kind kind) {
    state = State.AFTER;
    listener.scalar(kind, text.toString());
  }
}
