package com.conitrack.backup.storage.fs;

import static com.conitrack.backup.storage.fs.TestFiles.bytes;
import static com.conitrack.backup.storage.fs.TestFiles.files;
import static com.conitrack.backup.storage.fs.TestFiles.get;
import static com.conitrack.backup.storage.fs.TestFiles.put;

import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.port.ObjectAttributes;
import com.conitrack.backup.core.port.StoredObject;
import com.conitrack.backup.core.port.Upload;
import java.io.IOException;
import java.nio.file.Path;

/** What {@link LimitedDriveIT} does on the drive, in a process of its own; prints what happened. */
final class DriveScenario {
  private final Path drive;
  private final FileSystemStorage storage;

  private DriveScenario(Path drive) {
    this.drive = drive;
    this.storage = FileSystemStorage.at("usb", drive);
  }

  public static void main(String[] arguments) throws IOException {
    DriveScenario scenario = new DriveScenario(Path.of(arguments[1]));
    switch (arguments[0]) {
      case "store" -> put(scenario.storage, "dir/before", bytes(1_000));
      case "fill" -> scenario.fill();
      case "names" -> scenario.names();
      case "translate" -> scenario.translate();
      case "read-only" -> scenario.readOnly();
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private void fill() throws IOException {
    put(storage, "dir/before", bytes(1_000));
    try (Upload upload = storage.begin("dir/large", ObjectAttributes.JSON)) {
      report("put", () -> upload.write(bytes(3_000_000), 0, 3_000_000));
      report("write after it", () -> upload.write(bytes(1), 0, 1));
      report("commit after it", upload::commit);
    }
    sayKeys();
    System.out.println("files: " + files(drive).size());
    put(storage, "dir/after", bytes(1_000));
    sayKeys();
  }

  private void names() {
    report(
        "put",
        () -> {
          for (int i = 0; i < 3; i++) {
            put(storage, "key" + i, bytes(1));
          }
        });
  }

  private void translate() {
    try (Upload upload = storage.begin("large", ObjectAttributes.JSON)) {
      report("put", () -> upload.write(bytes(3_000_000), 0, 3_000_000));
      IOException spanish = new IOException("No queda espacio en el dispositivo");
      StorageException e = new Failures("usb", drive).writing("unable", spanish, 5);
      System.out.println(e.kind() + " " + e.getMessage());
    }
  }

  private void readOnly() throws IOException {
    report("put", () -> put(storage, "dir/new", bytes(1)));
    report("delete", () -> storage.delete("dir/before"));
    System.out.println("read: " + get(storage, "dir/before").length);
    sayKeys();
  }

  private void sayKeys() {
    System.out.println("keys: " + storage.list("").stream().map(StoredObject::key).toList());
  }

  private static void report(String name, Runnable action) {
    try {
      action.run();
      System.out.println(name + ": done");
    } catch (StorageException e) {
      System.out.println(name + ": " + e.kind() + " " + e.getMessage());
    } catch (IllegalStateException e) {
      System.out.println(name + ": IllegalStateException");
    }
  }
}
