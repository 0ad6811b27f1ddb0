package com.conitrack.backup.core.codec;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.port.StreamCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Codecs applied one after another: first compression, then encryption. Immutable.
 *
 * @param codecs in the order of application; none means that dumps are stored plain
 */
public record CodecChain(List<StreamCodec> codecs) {
  public CodecChain {
    codecs = List.copyOf(codecs);
  }

  /**
   * The chain that a manifest names.
   *
   * @param ids as recorded, in the order of application
   * @param known the codecs at hand
   * @throws BackupException kind {@code CONFIGURATION} if one of them is not at hand
   */
  public static CodecChain of(List<String> ids, Collection<StreamCodec> known) {
    return new CodecChain(ids.stream().map(id -> pick(id, known)).toList());
  }

  private static StreamCodec pick(String id, Collection<StreamCodec> known) {
    return known.stream()
        .filter(codec -> codec.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new BackupException(
                    ErrorKind.CONFIGURATION,
                    "unable to decode a dump",
                    "it is coded with '" + id + "', which is not configured",
                    "add the module and the codec for '" + id + "'"));
  }

  /** Ids for the manifest, in the order of application. */
  public List<String> ids() {
    return codecs.stream().map(StreamCodec::id).toList();
  }

  /** What the chain adds to a file's name: {@code .gz.age}. */
  public String extension() {
    return codecs.stream().map(StreamCodec::extension).collect(Collectors.joining());
  }

  /** What a dump's file name ends with: {@code .sql.gz}, or {@code .dump.gz} for an archive. */
  public String fileExtension() {
    return (archive() ? "" : ".sql") + extension();
  }

  /** Whether there is an archive at the bottom; see {@link StreamCodec#archive()}. */
  public boolean archive() {
    return codecs.stream().anyMatch(StreamCodec::archive);
  }

  /** Wraps {@code sink}; closing the result completes every coding and closes {@code sink}. */
  public OutputStream encode(OutputStream sink) throws IOException {
    OutputStream result = sink;
    for (int i = codecs.size() - 1; i >= 0; i--) {
      result = codecs.get(i).encode(result);
    }
    return result;
  }

  /** Wraps {@code source}; closing the result closes {@code source}. */
  public InputStream decode(InputStream source) throws IOException {
    InputStream result = source;
    for (int i = codecs.size() - 1; i >= 0; i--) {
      result = codecs.get(i).decode(result);
    }
    return result;
  }

  /** A shell pipeline that turns {@code file} into plain SQL on standard output. */
  public String decodeCommand(String file) {
    if (codecs.isEmpty()) {
      return "cat " + file;
    }
    List<String> commands = new ArrayList<>();
    for (int i = codecs.size() - 1; i >= 0; i--) {
      commands.add(codecs.get(i).decodeCommand());
    }
    commands.set(0, commands.get(0) + " " + file);
    return String.join(" | ", commands);
  }
}
