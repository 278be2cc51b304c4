"""Settings of the proxies as docs/deploy.md gives them, for a server on a port of this machine."""

NGINX = """
daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{}}
http {{
  access_log off; client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
  uwsgi_temp_path {folder}; scgi_temp_path {folder};
  map $http_upgrade $connection_upgrade {{ default upgrade; '' close; }}
  upstream app {{ {servers} }}
  server {{
    listen 127.0.0.1:{port} {tls};
    {certificate}
    location {path} {{
      proxy_pass http://app{strip};
      proxy_http_version 1.1;
      proxy_set_header Host $http_host;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_upgrade;
      proxy_read_timeout 1h;
      proxy_buffering off;
    }}
    {more}
  }}
}}
"""

CADDY = """
{{
  admin off
  auto_https disable_redirects
  storage file_system {folder}
}}
https://127.0.0.1:{port} {{
  tls {folder}/cert.pem {folder}/key.pem
  reverse_proxy {servers} {{
    lb_policy cookie
  }}
}}
"""

HAPROXY = """
defaults
  mode http
  timeout connect 5s
  timeout client 1h
  timeout server 1h
  timeout tunnel 1h
frontend here
  bind 127.0.0.1:{port} ssl crt {folder}/both.pem
  default_backend app
backend app
  cookie SERVER insert indirect nocache
{servers}
"""
