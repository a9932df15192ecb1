#!/usr/bin/env python3
"""nginx as the well-behaved server: nginx.py CONFIGURATION_OF_A_SERVER [--tls CERTIFICATE KEY]

Starts nginx in a folder of its own, in the foreground, with what the test says inside `server { … }`
(ROOT stands for a folder in which `feed.xml` is), on a free port of 127.0.0.1. Prints the port and
the folder, and stops when standard input ends. Exit 77: there is no nginx.
"""
import os, shutil, socket, subprocess, sys, tempfile, time

CONFIGURATION = """
daemon off;
pid DIR/pid;
error_log DIR/errors;
worker_processes 1;
events {}
http {
  access_log DIR/requests;
  types { application/rss+xml xml; }
  client_body_temp_path DIR/t1; proxy_temp_path DIR/t2; fastcgi_temp_path DIR/t3;
  uwsgi_temp_path DIR/t4; scgi_temp_path DIR/t5;
  server { listen 127.0.0.1:PORT TLS; root DIR/root; SERVER }
}
"""

def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]

def answers(port):
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
        return True
    except OSError:
        return False

def main():
    nginx = shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
    if nginx is None:
        print("there is no nginx; install nginx-light", file=sys.stderr)
        sys.exit(77)
    server, tls = sys.argv[1], ""
    if "--tls" in sys.argv:
        certificate, key = sys.argv[sys.argv.index("--tls") + 1:][:2]
        tls, server = "ssl", f"ssl_certificate {certificate}; ssl_certificate_key {key}; " + server
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)  # its worker is another user
        os.mkdir(os.path.join(folder, "root"))
        with open(os.path.join(folder, "root", "feed.xml"), "w") as feed:
            feed.write("<rss version='2.0'><channel><title>Served by nginx</title>" + "<item><title>One of many notices</title></item>" * 200 + "</channel></rss>")
        for _ in range(10):  # the port may be taken meanwhile
            port = free_port()
            text = CONFIGURATION.replace("SERVER", server).replace("DIR", folder).replace("PORT", str(port)).replace("TLS", tls)
            with open(os.path.join(folder, "conf"), "w") as out:
                out.write(text)
            running = subprocess.Popen([nginx, "-c", os.path.join(folder, "conf"), "-e", os.path.join(folder, "errors")], stdin=subprocess.DEVNULL)
            while running.poll() is None and not answers(port):
                time.sleep(0.02)
            if running.poll() is None:
                break
        else:
            sys.exit("nginx does not start: " + open(os.path.join(folder, "errors")).read())
        print(port, folder, flush=True)
        sys.stdin.read()
        running.terminate()
        running.wait()

main()
