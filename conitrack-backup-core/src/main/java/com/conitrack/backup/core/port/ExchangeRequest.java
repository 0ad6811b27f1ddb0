package com.conitrack.backup.core.port;

import java.time.Duration;
import java.util.List;

/**
 * Tables whose rows are to be exchanged.
 *
 * @param tables which, at least one
 * @param writing whether it is to be applied; otherwise it only compares, and nobody waits for it
 * @param timeout how long one statement may take; positive
 */
public record ExchangeRequest(List<ExchangeTable> tables, boolean writing, Duration timeout) {
  public ExchangeRequest {
    tables = List.copyOf(tables);
  }
}
