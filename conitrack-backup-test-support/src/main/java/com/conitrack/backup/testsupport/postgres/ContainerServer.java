package com.conitrack.backup.testsupport.postgres;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/** A server in a container of the official image, {@code postgres:<major>}. */
final class ContainerServer implements Server {
  private static final int PORT_INSIDE = 5432;

  /** Not in the environment, which every description of the container would show. */
  private static final String PASSWORD_FILE = "/run/superuser-password";

  private static final int LOG_LINES = 20;
  private static final int ATTEMPTS = 3;

  private final int major;
  private final String password;
  private final GenericContainer<?> container;
  private volatile int port;

  private ContainerServer(int major, GenericContainer<?> container, String password) {
    this.major = major;
    this.container = container;
    this.password = password;
    container.withCreateContainerCmdModifier(this::publish);
  }

  /**
   * One that is not started yet, whose image is there.
   *
   * @throws BackupException {@code TOOL} if there is no Docker engine or it cannot get the image
   */
  static ContainerServer ofMajor(int major, Map<String, String> settings, String password) {
    DockerImageName image = DockerImageName.parse("postgres").withTag("" + major);
    DockerEngine.provide(image);
    GenericContainer<?> container =
        new GenericContainer<>(image)
            .withExposedPorts(PORT_INSIDE)
            .withCopyToContainer(Transferable.of(password), PASSWORD_FILE)
            .withEnv("POSTGRES_PASSWORD_FILE", PASSWORD_FILE)
            .withEnv(
                "POSTGRES_INITDB_ARGS",
                "--auth=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 --no-sync")
            .withCommand(command(settings))
            .withStartupAttempts(ATTEMPTS)
            .waitingFor(new Unawaited());
    return new ContainerServer(major, container, password);
  }

  private static String[] command(Map<String, String> settings) {
    Stream<String> options =
        settings.entrySet().stream()
            .flatMap(each -> Stream.of("-c", each.getKey() + "=" + each.getValue()));
    return Stream.concat(Stream.of("postgres"), options).toArray(String[]::new);
  }

  /**
   * Publishes a port of our choice, a new one at each attempt: one of the engine's choice is
   * another after a restart.
   */
  private void publish(CreateContainerCmd command) {
    port = FreePort.find();
    Objects.requireNonNull(command.getHostConfig())
        .withPortBindings(
            new PortBinding(Ports.Binding.bindPort(port), ExposedPort.tcp(PORT_INSIDE)));
  }

  @Override
  public void start() {
    try {
      if (container.getContainerId() == null) {
        container.start();
      } else {
        container.getDockerClient().startContainerCmd(container.getContainerId()).exec();
      }
    } catch (RuntimeException e) {
      throw DockerEngine.failure(notStarted(), e, "see what 'docker info' and 'docker ps' tell");
    }
    if (!endpoint().answers(container::isRunning, System.nanoTime() + START_LIMIT.toNanos())) {
      throw new BackupException(
          ErrorKind.TOOL,
          notStarted(),
          "it ended or did not answer within "
              + START_LIMIT.toSeconds()
              + " s; its log ends:\n"
              + logTail(),
          "see whether " + endpoint().jdbcUrl(Endpoint.SUPERUSER) + " can be reached from here");
    }
  }

  private String notStarted() {
    return "unable to start a PostgreSQL "
        + major
        + " server in a container of '"
        + container.getDockerImageName()
        + "'";
  }

  private String logTail() {
    List<String> lines = container.getLogs().lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
  }

  @Override
  public Endpoint endpoint() {
    return new Endpoint(container.getHost(), port, password);
  }

  @Override
  public void stop(PostgresFixture.StopMode mode) {
    end(
        switch (mode) {
          case SMART -> "SIGTERM";
          case FAST -> "SIGINT";
          case IMMEDIATE -> "SIGQUIT";
        });
  }

  @Override
  public void kill() {
    end("SIGKILL");
  }

  /** Sends the container's first process, the postmaster, a signal and waits for its end. */
  private void end(String signal) {
    if (!container.isRunning()) {
      return;
    }
    String id = container.getContainerId();
    try (WaitContainerResultCallback ended = new WaitContainerResultCallback()) {
      container.getDockerClient().killContainerCmd(id).withSignal(signal).exec();
      container.getDockerClient().waitContainerCmd(id).exec(ended).awaitStatusCode();
    } catch (ConflictException e) {
      // It has ended meanwhile.
      return;
    } catch (IOException | RuntimeException e) {
      throw DockerEngine.failure("unable to stop container " + id, e, "docker kill " + id);
    }
  }

  @Override
  public void remove() {
    container.stop();
  }

  @Override
  public void removeAtEnd() {
    remove();
  }

  @Override
  public int majorVersion() {
    return major;
  }

  @Override
  public Path binDirectory() {
    throw new UnsupportedOperationException(
        "the programs of a server in a container are not on this machine");
  }

  @Override
  public Path dataDirectory() {
    throw new UnsupportedOperationException(
        "the data of a server in a container is not on this machine");
  }

  /** Leaves it to {@link #start()} to wait, which does so after a restart, too. */
  private static final class Unawaited extends AbstractWaitStrategy {
    @Override
    protected void waitUntilReady() {
      // Not here.
    }
  }
}
