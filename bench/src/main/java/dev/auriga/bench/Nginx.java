// SPDX-License-Identifier: Apache-2.0
package dev.auriga.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// nginx as a plain reverse proxy with two workers: the least such work costs in practice.
record Nginx(int port, int upstreamPort) implements Contender {
  static final String NAME = "nginx";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Scope scope() {
    return Scope.EVERYTHING;
  }

  @Override
  public @Nullable String missing() {
    return Machine.find("nginx") == null ? "there is no nginx; on Debian: apt-get install nginx-light" : null;
  }

  @Override
  public Address address() {
    return new Address(port, Map.of());
  }

  @Override
  public Child start(Path folder) {
    Path file = Machine.write(folder.resolve("nginx.conf"), configuration(folder));
    List<String> command =
        List.of(String.valueOf(Machine.find("nginx")), "-p", folder.toString(), "-c", file.toString());
    return Child.start(command, Map.of(), folder.resolve("nginx.log"));
  }

  /// Bodies stay in memory and replies go on as they come, as the other contenders do it.
  private String configuration(Path folder) {
    return """
        daemon off;
        worker_processes 2;
        worker_rlimit_nofile 16384;
        pid %1$s/nginx.pid;
        error_log stderr error;
        events { worker_connections 8192; }
        http {
          access_log off;
          client_body_temp_path %1$s/nginx-body;
          proxy_temp_path %1$s/nginx-proxy;
          fastcgi_temp_path %1$s/nginx-fastcgi;
          uwsgi_temp_path %1$s/nginx-uwsgi;
          scgi_temp_path %1$s/nginx-scgi;
          client_body_buffer_size 1m;
          client_max_body_size 16m;
          tcp_nodelay on;
          keepalive_requests 100000000;
          upstream provider {
            server 127.0.0.1:%2$d;
            keepalive 2048;
            keepalive_requests 100000000;
          }
          server {
            listen 127.0.0.1:%3$d backlog=4096;
            location / {
              proxy_pass http://provider;
              proxy_http_version 1.1;
              proxy_set_header Connection "";
              proxy_buffering off;
              proxy_socket_keepalive on;
              proxy_read_timeout 60s;
            }
          }
        }
        """.formatted(folder, upstreamPort, port);
  }
}
