"""What is asked of the servers, and how fast they answer."""

import http.client
import os
import random
import re
import subprocess
import threading
import time

from archives import multipart
from servers import fail

CONNECTIONS = 32
COMMON = "documentation"
LESS = "guideline"


def wrk(server, path, seconds, connections=CONNECTIONS, script=None, env=None, refusals=False):
    """Good answers per second; with others it fails, unless refusals are expected: then a pair of good and refused."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s"]
    if script:
        command += ["-s", str(script)]
    command.append(f"http://127.0.0.1:{server.port}{path}")
    out = subprocess.run(command, env=os.environ | (env or {}), capture_output=True, text=True, check=True).stdout
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", out)
    if (bad and not refusals) or "Socket errors" in out:
        fail(f"{server.name}: {' '.join(command)}\n{out}")
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1))
    if not refusals:
        return rate
    total = int(re.search(r"(\d+) requests in", out).group(1))
    refused = rate * (int(bad.group(1)) if bad else 0) / total
    return rate - refused, refused


def descriptions(count):
    """Descriptions of 20 words: some words in many, most in few."""
    source = random.Random(7)
    weights = [1 / (rank + 10) for rank in range(20_000)]
    accumulated = []
    total = 0.0
    for weight in weights:
        total += weight
        accumulated.append(total)
    for number in range(count):
        words = [f"w{rank:05d}" for rank in source.choices(range(20_000), cum_weights=accumulated, k=18)]
        words.insert(3, COMMON if number % 10 < 3 else "text")
        words.insert(6, LESS if number % 67 == 0 else "note")
        yield f"library-{number:05d}", " ".join(words), [f"t{number % 50}", "bench"]


def fill(server, data, count):
    """Publishes the libraries by eight threads."""
    todo = iter(descriptions(count))
    lock = threading.Lock()
    failures = []

    def work():
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        while not failures:
            with lock:
                item = next(todo, None)
            if item is None:
                return
            name, text, tags = item
            fields = {"name": name, "version": "1.0.0", "description": text, "tags": ",".join(tags)}
            body, kind = multipart(data, fields)
            headers = {"Content-Type": kind, "Authorization": "Bearer " + server.token}
            connection.request("POST", "/api/v1/libraries", body, headers)
            answer = connection.getresponse()
            text = answer.read()
            if answer.status != 201:
                failures.append((answer.status, text[:500]))

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        fail(f"publishing: {failures[0]}")


def downloads(server, path, seconds):
    """Downloads a second by eight threads, each with a connection to the registry and one to where it leads."""
    end = time.monotonic() + seconds
    counts = []

    def work():
        connections = {}
        count = 0
        while time.monotonic() < end:
            host, target = f"127.0.0.1:{server.port}", path
            for _ in range(2):
                connection = connections.setdefault(host, http.client.HTTPConnection(host, timeout=60))
                connection.request("GET", target)
                answer = connection.getresponse()
                body = answer.read()
                if answer.status != 307:
                    break
                host, target = re.fullmatch(r"http://([^/]+)(/.*)", answer.headers["Location"]).groups()
            if answer.status != 200 or not body:
                fail(f"{server.name}: {answer.status} {body[:300]}")
            count += 1
        counts.append(count)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / seconds


def latencies(server, query, options):
    """Milliseconds of each search, after a warm-up."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    times = []
    for turn in range(options.searches * 2):
        begin = time.perf_counter()
        connection.request("GET", "/api/v1/libraries?" + query())
        answer = connection.getresponse()
        body = answer.read()
        taken = (time.perf_counter() - begin) * 1000
        if answer.status != 200:
            fail(f"search: {answer.status} {body[:500]}")
        if turn >= options.searches:
            times.append(taken)
    return times
