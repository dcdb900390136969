package dev.anvil.features.steps;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** An unmodified S3 client of the node as it runs now: a restart gives the node another port. */
final class SdkClient implements AutoCloseable {
  private final World world;
  private S3Client client;
  private String endpoint = "";

  SdkClient(World world) {
    this.world = world;
  }

  S3Client get() {
    if (!endpoint.equals(world.publicUrl().toString())) {
      close();
      endpoint = world.publicUrl().toString();
      client =
          S3Client.builder()
              .endpointOverride(world.publicUrl())
              .region(Region.US_EAST_1)
              .forcePathStyle(true)
              .httpClient(UrlConnectionHttpClient.create())
              .credentialsProvider(
                  StaticCredentialsProvider.create(
                      AwsBasicCredentials.create(world.clientId(), world.clientSecret())))
              .build();
    }
    return client;
  }

  @Override
  public void close() {
    if (client != null) {
      client.close();
    }
  }
}
