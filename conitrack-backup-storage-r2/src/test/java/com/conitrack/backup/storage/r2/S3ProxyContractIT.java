package com.conitrack.backup.storage.r2;

import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.testsupport.net.HttpFront;
import com.conitrack.backup.testsupport.net.HttpRequestHead;
import com.conitrack.backup.testsupport.net.Reaction;
import com.conitrack.backup.testsupport.s3.S3Server;
import com.conitrack.backup.testsupport.storage.BackupStorageContract;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * Through a front that holds lists back while an object is being put: s3proxy writes it under a
 * name of its own first, and lists that name, which no store does.
 */
class S3ProxyContractIT extends BackupStorageContract {
  private static final ReadWriteLock PUTS_OR_LIST = new ReentrantReadWriteLock(true);
  private static S3Server server;
  private static HttpFront front;
  private String bucket;

  @BeforeAll
  static void start() {
    server = S3Server.s3Proxy();
    front = HttpFront.before(server.address());
    front.react(S3ProxyContractIT::listsBetweenPuts);
  }

  @AfterAll
  static void stop() {
    front.close();
    server.close();
  }

  @Override
  protected BackupStorage emptyStorage() {
    bucket = server.newBucket();
    return sameStorageAgain();
  }

  @Override
  protected BackupStorage sameStorageAgain() {
    return Storages.at(S3Server.endpointAt(front.address()))
        .bucket(bucket)
        .prefix("conitrack/test")
        .build();
  }

  private static Reaction listsBetweenPuts(HttpRequestHead request) {
    if (request.asks("list-type")) {
      return passUnder(PUTS_OR_LIST.writeLock());
    }
    boolean puts = request.is("PUT") && !request.asks("partNumber") || request.is("POST");
    return puts ? passUnder(PUTS_OR_LIST.readLock()) : Reaction.pass();
  }

  private static Reaction passUnder(Lock lock) {
    lock.lock();
    return Reaction.passThen(lock::unlock);
  }
}
