package dev.anvil.http.server;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;

/**
 * HTTP/2 without TLS: by prior knowledge, or by an upgrade of a request without a body. An upgrade
 * before a body is read would take the body for frames; such a request goes on in HTTP/1.1, as any
 * server may decide, for some clients (the JDK's) ask for the upgrade with every first request.
 */
final class PlainHttp2 extends HTTP2CServerConnectionFactory {
  PlainHttp2(HttpConfiguration configuration) {
    super(configuration);
  }

  @Override
  public Connection upgradeConnection(
      Connector connector,
      EndPoint endPoint,
      MetaData.Request request,
      HttpFields.Mutable responseFields)
      throws org.eclipse.jetty.http.HttpException.RuntimeException {
    HttpFields headers = request.getHttpFields();
    boolean body =
        headers.contains(HttpHeader.TRANSFER_ENCODING)
            || headers.getLongField(HttpHeader.CONTENT_LENGTH) > 0;
    return body ? null : super.upgradeConnection(connector, endPoint, request, responseFields);
  }
}
