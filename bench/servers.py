"""The servers that are measured: started in processes of their own, each on a free port, with what they keep in `bench/work`."""

import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from archives import archive, multipart

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
JAR = ROOT / "target/mdlibs-registry.jar"
CLI = ROOT / "cli/target/mdlibs.jar"
YARDSTICK = HERE / "yardstick/target/yardstick"
S3PROXY = HERE.parent / "target/s3/s3proxy.jar"
WORK = HERE / "work"
PASSWORD = "no secret at all"
VERDACCIO = "6.10.4"
# Verdaccio 6.10 wants it; Debian 12 has an older one.
NODE = "22.23.3"
# Calls are counted as ever, and none is refused: one client makes all of them.
UNLIMITED = {
    f"MDLIBS_RATE_LIMIT_{name}": most
    for name, most in {
        "ANONYMOUS_PER_MINUTE": "100000000",
        "USER_PER_MINUTE": "100000000",
        "SEARCH_PER_MINUTE": "100000000",
        "PUBLISH_PER_HOUR": "100000000",
        "LOGIN_PER_MINUTE": "6000",
    }.items()
}


def fail(message):
    sys.exit(f"bench/run: {message}")


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_for(port):
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            time.sleep(0.1)
    fail(f"nothing answers at {port}")


class Server:
    """A process that answers HTTP on a port of its own."""

    def __init__(self, name, command, port, ready, env=None):
        self.name, self.command, self.port, self.ready = name, command, port, ready
        self.env = {k: v for k, v in os.environ.items() if not k.startswith("MDLIBS_")} | (env or {})
        self.process = None

    def start(self):
        """Starts it; the seconds to the first 200."""
        log = open(WORK / f"{self.name}.log", "wb")
        begin = time.monotonic()
        self.process = subprocess.Popen(
            [str(part) for part in self.command], env=self.env, stdout=log, stderr=log, start_new_session=True
        )
        while True:
            if self.process.poll() is not None:
                fail(f"{self.name} does not start; see {log.name}")
            if time.monotonic() - begin > 120:
                fail(f"{self.name} does not answer; see {log.name}")
            try:
                if self.call("GET", self.ready)[0] == 200:
                    return time.monotonic() - begin
            except OSError:
                pass
            time.sleep(0.01)

    def stop(self):
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            self.process.wait()

    def kill(self):
        """Ends it in the middle of whatever it does."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def call(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def json(self, method, path, value=None, token=None):
        headers = {"Content-Type": "application/json"}
        if token:
            headers["Authorization"] = "Bearer " + token
        status, body = self.call(method, path, None if value is None else json.dumps(value), headers)
        if status >= 300:
            fail(f"{self.name}: {method} {path}: {status} {body[:500]}")
        return json.loads(body)

    def memory_mb(self, figure="VmRSS"):
        """Resident memory (VmHWM: its high-water mark), in MB, of the process that does the work and of its children."""
        total = 0
        for status in Path("/proc").glob("[0-9]*/status"):
            try:
                text = status.read_text()
                if os.getpgid(int(status.parent.name)) == self.process.pid:
                    total += int(re.search(figure + r":\s+(\d+)", text).group(1))
            except (OSError, AttributeError):
                continue
        return round(total / 1024)


class Registry(Server):
    """The registry, as its launcher runs it."""

    def __init__(self, name, layout, database=None, env=None):
        home = WORK / f"{name}-home"
        shutil.rmtree(home, ignore_errors=True)
        settings = {"MDLIBS_HOME": str(home), "MDLIBS_ADMIN_PASSWORD": PASSWORD, "MDLIBS_QUOTA_USER_BYTES": "100000000000"} | UNLIMITED
        if database:
            settings["MDLIBS_DATABASE_URL"] = database
        port = free_port()
        super().__init__(
            name, [layout / "mdlibs-registry", "--port", port], port, "/health/ready", settings | (env or {})
        )

    def login(self):
        login = {"username": "admin", "password": PASSWORD}
        self.token = self.json("POST", "/api/v1/auth/login", login)["token"]

    def publish(self, archive, fields):
        body, kind = multipart(archive, fields)
        headers = {"Content-Type": kind, "Authorization": "Bearer " + self.token}
        status, answer = self.call("POST", "/api/v1/libraries", body, headers)
        if status != 201:
            fail(f"publishing: {status} {answer[:500]}")

    def java(self):
        """The id of the virtual machine's process, which the launcher starts."""
        return next(
            int(status.parent.name)
            for status in Path("/proc").glob("[0-9]*/status")
            if status.read_text().startswith("Name:\tjava") and os.getpgid(int(status.parent.name)) == self.process.pid
        )

    def load(self):
        """What wrk has to send to publish."""
        body, kind = multipart(archive(10_000), {"name": "NAME", "version": "1.0.0", "description": "A benchmark"})
        return {"body": body, "type": kind, "method": "POST", "path": "/api/v1/libraries", "token": self.token}


