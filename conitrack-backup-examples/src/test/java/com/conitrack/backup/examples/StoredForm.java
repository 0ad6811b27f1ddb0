package com.conitrack.backup.examples;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.conitrack.backup.codec.ZstdCodec;
import com.conitrack.backup.core.codec.GzipCodec;
import com.conitrack.backup.core.port.StreamCodec;
import com.conitrack.backup.testsupport.storage.Fault;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Every form in which a copy may lie in a storage, and the places where each is cut. */
enum StoredForm {
  OWN_PLAIN(List.of()) {
    @Override
    void addPlaces(Places places) {
      places.ofSql();
    }
  },
  OWN_GZIP(List.of(GzipCodec.fast())) {
    @Override
    void addPlaces(Places places) {
      places.between("between members", "\037\213\b\004");
      places.cut("before the empty member that ends it", places.last("\037\213"));
    }
  },
  OWN_ZSTD(List.of(ZstdCodec.create())) {
    @Override
    void addPlaces(Places places) {
      places.cut("before the checksum", places.length() - 4);
    }
  },
  PLAIN("pg_dump > $OUT") {
    @Override
    void addPlaces(Places places) {
      places.ofSql();
    }
  },
  GZIP("pg_dump > d; head -c 200000 d | gzip > $OUT; tail -c +200001 d | gzip >> $OUT") {
    @Override
    void addPlaces(Places places) {
      places.between("between members", "\037\213\b\000");
    }
  },
  ZSTD("pg_dump > d; head -c 200000 d | zstd -q > $OUT; tail -c +200001 d | zstd -q >> $OUT") {
    @Override
    void addPlaces(Places places) {
      places.between("between frames", "\050\265\057\375");
    }
  },
  ZIP("pg_dump -f d.sql; zip -q d.zip d.sql; mv d.zip $OUT") {
    @Override
    void addPlaces(Places places) {
      places.cut("between entry and directory", places.last("PK\001\002"));
      places.cut("before the end of the directory", places.last("PK\005\006"));
    }
  },
  CUSTOM("pg_dump -Fc > $OUT") {
    @Override
    void addPlaces(Places places) {
      places.cut("in the header", 20);
      places.cut("in the table of contents", places.first("CREATE TABLE"));
      places.damage("of a version that no tool reads", places.dumpedBy(), '9');
    }
  },
  TAR("pg_dump -Fd -Z0 -f d; tar -cf $OUT d") {
    @Override
    void addPlaces(Places places) {
      places.cut("between files", places.last("ustar") - 257);
      places.cut("before its end", places.afterLastFile());
      places.damage("a file of 7 GiB", places.last("ustar") - 257 + 124, '7');
    }
  },
  TAR_GZIP("pg_dump -Fd -f d; tar -czf $OUT d") {
    @Override
    void addPlaces(Places places) {
      places.cut("before the checksum", places.length() - 8);
    }
  },
  PG_TAR("pg_dump -Ft -f $OUT") {
    @Override
    void addPlaces(Places places) {
      places.cut("between files", places.last("ustar") - 257);
    }
  };

  static final int PLACES = 4;

  private final String command;
  private final List<StreamCodec> codecs;

  StoredForm(List<StreamCodec> codecs) {
    this.command = "";
    this.codecs = codecs;
  }

  StoredForm(String command) {
    this.command = command;
    this.codecs = List.of(GzipCodec.fast());
  }

  /** For a shell: makes a dump at {@code $OUT}; empty where backups of our own have this form. */
  String command() {
    return command;
  }

  /** What backups of our own are coded by. */
  StreamCodec[] codecs() {
    return codecs.toArray(StreamCodec[]::new);
  }

  /**
   * Where a copy of these bytes is cut or damaged, by names for people; at least {@link #PLACES}.
   */
  Map<String, Fault> places(byte[] whole) {
    Places places = new Places(whole);
    addPlaces(places);
    places.cut("in the middle", whole.length / 2);
    places.cut("empty", 0);
    for (int part = 1; places.found.size() < PLACES; part++) {
      places.flip("a bit after " + part + " parts of 8", whole.length * part / 8);
    }
    return places.found;
  }

  abstract void addPlaces(Places places);

  /** Finds them. */
  static final class Places {
    private static final Pattern VERSION = Pattern.compile("(?<=\0\0\0)\\d\\d\\.\\d");
    private final Map<String, Fault> found = new LinkedHashMap<>();
    private final String bytes;

    private Places(byte[] whole) {
      this.bytes = new String(whole, ISO_8859_1);
    }

    int length() {
      return bytes.length();
    }

    int first(String text) {
      return present(bytes.indexOf(text), text);
    }

    int last(String text) {
      return present(bytes.lastIndexOf(text), text);
    }

    private static int present(int at, String text) {
      if (at < 0) {
        throw new AssertionError("the copy has no '" + text + "'");
      }
      return at;
    }

    void cut(String where, int length) {
      found.put(where, new Fault.TruncateRead(length));
    }

    void damage(String what, int at, int value) {
      found.put(what, new Fault.OverwriteByte(at, value));
    }

    void flip(String what, int at) {
      found.put(what, new Fault.FlipBit(at));
    }

    /** Where the second begins. */
    void between(String where, String beginning) {
      cut(where, present(bytes.indexOf(beginning, beginning.length()), beginning));
    }

    void ofSql() {
      int rows = first("\nCOPY public.movimiento");
      int end = bytes.indexOf("\n\\.\n", rows);
      cut("inside rows, at a line's end", bytes.indexOf('\n', (rows + end) / 2) + 1);
      cut("after the end of rows", end + 4);
      cut("before the trailer", last("--\n-- PostgreSQL database dump complete"));
      flip("a bit of a row", end - 3);
    }

    /** In an archive's header, pg_dump's version comes after the server's. */
    int dumpedBy() {
      return VERSION
          .matcher(bytes)
          .results()
          .skip(1)
          .findFirst()
          .orElseThrow(() -> new AssertionError("the archive does not say what made it"))
          .start();
    }

    /** A tar archive ends in blocks of zeros. */
    int afterLastFile() {
      int at = length();
      while (bytes.charAt(at - 1) == 0) {
        at--;
      }
      return (at + 511) / 512 * 512;
    }
  }
}
