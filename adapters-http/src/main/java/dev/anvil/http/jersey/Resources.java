package dev.anvil.http.jersey;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.anvil.http.wire.Jsons;
import jakarta.ws.rs.ext.ContextResolver;
import java.util.Collection;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.glassfish.jersey.CommonProperties;
import org.glassfish.jersey.jackson.JacksonFeature;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;

/** The JAX-RS application: these resources, this JSON, nothing discovered. */
public final class Resources {
  private static final int ANSWER_BUFFER_BYTES = 64 * 1024;

  /**
   * Jersey warns of every resource that is an object and not a class, though it serves it. The
   * reference keeps the level: loggers nobody holds are forgotten with it.
   */
  private static final Logger PROVIDERS =
      Logger.getLogger("org.glassfish.jersey.internal.inject.Providers");

  static {
    PROVIDERS.setLevel(Level.SEVERE);
  }

  private Resources() {}

  /** Serves resource objects built by constructors. */
  public static ResourceConfig of(Collection<?> resources) {
    ResourceConfig config = new ResourceConfig();
    resources.forEach(config::register);
    config.register(JacksonFeature.withoutExceptionMappers());
    config.register(new StrictJson());
    config.register(new NamingBodies());
    config.register(FailureMapper.class);
    config.property(CommonProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true);
    config.property(CommonProperties.OUTBOUND_CONTENT_LENGTH_BUFFER, ANSWER_BUFFER_BYTES);
    config.property(ServerProperties.WADL_FEATURE_DISABLE, true);
    config.property(ServerProperties.RESPONSE_SET_STATUS_OVER_SEND_ERROR, true);
    return config;
  }

  private static final class StrictJson implements ContextResolver<ObjectMapper> {
    private final ObjectMapper mapper = Jsons.strict();

    @Override
    public ObjectMapper getContext(Class<?> type) {
      return mapper;
    }
  }
}
