package dev.anvil.bench.side;

import dev.anvil.bench.replay.Loader;
import dev.anvil.bench.replay.Magazine;
import dev.anvil.bench.replay.Shot;
import dev.anvil.bench.wire.Calls;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Requests on single objects. */
public final class ObjectShots {
  private static final int READS = 8_192;

  private ObjectShots() {}

  /** Which API the requests speak. */
  public enum Api {
    S3,
    NATIVE;

    private Loader loader(Stage stage) throws IOException {
      return this == S3 ? stage.signed() : stage.bearer();
    }

    private String target(Space space, long n) {
      return this == S3 ? space.path(n) : Calls.object(space.bucket(), Space.key(n));
    }
  }

  /** New objects; deleted again after the row if they are to make room. */
  public static Row.Shots puts(Api api, String bucket, int bytes, boolean makeRoom) {
    return new Row.Shots() {
      @Override
      public Magazine load(Stage stage, int count) throws IOException {
        Space space = stage.space(bucket, bytes);
        Loader loader = api.loader(stage);
        List<Shot> shots = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
          long n = space.made() + i;
          shots.add(loader.put(api.target(space, n), space.template(), n));
        }
        return Magazine.once(shots);
      }

      @Override
      public void sent(Stage stage, int count) throws IOException {
        stage.space(bucket, bytes).wrote(count);
      }

      @Override
      public void over(Stage stage) throws IOException {
        Space space = stage.space(bucket, bytes);
        if (makeRoom && space.made() > space.deleted()) {
          int count = (int) (space.made() - space.deleted());
          stage.all(deletes(api, stage, space, count));
          space.deletes(count);
        }
      }
    };
  }

  /** Random objects of a space that is filled before, read again and again. */
  static Row.Shots reads(Api api, String method, String bucket, int bytes) {
    return new Row.Shots() {
      @Override
      public Magazine load(Stage stage, int count) throws IOException {
        Space space = stage.space(bucket, bytes);
        Loader loader = api.loader(stage);
        List<Shot> shots = new ArrayList<>();
        for (int i = 0; i < Math.min(READS, Math.max(count, 64)); i++) {
          String target = api.target(space, stage.random().nextLong(space.made()));
          shots.add(loader.bodiless(method, target, bytes));
        }
        return Magazine.forever(shots);
      }

      @Override
      public void sent(Stage stage, int count) {
        // reads use nothing up
      }
    };
  }

  /** Objects of a space that puts have filled, each once. */
  public static Row.Shots deletions(Api api, String bucket, int bytes) {
    return new Row.Shots() {
      @Override
      public Magazine load(Stage stage, int count) throws IOException {
        Space space = stage.space(bucket, bytes);
        long left = space.made() - space.deleted();
        // twice as many are asked for as the warm-up says that a window takes
        long needed = (count + 1) / 2;
        if (left < needed) {
          // what the puts before left is not enough: the rest is made now, outside the window
          stage.fill(space, (int) (needed - left));
        }
        int most = (int) Math.min(count, Math.max(left, needed));
        return Magazine.once(deletes(api, stage, space, most));
      }

      @Override
      public void sent(Stage stage, int count) throws IOException {
        stage.space(bucket, bytes).deletes(count);
      }
    };
  }

  private static List<Shot> deletes(Api api, Stage stage, Space space, int count)
      throws IOException {
    Loader loader = api.loader(stage);
    List<Shot> shots = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      shots.add(loader.bodiless("DELETE", api.target(space, space.deleted() + i), -1));
    }
    return shots;
  }

  /** The same few keys over and over, every body another. */
  static Row.Shots overwrites(String bucket, int bytes, int keys) {
    return new Row.Shots() {
      @Override
      public Magazine load(Stage stage, int count) throws IOException {
        Space space = stage.space(bucket, bytes);
        Loader loader = stage.signed();
        List<Shot> shots = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
          long n = space.made() + i;
          shots.add(loader.put(space.path(n % keys), space.template(), n));
        }
        return Magazine.once(shots);
      }

      @Override
      public void sent(Stage stage, int count) throws IOException {
        stage.space(bucket, bytes).wrote(count);
      }
    };
  }

  /** 45 reads of 100, 30 heads, 15 puts, 10 deletes. */
  static Row.Shots mixed(String bucket, int bytes) {
    return new Row.Shots() {
      private int puts;
      private int deletes;

      @Override
      public Magazine load(Stage stage, int count) throws IOException {
        Space read = stage.space(Stage.SMALL, Stage.KIB_4);
        Space written = stage.space(bucket, bytes);
        Loader loader = stage.signed();
        List<Shot> shots = new ArrayList<>(count);
        puts = 0;
        deletes = 0;
        for (int i = 0; i < count; i++) {
          int die = stage.random().nextInt(100);
          String any = read.path(stage.random().nextLong(read.made()));
          if (die < 45) {
            shots.add(loader.bodiless("GET", any, Stage.KIB_4));
          } else if (die < 75) {
            shots.add(loader.bodiless("HEAD", any, -1));
          } else if (die < 90 || written.deleted() + deletes >= written.made()) {
            long n = written.made() + puts++;
            shots.add(loader.put(written.path(n), written.template(), n));
          } else {
            shots.add(loader.bodiless("DELETE", written.path(written.deleted() + deletes++), -1));
          }
        }
        return Magazine.once(shots);
      }

      @Override
      public void sent(Stage stage, int count) throws IOException {
        // numbers of what was not sent are left out: a delete of one is a delete of nothing
        Space written = stage.space(bucket, bytes);
        written.wrote(puts);
        written.deletes(deletes);
      }
    };
  }
}
