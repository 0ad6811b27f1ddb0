package com.conitrack.backup.exampleapp.stock;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The application. Nothing in its code is about backups: the starter and three settings are. */
@SpringBootApplication
public class StockApplication {
  /** Starts it; the database is that of {@code spring.datasource}. */
  public static void main(String[] arguments) {
    SpringApplication.run(StockApplication.class, arguments);
  }
}
