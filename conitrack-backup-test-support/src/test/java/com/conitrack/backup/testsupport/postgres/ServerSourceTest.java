package com.conitrack.backup.testsupport.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerSourceTest {
  private static final BackupException NO_ENGINE =
      new BackupException(ErrorKind.TOOL, "unable to use a Docker engine", "none", "start it");

  private final List<String> asked = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({"auto,AUTO", "local,LOCAL", "docker,DOCKER", "' Docker ',DOCKER", "'',AUTO"})
  void isChosenByItsName(String name, ServerSource source) {
    assertThat(ServerSource.named(name)).isEqualTo(source);
  }

  @Test
  void anUnknownNameIsRefusedWithThoseThatAreKnown() {
    assertThatThrownBy(() -> ServerSource.named("podman"))
        .isInstanceOfSatisfying(
            BackupException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CONFIGURATION))
        .hasMessageContaining("'podman' is none of [auto, local, docker]")
        .hasMessageContaining("conitrack.postgres-servers")
        .hasMessageContaining("CONITRACK_POSTGRES_SERVERS");
  }

  @Test
  void autoTakesAContainerAndNothingElse() {
    assertThat(ServerSource.AUTO.start(() -> ask("container"), () -> ask("local")))
        .isEqualTo("container");
    assertThat(asked).containsExactly("container");
  }

  @Test
  void autoTakesLocalProgramsWhereThereIsNoContainer() {
    assertThat(ServerSource.AUTO.start(this::fail, () -> ask("local"))).isEqualTo("local");
    assertThat(asked).containsExactly("container", "local");
  }

  @Test
  void dockerIsAContainerOrAnError() {
    assertThatThrownBy(() -> ServerSource.DOCKER.start(this::fail, () -> ask("local")))
        .isSameAs(NO_ENGINE);
    assertThat(asked).containsExactly("container");
  }

  @Test
  void localAsksForNoContainer() {
    assertThat(ServerSource.LOCAL.start(this::fail, () -> ask("local"))).isEqualTo("local");
    assertThat(asked).containsExactly("local");
  }

  @Test
  void withoutTestcontainersAContainerIsRefusedWithTheCure() throws Exception {
    try (URLClassLoader loader = withoutTestcontainers()) {
      Class<?> containers = loader.loadClass(Containers.class.getName());
      Method possible = opened(containers.getDeclaredMethod("arePossible"));
      Method server =
          opened(containers.getDeclaredMethod("server", int.class, Map.class, String.class));

      assertThat(possible.invoke(null)).isEqualTo(false);
      assertThatThrownBy(() -> server.invoke(null, 17, Map.of(), "secret"))
          .isInstanceOf(InvocationTargetException.class)
          .cause()
          .hasMessageContaining("Testcontainers is not on the class path")
          .hasMessageContaining("hint: add a test dependency on org.testcontainers:testcontainers");
    }
  }

  private static Method opened(Method method) {
    method.setAccessible(true);
    return method;
  }

  /** This class path without the jars of Testcontainers, in classes of its own. */
  private static URLClassLoader withoutTestcontainers() throws MalformedURLException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<URL> urls = new ArrayList<>();
    for (String entry : classPath.split(File.pathSeparator)) {
      if (!Path.of(entry).getFileName().toString().startsWith("testcontainers")) {
        urls.add(Path.of(entry).toUri().toURL());
      }
    }
    return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }

  private String fail() {
    ask("container");
    throw NO_ENGINE;
  }

  private String ask(String source) {
    asked.add(source);
    return source;
  }
}
