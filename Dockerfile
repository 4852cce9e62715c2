# check=error=true
# dlint in an image: docker build -t dlint . && docker run --rm -v "$PWD:/work:ro" dlint
FROM rust:1.91.0-alpine3.22 AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    cargo build --release --locked && cp target/release/dlint /dlint

# dlint ignore=missing-healthcheck it reads files and ends: there is nothing to ask
FROM scratch
LABEL org.opencontainers.image.title="dlint" \
      org.opencontainers.image.description="Linter for Dockerfiles, Compose files and daemon.json" \
      org.opencontainers.image.source="https://github.com/dlint/dlint" \
      org.opencontainers.image.licenses="MIT OR Apache-2.0"
COPY --from=build /dlint /usr/local/bin/dlint
WORKDIR /work
USER 65532:65532
ENTRYPOINT ["/usr/local/bin/dlint"]
