package dev.anvil.backup.s3;

/** Who asks: access key, its secret, and the region in signatures. */
public record S3Access(String accessKey, String secretKey, String region) {
  @Override
  public String toString() {
    return "S3Access[accessKey=" + accessKey + ", region=" + region + "]";
  }
}
