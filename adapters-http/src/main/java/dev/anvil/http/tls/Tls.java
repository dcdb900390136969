package dev.anvil.http.tls;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.ssl.X509;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS of one listener. While it runs, the files are looked at every few seconds; a changed pair
 * that fits together serves the next handshakes, and until there is one the old pair goes on.
 */
public final class Tls extends AbstractLifeCycle {
  private static final Logger LOG = LoggerFactory.getLogger(Tls.class);

  private final TlsFiles files;
  private final Duration period;
  private final Scheduler scheduler;
  private final SslContextFactory.Server context = new SslContextFactory.Server();
  private volatile TlsIdentity served;
  private volatile Scheduler.Task next;
  private String complaint = "";

  /**
   * Reads the files.
   *
   * @throws UnusableCertificate if they cannot serve
   */
  public Tls(TlsFiles files, Duration period, Scheduler scheduler) {
    this.files = files;
    this.period = period;
    this.scheduler = scheduler;
    served = TlsIdentity.read(files);
    context.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    context.setRenegotiationAllowed(false);
    serve(context, served);
  }

  private static void serve(SslContextFactory context, TlsIdentity identity) {
    // the key store never leaves this process; it wants a password all the same
    String password = UUID.randomUUID().toString();
    context.setKeyStore(identity.keyStore(password.toCharArray()));
    context.setKeyStorePassword(password);
  }

  /** What connections take their handshakes from. */
  public SslContextFactory.Server context() {
    return context;
  }

  /** Whether the certificate served now is for this host name or address. */
  public boolean isFor(String host) {
    X509 certificate = context.getX509(context.getAliases().stream().findFirst().orElse(""));
    return certificate != null && certificate.matches(host);
  }

  private void look() {
    try {
      TlsIdentity found = TlsIdentity.read(files);
      if (!found.sameAs(served)) {
        context.reload(c -> serve(c, found));
        served = found;
        LOG.info("serving the certificate of {} until {}", found.subject(), found.end());
      }
      complaint = "";
    } catch (Exception e) {
      complain(e);
    }
    again();
  }

  /** Once for each cause: between two files of a renewal there is always a moment of mismatch. */
  private void complain(Exception e) {
    String text = String.valueOf(e.getMessage());
    if (!text.equals(complaint)) {
      complaint = text;
      LOG.warn("the certificate of {} goes on, for the files changed: {}", served.subject(), text);
    }
  }

  private void again() {
    if (isRunning() || isStarting()) {
      next = scheduler.schedule(this::look, period.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  @Override
  protected void doStart() {
    again();
  }

  @Override
  protected void doStop() {
    Scheduler.Task task = next;
    if (task != null) {
      task.cancel();
    }
  }
}
