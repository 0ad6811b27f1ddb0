package com.conitrack.backup.generations;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** An application with a database, migrations and a web server, and nothing about backups. */
@SpringBootApplication(proxyBeanMethods = false)
public class LotsApplication {}
