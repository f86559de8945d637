package io.cloudstic.store.camel;

import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.services.s3.DelegatingS3Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;

/** Makes clients of S3 services. */
public final class S3Clients {
  /** Where AWS is asked first when nothing names a region; it says where the bucket is. */
  private static final Region FALLBACK = Region.US_EAST_1;

  private S3Clients() {}

  /**
   * A client with the settings; it opens no connection yet. It makes one attempt per call, because
   * the routes' error handler is what tries again.
   */
  public static S3Client open(S3Settings settings) {
    S3ClientBuilder client =
        S3Client.builder()
            .httpClientBuilder(
                defaults ->
                    new StallGuard(
                        http(settings).buildWithDefaults(defaults),
                        settings.idleTimeout().multipliedBy(2)))
            // Whatever is read is compared with its name or authenticated, and damage told as such.
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
            .credentialsProvider(credentials(settings))
            .region(region(settings))
            .forcePathStyle(settings.pathStyle());
    settings
        .profile()
        .ifPresent(
            p ->
                client.overrideConfiguration(
                    client.overrideConfiguration().toBuilder().defaultProfileName(p).build()));
    if (settings.endpoint().isPresent()) {
      client.endpointOverride(settings.endpoint().get());
    } else {
      // AWS answers with the bucket's own region, which the client then uses.
      client.crossRegionAccessEnabled(true);
    }
    if (settings.checksumsWhenRequired()) {
      // The plainest form of a put: signed as a whole, no chunks with signatures of their own.
      client.serviceConfiguration(c -> c.chunkedEncodingEnabled(false));
      client.requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED);
    }
    return client.build();
  }

  private static ApacheHttpClient.Builder http(S3Settings settings) {
    return ApacheHttpClient.builder()
        .maxConnections(settings.connections())
        .connectionTimeout(settings.connectTimeout())
        .connectionAcquisitionTimeout(settings.idleTimeout())
        .socketTimeout(settings.idleTimeout())
        // It costs a round trip per put and helps no pack-sized object.
        .expectContinueEnabled(false);
  }

  /**
   * The client as Camel gets it: each of Camel's S3 endpoints asks for its bucket when it starts,
   * and this client answers that itself, so that starting or checking routes touches no network.
   * {@link S3Bucket#check()} asks in earnest, once.
   */
  public static S3Client withoutBucketCheck(S3Client client) {
    return new DelegatingS3Client(client) {
      @Override
      public HeadBucketResponse headBucket(HeadBucketRequest request) {
        return HeadBucketResponse.builder().build();
      }
    };
  }

  private static DefaultCredentialsProvider credentials(S3Settings settings) {
    DefaultCredentialsProvider.Builder provider = DefaultCredentialsProvider.builder();
    settings.profile().ifPresent(provider::profileName);
    return provider.build();
  }

  private static Region region(S3Settings settings) {
    return settings.region().map(Region::of).orElseGet(() -> configuredRegion(settings));
  }

  /**
   * The region of the environment or the shared files; not that of the machine (a slow question).
   */
  private static Region configuredRegion(S3Settings settings) {
    AwsProfileRegionProvider ofProfile =
        settings
            .profile()
            .map(p -> new AwsProfileRegionProvider(null, p))
            .orElseGet(AwsProfileRegionProvider::new);
    try {
      return new AwsRegionProviderChain(new SystemSettingsRegionProvider(), ofProfile).getRegion();
    } catch (SdkClientException e) {
      return FALLBACK;
    }
  }
}
