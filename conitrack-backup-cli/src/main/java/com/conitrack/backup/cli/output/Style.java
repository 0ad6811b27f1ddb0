package com.conitrack.backup.cli.output;

/** Colours, where they are wanted. */
public record Style(boolean colours) {
  /** Something is as it should be. */
  public String good(String text) {
    return paint("32", text);
  }

  /** Someone should look at it. */
  public String doubtful(String text) {
    return paint("33", text);
  }

  /** Something is wrong. */
  public String bad(String text) {
    return paint("31", text);
  }

  /** A heading. */
  public String strong(String text) {
    return paint("1", text);
  }

  private String paint(String code, String text) {
    return colours ? "\033[" + code + "m" + text + "\033[0m" : text;
  }

  /** Length on the screen: colours take no room. */
  static int width(String text) {
    String plain = text.replaceAll("\033\\[[0-9;]*m", "");
    return plain.codePointCount(0, plain.length());
  }
}
