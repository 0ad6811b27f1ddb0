package com.conitrack.backup.storage.r2;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.core.exception.SdkException;

/** What failed before a store could answer. */
final class NetworkFailures {
  private final String place;

  NetworkFailures(String place) {
    this.place = place;
  }

  Reason reason(SdkException e) {
    if (Reason.oneLine(e).contains("Unable to load credentials")) {
      return new Reason(
          ErrorKind.AUTHENTICATION,
          "no credentials were found",
          "configure the access key's id and secret, or set AWS_ACCESS_KEY_ID and"
              + " AWS_SECRET_ACCESS_KEY");
    }
    if (Reason.oneLine(e).contains("Unable to load region")) {
      return new Reason(ErrorKind.CONFIGURATION, "no region is known", "configure the region");
    }
    if (Reason.oneLine(e).contains("Unable to unmarshall response")) {
      return new Reason(
          ErrorKind.CONNECTION,
          "the answer of " + place + " was cut or garbled: " + Reason.oneLine(e),
          "look at the network and repeat it; check that the endpoint speaks the S3 protocol");
    }
    return cause(e, BackupException.class)
        .map(known -> new Reason(known.kind(), known.what() + ": " + known.why(), known.hint()))
        .or(() -> cause(e, UnknownHostException.class).map(this::unknownHost))
        .or(() -> cause(e, CertificateException.class).map(this::badCertificate))
        .or(() -> cause(e, SSLException.class).map(this::noTls))
        .or(() -> cause(e, ConnectException.class).map(this::notReachable))
        .or(() -> cause(e, SocketTimeoutException.class).map(this::silent))
        .or(() -> cause(e, IOException.class).map(this::lost))
        .orElseGet(() -> new Reason(ErrorKind.IO, Reason.oneLine(e), null));
  }

  private Reason unknownHost(UnknownHostException e) {
    return new Reason(
        ErrorKind.CONNECTION,
        "no host of that name is known: " + Reason.oneLine(e),
        "check the endpoint " + place + " (for R2, the account id) and this host's DNS");
  }

  private Reason badCertificate(CertificateException e) {
    return new Reason(
        ErrorKind.CONNECTION,
        "the certificate of " + place + " was not accepted: " + Reason.oneLine(e),
        "check the endpoint; for a certificate of your own, add its authority to Java's trust store");
  }

  private Reason noTls(SSLException e) {
    return new Reason(
        ErrorKind.CONNECTION,
        "no secure connection to " + place + ": " + Reason.oneLine(e),
        "check that the endpoint speaks https, and what stands between");
  }

  private Reason notReachable(ConnectException e) {
    return new Reason(
        ErrorKind.CONNECTION,
        place + " cannot be reached: " + Reason.oneLine(e),
        "check the endpoint, its port and the firewall");
  }

  private Reason silent(SocketTimeoutException e) {
    return new Reason(
        ErrorKind.TIMEOUT,
        place + " fell silent: " + Reason.oneLine(e),
        "look at the network and the store");
  }

  private Reason lost(IOException e) {
    return new Reason(
        ErrorKind.CONNECTION,
        "the connection to " + place + " was lost: " + Reason.oneLine(e),
        "look at the network and repeat it");
  }

  private static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> type) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (type.isInstance(each)) {
        return Optional.of(type.cast(each));
      }
    }
    return Optional.empty();
  }
}
