# check=error=true
# dlint in an image: docker build -t dlint . && docker run --rm -v "$PWD:/work:ro" dlint
FROM rust:1.95.0-slim-bookworm@sha256:d7482085ff5b415f84dba5647ae71606650bdef00db7aeb69f4b3d170c3e4082 AS build
WORKDIR /src
COPY . .
# Linked statically, it needs nothing around it. Where a target is named, this holds for the program and not for macros.
ENV RUSTFLAGS="-C target-feature=+crt-static"
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    target=$(rustc --print host-tuple) && \
    cargo build --release --locked --target "$target" && \
    cp "target/$target/release/dlint" /dlint

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
