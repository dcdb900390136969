package dev.anvil.s3.answer;

import dev.anvil.identity.Circumstances;
import dev.anvil.objects.ObjectInfo;
import dev.anvil.objects.rules.LifecycleRules;
import dev.anvil.objects.rules.LockMode;
import dev.anvil.objects.rules.Retention;
import dev.anvil.objects.rules.VersionLock;
import dev.anvil.objects.rules.WriteWish;
import dev.anvil.objects.sealing.CustomerKey;
import dev.anvil.objects.sealing.SealWish;
import dev.anvil.objects.sealing.Sealing;
import dev.anvil.s3.wire.Dates;
import dev.anvil.s3.wire.Failures;
import dev.anvil.s3.wire.HeaderText;
import dev.anvil.s3.wire.S3Code;
import dev.anvil.s3.wire.S3Failure;
import dev.anvil.s3.wire.UriCoding;
import dev.anvil.s3.wire.XmlTree;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/** Headers of encryption, object lock and expiry. Values of keys are never shown or logged. */
final class Guarding {
  private static final String SSE = "x-amz-server-side-encryption";
  private static final String CUSTOMER = SSE + "-customer-";
  private static final String SOURCE = "x-amz-copy-source-server-side-encryption-customer-";
  static final String LOCK = "x-amz-object-lock-";
  private static final String AES = "AES256";
  private static final String WITH_KEYS =
      "Requests specifying Server Side Encryption with Customer provided keys must provide ";

  private Guarding() {}

  /** What a writer says. */
  static WriteWish ofWrite(S3Call call) {
    return new WriteWish(lock(call), seal(call));
  }

  /** Whether a writer says anything of encryption. */
  static boolean seals(S3Call call) {
    return !seal(call).equals(SealWish.NONE);
  }

  private static SealWish seal(S3Call call) {
    CustomerKey customer = customer(call);
    String sse = call.header(SSE);
    if (sse == null) {
      return customer == null ? SealWish.NONE : SealWish.of(customer);
    }
    if (customer != null) {
      throw Numbers.argument(
          SSE,
          sse,
          "Server Side Encryption with Customer provided key is incompatible with the encryption"
              + " method specified");
    }
    requireServer(sse);
    return SealWish.SERVER;
  }

  /** Refuses every method but the one under the server's keys. */
  static void requireServer(String method) {
    if (method.startsWith("aws:kms")) {
      throw new S3Failure(
          S3Code.NotImplemented, "SSE-KMS (" + SSE + ": aws:kms) is not implemented.");
    }
    if (!method.equals(AES)) {
      throw Numbers.argument(SSE, method, "The encryption method specified is not supported");
    }
  }

  /** Refuses what is said of encryption where another request, or the writer, decides on it. */
  static void requireNoMethod(S3Call call) {
    String sse = call.header(SSE);
    if (sse != null) {
      throw Numbers.argument(
          SSE, sse, "x-amz-server-side-encryption header is not supported for this operation.");
    }
  }

  /** The key that comes with the request, or null. */
  static CustomerKey customer(S3Call call) {
    return customer(call, CUSTOMER);
  }

  /** The key of a copy's source, or null. */
  static CustomerKey ofSource(S3Call call) {
    return customer(call, SOURCE);
  }

  private static CustomerKey customer(S3Call call, String prefix) {
    String algorithm = call.header(prefix + "algorithm");
    String key = call.header(prefix + "key");
    String md5 = call.header(prefix + "key-MD5");
    if (algorithm == null && key == null && md5 == null) {
      return null;
    }
    requireSecure(call);
    if (algorithm == null) {
      throw invalid(prefix + "algorithm", WITH_KEYS + "a valid encryption algorithm.");
    }
    if (!algorithm.equals(AES)) {
      throw new S3Failure(S3Code.InvalidEncryptionAlgorithmError);
    }
    if (key == null) {
      throw invalid(prefix + "key", WITH_KEYS + "an appropriate secret key.");
    }
    if (md5 == null) {
      throw invalid(prefix + "key-MD5", WITH_KEYS + "the client calculated MD5 of the secret key.");
    }
    CustomerKey found = new CustomerKey(bytes(prefix, key));
    if (!same(found.md5(), md5.strip())) {
      throw invalid(
          prefix + "key-MD5",
          "The calculated MD5 hash of the key did not match the hash that was provided.");
    }
    return found;
  }

  /** A key that went over the net in the clear is none any more. */
  private static void requireSecure(S3Call call) {
    Circumstances from = call.call().circumstances();
    if (!from.secure() && !loopback(from.ip())) {
      throw new S3Failure(
          S3Code.InvalidRequest,
          "Requests specifying Server Side Encryption with Customer provided keys must be made over"
              + " a secure connection.");
    }
  }

  private static boolean loopback(String address) {
    try {
      return address != null && InetAddress.ofLiteral(address).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      // what a proxy says of its client need not be an address
      return false;
    }
  }

