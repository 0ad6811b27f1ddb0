package com.conitrack.backup.core.port;

import java.time.Duration;
import java.util.List;

/**
 * How a swap went.
 *
 * @param window how long nobody could connect under the live name
 * @param sessionsEnded how many sessions were ended for it
 * @param remarks what could not be carried over, and why
 */
public record SwapReport(Duration window, int sessionsEnded, List<String> remarks) {
  public SwapReport {
    remarks = List.copyOf(remarks);
  }
}
