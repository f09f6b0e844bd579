# One image for web, worker, beat and the one-shot migration: docker-compose.yml says which command each runs.

# Style sheets and scripts, from the locked npm packages.
FROM node:20-bookworm-slim AS front-end
WORKDIR /service
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY static static
RUN npm run build

# Python packages; psycopg2 is compiled here against the libpq it will run with.
FROM python:3.11-slim-bookworm AS packages
RUN apt-get update \
    && apt-get install -y --no-install-recommends gcc libc6-dev libpq-dev \
    && rm -rf /var/lib/apt/lists/*
RUN python -m venv /opt/packages
COPY requirements-image.txt .
RUN /opt/packages/bin/pip install --no-cache-dir --require-hashes -r requirements-image.txt

FROM python:3.11-slim-bookworm
# For the letters: without libharfbuzz-subset0 a PDF takes about seven times as long.
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        fonts-liberation2 \
        libharfbuzz-subset0 \
        libpango-1.0-0 \
        libpangoft2-1.0-0 \
        libpq5 \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/protocol protocol

ENV PATH=/opt/packages/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    ENVIRONMENT=production \
    STATIC_ROOT=/service/staticfiles \
    VAR_DIR=/var/lib/protocol

COPY --from=packages /opt/packages /opt/packages
WORKDIR /service
COPY . .
COPY --from=front-end /service/static/build static/build
# The key signs nothing: collecting files needs one only because production refuses to start without.
RUN SECRET_KEY=only-while-collecting-static-files VAR_DIR=/tmp/var python manage.py collectstatic --noinput \
    && rm -rf /tmp/var

USER protocol
VOLUME /var/lib/protocol
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["python", "setup/image/is_healthy.py"]
# WEB_CONCURRENCY says how many workers; each handles one request at a time. Its line of a request names no address and
# no page before: some addresses are keys themselves (a calendar's, an invitation's). The id leads to the trail and the log.
CMD ["gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "sync", "--timeout", "60", "--max-requests", "2000", "--max-requests-jitter", "200", "--worker-tmp-dir", "/dev/shm", "--access-logfile", "-", "--access-logformat", "%(t)s %(m)s %(s)s %(b)s bytes %(M)s ms [%({x-request-id}o)s]"]
