#!/bin/sh
# Run once by the postgres image, when the database volume is still empty. The service signs in as a plain role
# that owns its own database: a superuser would see past row-level security.
set -eu
psql --set ON_ERROR_STOP=1 --set password="$APPLICATION_PASSWORD" --username "$POSTGRES_USER" --dbname postgres <<'SQL'
CREATE ROLE protocol LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'password';
CREATE DATABASE protocol OWNER protocol ENCODING 'UTF8';
SQL