  private static byte[] bytes(String prefix, String base64) {
    try {
      return Base64.getDecoder().decode(base64.strip());
    } catch (IllegalArgumentException e) {
      throw invalid(prefix + "key", "The secret key was invalid for the specified algorithm.");
    }
  }

  private static boolean same(String a, String b) {
    return MessageDigest.isEqual(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }

  /** The value may be a key: it is not shown. */
  private static S3Failure invalid(String header, String message) {
    return Numbers.argument(header, "null", message);
  }

  private static VersionLock lock(S3Call call) {
    String mode = call.header(LOCK + "mode");
    String until = call.header(LOCK + "retain-until-date");
    String hold = call.header(LOCK + "legal-hold");
    if ((mode == null) != (until == null)) {
      throw Numbers.argument(
          mode == null ? LOCK + "mode" : LOCK + "retain-until-date",
          "null",
          "x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied");
    }
    Retention retention =
        mode == null ? null : new Retention(mode(mode.strip()), date(until, false));
    if (hold != null && !hold.equals("ON") && !hold.equals("OFF")) {
      throw Numbers.argument(
          LOCK + "legal-hold", hold, "Legal Hold must be either of 'ON' or 'OFF'");
    }
    return new VersionLock(retention, hold == null ? null : hold.equals("ON"));
  }

  private static LockMode mode(String text) {
    return switch (text) {
      case "GOVERNANCE" -> LockMode.GOVERNANCE;
      case "COMPLIANCE" -> LockMode.COMPLIANCE;
      default -> throw Numbers.argument(LOCK + "mode", text, "Unknown wormMode directive.");
    };
  }

  /** A date of ISO 8601. */
  static Instant date(String text, boolean ofDocument) {
    try {
      return Dates.parseIso(text);
    } catch (DateTimeException e) {
      throw ofDocument
          ? XmlTree.malformed()
          : Numbers.argument(
              LOCK + "retain-until-date",
              text,
              "The retain until date must be provided in ISO 8601 format");
    }
  }

  /** Refuses a look at a version without the key that reading it needs. */
  static void requireKey(S3Call call, ObjectInfo info) {
    Sealing sealing = info.outlook().protection().sealing();
    CustomerKey sent = customer(call);
    boolean needed = sealing != null && sealing.ofCustomer();
    if (!needed && sent != null) {
      throw new S3Failure(
          S3Code.InvalidRequest, "The encryption parameters are not applicable to this object.");
    }
    if (needed && sent == null) {
      throw new S3Failure(S3Code.InvalidRequest, Failures.CUSTOMER_KEY_LACKS);
    }
    if (needed && !same(sealing.customerMd5(), sent.md5())) {
      throw new S3Failure(S3Code.AccessDenied);
    }
  }

  /** Says how bytes are encrypted; nothing for plain ones. */
  static void describe(S3Call call, Sealing sealing) {
    if (sealing == null) {
      return;
    }
    if (sealing.ofCustomer()) {
      Out.headers(call).put(CUSTOMER + "algorithm", AES);
      Out.headers(call).put(CUSTOMER + "key-MD5", sealing.customerMd5());
    } else {
      Out.headers(call).put(SSE, AES);
    }
  }

  /** Says of encryption what is certain before the work is done. */
  static void describeAsked(S3Call call) {
    CustomerKey sent = customer(call);
    if (sent != null) {
      Out.headers(call).put(CUSTOMER + "algorithm", AES);
      Out.headers(call).put(CUSTOMER + "key-MD5", sent.md5());
    } else if (AES.equals(call.header(SSE))) {
      Out.headers(call).put(SSE, AES);
    }
  }

  /** Says what protects a version and when it ends. */
  static void describe(S3Call call, ObjectInfo info) {
    describe(call, info.outlook().protection().sealing());
    VersionLock lock = info.outlook().protection().lock();
    if (lock.retention() != null) {
      Out.headers(call).put(LOCK + "mode", lock.retention().mode().name());
      Out.headers(call).put(LOCK + "retain-until-date", Dates.iso(lock.retention().until()));
    }
    if (lock.hold() != null) {
      Out.headers(call).put(LOCK + "legal-hold", lock.held() ? "ON" : "OFF");
    }
    expiry(call, info.outlook().expiry());
  }

  /** Says when an upload that stays open ends; nothing for null. */
  static void abort(S3Call call, LifecycleRules.Expiry abort) {
    if (abort != null) {
      Out.headers(call).put("x-amz-abort-date", Dates.http(abort.at()));
      Out.headers(call).put("x-amz-abort-rule-id", HeaderText.out(abort.rule()));
    }
  }

  /** Says when a version ends; nothing for null. */
  static void expiry(S3Call call, LifecycleRules.Expiry expiry) {
    if (expiry != null) {
      String text =
          "expiry-date=\""
              + Dates.http(expiry.at())
              + "\", rule-id=\""
              + UriCoding.encode(expiry.rule())
              + "\"";
      Out.headers(call).put("x-amz-expiration", text);
    }
  }
}
