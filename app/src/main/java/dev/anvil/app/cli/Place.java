package dev.anvil.app.cli;

import dev.anvil.client.http.ClientException;
import dev.anvil.client.http.Paths;

/** {@code BUCKET} or {@code BUCKET/KEY} as typed. */
record Place(String bucket, String key) {
  static Place parse(String text) {
    int slash = text.indexOf('/');
    Place place =
        slash < 0
            ? new Place(text, "")
            : new Place(text.substring(0, slash), text.substring(slash + 1));
    if (place.bucket().isEmpty()) {
      throw new ClientException(
          ClientException.USAGE, "'" + text + "': expected BUCKET or BUCKET/KEY");
    }
    return place;
  }

  Place withKey() {
    if (key.isEmpty()) {
      throw new ClientException(
          ClientException.USAGE, "'" + bucket + "' names a bucket: expected BUCKET/KEY");
    }
    return this;
  }

  String bucketPath() {
    return "/v1/buckets/" + Paths.value(bucket);
  }

  String objectPath() {
    return bucketPath() + "/objects/" + Paths.key(key);
  }
}
