package dev.anvil.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.glassfish.jersey.jetty.JettyHttpContainer;
import org.glassfish.jersey.server.ContainerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Why the listeners do not use Jersey's own container for Jetty. When this turns red, a release has
 * mended it: read docs/adr/0002-jersey-bridge.md again.
 */
@Tag("fast")
class JerseyContainerTest {
  /** A resource as simple as they come. */
  @Path("things")
  public static class Things {
    @GET
    @Path("{name}")
    public byte[] thing(@PathParam("name") String name) {
      return name.getBytes(StandardCharsets.UTF_8);
    }
  }

  @Test
  void itSendsNoLengthsAndRefusesKeys() throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(
        ContainerFactory.createContainer(
            JettyHttpContainer.class, new ResourceConfig(Things.class)));
    server.start();
    try {
      String end = " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
      String get = Wire.exchange(connector.getLocalPort(), "GET /things/a" + end);
      assertThat(get).startsWith("HTTP/1.1 200 ").doesNotContain("Content-Length");
      String head = Wire.exchange(connector.getLocalPort(), "HEAD /things/a" + end);
      assertThat(head).startsWith("HTTP/1.1 200 ").doesNotContain("Content-Length: 1\r\n");
      assertThat(Wire.exchange(connector.getLocalPort(), "GET /things/a%2Fb" + end))
          .startsWith("HTTP/1.1 400 ");
    } finally {
      server.stop();
    }
  }
}
