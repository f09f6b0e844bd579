#!/bin/sh
# Run once by the postgres image, when the database volume is still empty. One role owns the tables and migrates
# them; the web and the clock sign in as roles that own nothing. None is a superuser: those see past row-level security.
set -eu
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
  --set owner="$OWNER_PASSWORD" --set web="$WEB_PASSWORD" --set work="$WORK_PASSWORD" <<'SQL'
CREATE ROLE protocol LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'owner';
CREATE ROLE protocol_web LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'web';
CREATE ROLE protocol_work LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'work';
CREATE DATABASE protocol OWNER protocol ENCODING 'UTF8';
SQL
