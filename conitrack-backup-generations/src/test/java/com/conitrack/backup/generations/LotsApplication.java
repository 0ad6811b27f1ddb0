package com.conitrack.backup.generations;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** An application with a database, migrations and a web server, and nothing about backups. */
@SpringBootApplication(proxyBeanMethods = false)
public class LotsApplication {
  /** Starts it; without a web server it ends at once. */
  public static void main(String[] arguments) {
    SpringApplication.run(LotsApplication.class, arguments);
  }
}
