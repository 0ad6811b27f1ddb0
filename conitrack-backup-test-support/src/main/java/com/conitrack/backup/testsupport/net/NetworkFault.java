package com.conitrack.backup.testsupport.net;

/**
 * What happens to a connection once so many bytes have passed through it one way.
 *
 * @param direction the way whose bytes are counted
 * @param afterBytes how many bytes pass before, at least 0; counted from the moment the fault was
 *     asked for, or from the connection's start if that is later
 * @param effect what happens then
 */
public record NetworkFault(Direction direction, long afterBytes, Effect effect) {
  public NetworkFault {
    if (afterBytes < 0) {
      throw new IllegalArgumentException("a number of bytes is at least 0, not " + afterBytes);
    }
  }

  /** The connection is reset, as by a firewall or a process that dies. */
  public static NetworkFault resetAfter(Direction direction, long bytes) {
    return new NetworkFault(direction, bytes, Effect.RESET);
  }

  /** The connection ends in good order, though early. */
  public static NetworkFault closeAfter(Direction direction, long bytes) {
    return new NetworkFault(direction, bytes, Effect.CLOSE);
  }

  /** The connection stays open and nothing passes that way any more. */
  public static NetworkFault stallAfter(Direction direction, long bytes) {
    return new NetworkFault(direction, bytes, Effect.STALL);
  }

  /** A way through the proxy. */
  public enum Direction {
    /** What the client sends. */
    TO_SERVER,
    /** What the server answers. */
    TO_CLIENT
  }

  /** What can happen to a connection. */
  public enum Effect {
    /** Both sides get a TCP reset. */
    RESET,
    /** Both sides get an orderly end of stream. */
    CLOSE,
    /**
     * Nothing more is passed this way until {@link FaultProxy#calm()}, not even that the sender has
     * given up; the other way stays open.
     */
    STALL
  }
}
