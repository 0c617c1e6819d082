# The mdlibs registry as an image; docs/operations.md (As a container) tells how it is run.
#
#   docker build -t mdlibs-registry .                         builds it from the sources
#   docker build -t mdlibs-registry --build-arg JAR=built .   takes the jar that a build has left in target/
#
# The bases are pinned by tag and digest, as docker-library/repo-info had them on 2026-09-25. To take a newer one, or one
# of your own mirror: --build-arg JRE=… (any JRE of Java 17 or later with a shell, on glibc), --build-arg JDK=….
ARG JDK=eclipse-temurin:17.0.20.1_1-jdk-noble@sha256:f40e36986cce86a25d83ee8fb53694b87675203c1b4741f70f65f881f43358bb
ARG JRE=eclipse-temurin:17.0.20.1_1-jre-noble@sha256:631290fcf272e36dfc1dcf1c5eebf2179baa8dec67387f817c6709393a655b5b
ARG JAR=sources

FROM ${JDK} AS sources
# Without unzip ./mvnw takes another archive of Maven than the one whose checksum it knows. Nothing of this stage is in the image.
# hadolint ignore=DL3008
RUN apt-get update && apt-get install -y --no-install-recommends unzip && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY mvnw all.xml pom.xml ./
COPY .mvn .mvn
COPY datasource datasource
COPY src src
COPY client client
COPY runnable runnable
# What the build asks for, though nothing of it is built here.
COPY cli/pom.xml cli/
COPY bench/yardstick/pom.xml bench/yardstick/
COPY docs/openapi.yaml docs/
RUN --mount=type=cache,target=/root/.m2 ./mvnw -B -q -f all.xml package -pl :mdlibs-runnable -am -DskipTests

FROM scratch AS built
COPY target/mdlibs-registry.jar /build/target/

FROM ${JAR} AS jar

# Laid out, and with the archive of class-data sharing: it is made by the very virtual machine that uses it.
FROM ${JRE} AS laid-out
COPY --from=jar /build/target/mdlibs-registry.jar /build/
# Whole seconds: layers keep no parts of them, and the archive counts only for jars of the same time.
RUN java -jar /build/mdlibs-registry.jar --unpack /opt/mdlibs \
    && find /opt/mdlibs -exec touch -d "@$(date +%s)" {} + \
    && /opt/mdlibs/mdlibs-registry --prepare

FROM ${JRE}
ARG VERSION=0.1.0-SNAPSHOT
ARG REVISION=unknown
LABEL org.opencontainers.image.title="mdlibs registry" \
      org.opencontainers.image.description="Registry of versioned markdown libraries" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
# A number that no account of a host has, and numbers below, since Kubernetes knows by them that it is not root.
RUN groupadd --gid 10001 mdlibs \
    && useradd --uid 10001 --gid 10001 --no-log-init --no-create-home --home-dir /var/lib/mdlibs --shell /usr/sbin/nologin mdlibs \
    && install -d -o 10001 -g 10001 -m 750 /var/lib/mdlibs /var/lib/mdlibs/storage
COPY --from=laid-out /opt/mdlibs /opt/mdlibs
# The heap in percent of the container's limit. The rest is for classes, compiled code, threads, buffers: some 250 MB.
ENV MDLIBS_HOME=/var/lib/mdlibs \
    MAX_RAM_PERCENTAGE=50
USER 10001:10001
WORKDIR /var/lib/mdlibs
# The only folder that is written to; the rest may be read-only.
VOLUME /var/lib/mdlibs
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=10s --start-period=60s --retries=3 CMD ["/opt/mdlibs/mdlibs-registry", "--health"]
# The launcher becomes the virtual machine (exec), which so is process 1 and hears SIGTERM itself.
ENTRYPOINT ["/opt/mdlibs/mdlibs-registry"]
