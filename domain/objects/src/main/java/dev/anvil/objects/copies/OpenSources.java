package dev.anvil.objects.copies;

import dev.anvil.objects.BucketRef;
import dev.anvil.objects.ObjectServices;
import dev.anvil.objects.SourceVersion;
import dev.anvil.ports.storage.WriteTx;
import java.util.ArrayList;
import java.util.List;

/** The sources of a composition, all open until it is committed. */
final class OpenSources implements AutoCloseable {
  private final List<ComposeObject.Source> named;
  private final List<SourceVersion> open = new ArrayList<>();

  private OpenSources(List<ComposeObject.Source> named) {
    this.named = named;
  }

  /** Opens all, or none if one of them is not there or not as demanded. */
  static OpenSources open(
      ObjectServices services, BucketRef bucket, List<ComposeObject.Source> named) {
    OpenSources sources = new OpenSources(named);
    boolean complete = false;
    try {
      for (ComposeObject.Source s : named) {
        SourceVersion version = SourceVersion.open(services, bucket, s.key(), s.version());
        sources.open.add(version);
        s.conditions().check(version.record());
      }
      complete = true;
      return sources;
    } finally {
      if (!complete) {
        sources.close();
      }
    }
  }

  List<SourceVersion> all() {
    return open;
  }

  /** Confirms all inside the commit. */
  void confirm(WriteTx tx) {
    for (int i = 0; i < named.size(); i++) {
      open.get(i).confirm(tx, named.get(i).version());
    }
  }

  @Override
  public void close() {
    open.forEach(SourceVersion::close);
  }
}