class Verdaccio(Server):
    """Verdaccio with its JWT option, fetched by npm when it is not there."""

    def __init__(self):
        place = WORK / "verdaccio"
        program = place / "node_modules/.bin/verdaccio"
        if not program.exists():
            place.mkdir(exist_ok=True)
            package = {"private": True, "overrides": {"node-fetch": "^2.7.0"}}
            (place / "package.json").write_text(json.dumps(package))
            packages = [f"verdaccio@{VERDACCIO}", f"node@{NODE}"]
            subprocess.run(["npm", "install", "--no-audit", "--no-fund", *packages], cwd=place, check=True)
        storage = WORK / "verdaccio-storage"
        shutil.rmtree(storage, ignore_errors=True)
        storage.mkdir()
        config = storage / "config.yaml"
        config.write_text(
            f"""storage: {storage}/packages
auth: {{htpasswd: {{file: {storage}/htpasswd}}}}
security: {{api: {{legacy: false, jwt: {{sign: {{expiresIn: 1d}}}}}}}}
packages: {{'**': {{access: $all, publish: $authenticated}}}}
max_body_size: 100mb
server: {{keepAliveTimeout: 60}}
log: {{type: stdout, level: error}}
"""
        )
        port = free_port()
        path = f"{place / 'node_modules/.bin'}:{os.environ['PATH']}"
        super().__init__(
            "verdaccio", [program, "--config", config, "--listen", f"127.0.0.1:{port}"], port, "/-/ping", {"PATH": path}
        )

    def login(self):
        user = {"name": "bench", "password": PASSWORD}
        self.token = self.json("PUT", "/-/user/org.couchdb.user:bench", user)["token"]

    def document(self, name, data):
        import base64

        version = {"name": name, "version": "1.0.0", "description": "A benchmark", "dist": {"tarball": f"http://x/{name}/-/{name}-1.0.0.tgz"}}
        attachment = {"content_type": "application/octet-stream", "data": base64.b64encode(data).decode(), "length": len(data)}
        return {
            "_id": name,
            "name": name,
            "description": "A benchmark",
            "dist-tags": {"latest": "1.0.0"},
            "versions": {"1.0.0": version},
            "_attachments": {f"{name}-1.0.0.tgz": attachment},
        }

    def publish(self, name, data):
        self.json("PUT", f"/{name}", self.document(name, data), self.token)

    def load(self):
        body = json.dumps(self.document("NAME", archive(10_000))).encode()
        return {"body": body, "type": "application/json", "method": "PUT", "path": "/NAME", "token": self.token}


def nginx(folder):
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    if not Path(program).exists():
        fail("nginx is missing (Debian: apt-get install nginx-light)")
    port = free_port()
    place = WORK / "nginx"
    place.mkdir(exist_ok=True)
    (place / "nginx.conf").write_text(
        f"""worker_processes auto; daemon off; pid {place}/pid; error_log {place}/error.log;
events {{ worker_connections 1024; }}
http {{ access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000; default_type application/gzip;
  client_body_temp_path {place}; proxy_temp_path {place}; fastcgi_temp_path {place}; uwsgi_temp_path {place}; scgi_temp_path {place};
  server {{ listen 127.0.0.1:{port}; root {folder}; }} }}
"""
    )
    # Its workers may run as another user.
    for parent in [folder, *folder.parents]:
        if not os.access(parent, os.X_OK):
            fail(f"{parent} cannot be read by nginx")
    user = ["-g", "user root;"] if os.geteuid() == 0 else []
    return Server("nginx", [program, "-p", place, "-c", place / "nginx.conf", *user], port, "/10-KB.tar.gz")


