package com.conitrack.backup.testsupport.s3;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * An object store that speaks the S3 protocol, in a process of its own on a free port of the
 * loopback interface. It ends with {@link #close()} or with the process that started it, and keeps
 * nothing. May be used from many threads.
 *
 * <p>The servers' jars are not on the class path. Maven's execution {@code s3-servers} copies them
 * to a directory that the system property {@code conitrack.s3-servers} names; without the property
 * it is {@code target/s3-servers}.
 */
public final class S3Server implements AutoCloseable {
  /** In an answer to ListMultipartUploads. */
  private static final Pattern KEY = Pattern.compile("<Key>([^<]*)</Key>");

  /** The key id that is let in. */
  public static final String ACCESS_KEY_ID = "test-identity";

  /** The secret that belongs to it. */
  public static final String SECRET_ACCESS_KEY = "test-credential";

  /** The region to sign requests for. */
  public static final String REGION = "us-east-1";

  private final ServerProcess process;

  private S3Server(ServerProcess process) {
    this.process = process;
  }

  /**
   * Starts s3proxy, which keeps objects in its memory and checks signatures. It takes a part that
   * comes after its upload was aborted, and answers 501 to everything about object lock.
   */
  public static S3Server s3Proxy() {
    String settings =
        String.join(
            "\n",
            "s3proxy.endpoint=http://127.0.0.1:0",
            "s3proxy.authorization=aws-v2-or-v4",
            "s3proxy.identity=" + ACCESS_KEY_ID,
            "s3proxy.credential=" + SECRET_ACCESS_KEY,
            "jclouds.provider=transient-nio2",
            "jclouds.identity=any",
            "jclouds.credential=any");
    String logging =
        "<configuration><appender name='OUT' class='ch.qos.logback.core.ConsoleAppender'>"
            + "<encoder><pattern>%msg%n</pattern></encoder></appender>"
            + "<logger name='org.gaul.shaded' level='INFO'/>"
            + "<root level='WARN'><appender-ref ref='OUT'/></root></configuration>";
    return new S3Server(
        ServerProcess.named("s3proxy")
            .file("s3proxy.conf", settings)
            .file("logback.xml", logging)
            .start(
                List.of("-Xmx1g", "-Dlogback.configurationFile=logback.xml"),
                List.of("-cp", Servers.directory("s3proxy") + "/*", "org.gaul.s3proxy.Main"),
                List.of("--properties", "s3proxy.conf"),
                Pattern.compile("Started .*ServerConnector.*\\{127\\.0\\.0\\.1:(\\d+)}")));
  }

  /**
   * Starts s3mock, which keeps objects in files and checks no credentials. It takes object lock's
   * settings and enforces none of them.
   */
  public static S3Server s3Mock() {
    Path jar = Servers.onlyFileIn("s3mock");
    return new S3Server(
        ServerProcess.named("s3mock")
            .start(
                List.of("-Xmx512m", "-Dhttp.port=0", "-Dserver.port=0", "-Djava.io.tmpdir=."),
                List.of("-jar", jar.toString()),
                List.of("--server.address=127.0.0.1"),
                Pattern.compile("Tomcat started on ports \\d+ \\(https\\), (\\d+) \\(http\\)")));
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return process.address();
  }

  /** Where it listens, as clients want it. */
  public URI endpoint() {
    return endpointAt(address());
  }

  /** The same for something that stands before the server, such as a {@code FaultProxy}. */
  public static URI endpointAt(InetSocketAddress address) {
    return URI.create("http://127.0.0.1:" + address.getPort());
  }

  /** Makes an empty bucket and returns its name, which no other has. */
  public String newBucket() {
    String bucket = "bucket-" + UUID.randomUUID().toString().substring(0, 13);
    send("PUT", "/" + bucket, "");
    return bucket;
  }

  /** Keys of the multipart uploads that stand open in a bucket, at most a thousand. */
  public List<String> openUploads(String bucket) {
    return KEY.matcher(send("GET", "/" + bucket, "uploads="))
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  private String send(String method, String path, String query) {
    HttpResponse<String> answer =
        new SignedRequest(endpoint(), method, path, query, Clock.systemUTC()).send();
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(
          "unable to send %s %s?%s: status %d, %s; %s"
              .formatted(
                  method, path, query, answer.statusCode(), answer.body(), process.output()));
    }
    return answer.body();
  }

  /** Ends the process and removes what it kept. */
  @Override
  public void close() {
    process.close();
  }
}
