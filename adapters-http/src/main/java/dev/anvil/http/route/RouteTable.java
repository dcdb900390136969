package dev.anvil.http.route;

import dev.anvil.http.wire.Target;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * All routes of a listener. What is not in it is not answered, whatever a resource class says; so
 * comparing it with the API document proves that the document is complete.
 */
public final class RouteTable {
  private static final List<String> PRECONDITIONS =
      List.of("If-Match", "If-None-Match", "If-Unmodified-Since", "Anvil-If-Version");

  private final List<Route> routes;
  private final Map<Integer, List<Route>> bySize = new HashMap<>();

  private RouteTable(List<Route> routes) {
    this.routes = List.copyOf(routes);
    for (Route route : routes) {
      bySize.computeIfAbsent(route.template().size(), _ -> new ArrayList<>()).add(route);
    }
    bySize.values().forEach(l -> l.sort((a, b) -> b.weight() - a.weight()));
  }

  /**
   * Reads annotated types. Every method has its whole path: JAX-RS looks at classes first and never
   * comes back, so paths shared by classes must not be split between class and method.
   *
   * @param resources classes JAX-RS serves
   * @param plain interfaces that describe what plain handlers serve
   */
  public static RouteTable of(Collection<Class<?>> resources, Collection<Class<?>> plain) {
    List<Route> routes = new ArrayList<>();
    resources.forEach(type -> scan(type, false, routes));
    plain.forEach(type -> scan(type, true, routes));
    Set<String> seen = new LinkedHashSet<>();
    for (Route route : routes) {
      if (!seen.add(route.method() + " " + route.path())) {
        throw new IllegalStateException(
            "two operations answer " + route.method() + " " + route.path());
      }
    }
    return new RouteTable(routes);
  }

  private static void scan(Class<?> type, boolean plain, List<Route> into) {
    for (Method method : type.getMethods()) {
      String verb = httpMethod(method);
      if (verb != null) {
        Path path = method.getAnnotation(Path.class);
        into.add(route(verb, path.value().replaceAll("^/", ""), method, plain));
      }
    }
  }

  private static String httpMethod(Method method) {
    for (Annotation annotation : method.getAnnotations()) {
      HttpMethod http = annotation.annotationType().getAnnotation(HttpMethod.class);
      if (http != null) {
        return http.value();
      }
    }
    return null;
  }

  private static Route route(String method, String path, Method code, boolean plain) {
    int colon = path.lastIndexOf(':');
    boolean verb = colon > path.lastIndexOf('}') && colon > path.lastIndexOf('/');
    String template = verb ? path.substring(0, colon) : path;
    Set<String> query = new TreeSet<>();
    for (Parameter parameter : code.getParameters()) {
      QueryParam named = parameter.getAnnotation(QueryParam.class);
      if (named != null) {
        query.add(named.value());
      }
    }
    Body body = code.getAnnotation(Body.class);
    return new Route(
        method,
        List.of(template.split("/", -1)),
        verb ? path.substring(colon + 1) : null,
        code.getName(),
        code.isAnnotationPresent(Open.class),
        code.isAnnotationPresent(Anybody.class),
        code.isAnnotationPresent(OfTokens.class),
        body == null ? Body.Kind.JSON : body.value(),
        Set.copyOf(query),
        method.equals("GET") || method.equals("HEAD") ? Set.of() : refused(code),
        plain);
  }

  /** The preconditions that the operation does not look at. */
  private static Set<String> refused(Method code) {
    Set<String> refused = new TreeSet<>(PRECONDITIONS);
    for (Parameter parameter : code.getParameters()) {
      take(refused, parameter);
      if (parameter.isAnnotationPresent(BeanParam.class)) {
        for (Field field : parameter.getType().getDeclaredFields()) {
          take(refused, field);
        }
      }
    }
    return Set.copyOf(refused);
  }

  private static void take(Set<String> refused, AnnotatedElement element) {
    HeaderParam named = element.getAnnotation(HeaderParam.class);
    if (named != null) {
      refused.remove(named.value());
    }
  }

  /**
   * What a look-up found.
   *
   * @param route the operation, or null
   * @param allowed where there is none, methods the path knows; empty if the path is unknown
   */
  public record Match(Route route, Set<String> allowed) {}

  /** Finds the operation; HEAD is answered by GET where it has no operation of its own. */
  public Match match(String method, Target target) {
    List<Route> candidates = bySize.getOrDefault(target.segments().size(), List.of());
    Route get = null;
    int weight = -1;
    for (Route route : candidates) {
      if (!route.matches(target.segments(), target.verb())) {
        continue;
      }
      if (weight > route.weight()) {
        break;
      }
      weight = route.weight();
      if (route.method().equals(method)) {
        return new Match(route, Set.of());
      }
      get = route.method().equals("GET") ? route : get;
    }
    return get != null && method.equals("HEAD")
        ? new Match(get, Set.of())
        : new Match(null, allowed(candidates, target, weight));
  }

  private static Set<String> allowed(List<Route> candidates, Target target, int weight) {
    Set<String> allowed = new TreeSet<>();
    for (Route route : candidates) {
      if (route.weight() == weight && route.matches(target.segments(), target.verb())) {
        allowed.add(route.method());
      }
    }
    if (allowed.contains("GET")) {
      allowed.add("HEAD");
    }
    return allowed;
  }

  /** Every route. */
  public List<Route> routes() {
    return routes;
  }
}