def layout(name, jar=JAR):
    """The server's files, laid out in a folder of their own."""
    if not jar.exists():
        fail("build first: ./mvnw -f all.xml package -DskipTests")
    place = WORK / name
    shutil.rmtree(place, ignore_errors=True)
    subprocess.run(["java", "-jar", str(jar), "--unpack", str(place)], check=True, stdout=subprocess.DEVNULL)
    return place


def prepared(name):
    place = layout(name)
    subprocess.run([place / "mdlibs-registry", "--prepare", str(free_port())], check=True, stdout=subprocess.DEVNULL)
    return place


def yardstick(folder):
    """The yardstick on the very server of the registry: the same files but for the application."""
    place = layout("yardstick-server")
    shutil.rmtree(place / "registry")
    shutil.copytree(YARDSTICK, place / "registry")
    return Registry("yardstick", place, env={"JAVA_OPTS": f"-Dyardstick.folder={folder}"})


class Postgres:
    """A cluster of its own, with the defaults of PostgreSQL."""

    def __init__(self):
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
        if not found:
            fail("PostgreSQL is missing (Debian: apt-get install postgresql-15)")
        self.bin = found[-1].parent
        self.data = Path("/tmp") / f"mdlibs-bench-postgresql-{os.getpid()}"
        self.data.mkdir()
        # It refuses to run as root.
        self.user = "postgres" if os.geteuid() == 0 else None
        if self.user:
            shutil.chown(self.data, self.user)
        self.port = free_port()
        self.run("initdb", "-D", self.data, "-U", "mdlibs", "-E", "UTF8", "--locale=C.UTF-8", "--auth=trust")
        self.run("pg_ctl", "-D", self.data, "-w", "-l", self.data / "log", "-o", f"-p {self.port} -k {self.data}", "start")
        self.run("createdb", "-h", self.data, "-p", self.port, "-U", "mdlibs", "registry")

    def run(self, program, *args):
        subprocess.run(
            [str(part) for part in [self.bin / program, *args]],
            user=self.user, cwd="/tmp", check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip

    @property
    def url(self):
        return f"postgresql://mdlibs:x@127.0.0.1:{self.port}/registry"

    def query(self, sql):
        """The rows that a query finds, each a list of texts."""
        command = [self.bin / "psql", "-h", self.data, "-p", self.port, "-U", "mdlibs", "-AtqF|", "-v", "ON_ERROR_STOP=1", "-c", sql, "registry"]
        found = subprocess.run(
            [str(part) for part in command], user=self.user, cwd="/tmp", check=True, capture_output=True, text=True
        )  # fmt: skip
        return [line.split("|") for line in found.stdout.splitlines()]

    def restart(self):
        """Stops it, whatever is under way, and starts it again."""
        self.run("pg_ctl", "-D", self.data, "-w", "-l", self.data / "log", "-m", "fast", "restart")

    def stop(self):
        self.run("pg_ctl", "-D", self.data, "-m", "fast", "stop")
        shutil.rmtree(self.data)


class S3:
    """The tests' S3 server on a folder of its own, with one empty bucket, `bench`."""

    def __init__(self):
        if not S3PROXY.exists():
            fail("build first: ./mvnw -f all.xml package -DskipTests")
        folder = WORK / "s3"
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "data").mkdir(parents=True)
        (folder / "data/bench").mkdir(mode=0o700)
        self.port = free_port()
        (folder / "properties").write_text(
            f"s3proxy.endpoint=http://127.0.0.1:{self.port}\ns3proxy.authorization=aws-v2-or-v4\ns3proxy.identity=bench\n"
            f"s3proxy.credential={PASSWORD}\njclouds.provider=filesystem-nio2\njclouds.filesystem.basedir={folder}/data\n"
        )
        self.process = subprocess.Popen(
            ["java", "-jar", S3PROXY, "--properties", folder / "properties"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        wait_for(self.port)

    @property
    def settings(self):
        """What the registry has to know of it."""
        return {
            "MDLIBS_STORAGE": "s3://bench",
            "MDLIBS_S3_ENDPOINT": f"http://127.0.0.1:{self.port}",
            "MDLIBS_S3_ACCESS_KEY": "bench",
            "MDLIBS_S3_SECRET_KEY": PASSWORD,
        }

    def stop(self):
        self.process.kill()
        self.process.wait()
