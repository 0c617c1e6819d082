-- The names before the slash of @scope/name. One table for users and teams makes them unique; a row
-- is never deleted, so that nobody inherits the references to another's libraries.
create table namespaces (
  id          uuid primary key,
  name        text not null unique,
  scope_type  text not null check (scope_type in ('user', 'team')),
  quota_bytes bigint,
  used_bytes  bigint not null default 0,
  created_at  timestamptz not null
);

create table users (
  id            uuid primary key references namespaces (id),
  username      text not null unique,
  email         text not null,
  email_key     text not null unique,
  password_hash text,
  role          text not null,
  suspended     boolean not null default false,
  issuer        text,
  subject       text,
  created_at    timestamptz not null,
  updated_at    timestamptz not null,
  unique (issuer, subject)
);

create table teams (
  id           uuid primary key references namespaces (id),
  name         text not null unique,
  display_name text not null,
  created_at   timestamptz not null,
  created_by   uuid references users (id)
);

create table team_members (
  team_id   uuid not null references teams (id) on delete cascade,
  user_id   uuid not null references users (id) on delete cascade,
  role      text not null check (role in ('admin', 'member')),
  joined_at timestamptz not null,
  primary key (team_id, user_id)
);
create index team_members_user on team_members (user_id);

-- Login tokens by their jti; API tokens by their hash.
create table tokens (
  id           uuid primary key,
  user_id      uuid not null references users (id) on delete cascade,
  kind         text not null check (kind in ('login', 'api')),
  token_hash   bytea unique,
  name         text not null,
  scopes       text not null,
  created_at   timestamptz not null,
  expires_at   timestamptz,
  last_used_at timestamptz,
  revoked_at   timestamptz
);
create index tokens_user on tokens (user_id, kind);

create table signing_keys (
  generation integer primary key,
  kid        text not null unique,
  jwk        text not null,
  created_at timestamptz not null
);

-- A library; description, tags and licence are those of its latest version.
create table libraries (
  seq            bigint generated always as identity primary key,
  id             uuid not null unique,
  scope_type     text not null,
  scope_id       uuid not null references namespaces (id),
  scope          text not null,
  name           text not null,
  visibility     text not null check (visibility in ('public', 'private')),
  deprecation    text,
  latest_version text,
  description    text,
  tags           text not null default '',
  license        text,
  downloads      bigint not null default 0,
  versions_count integer not null default 0,
  created_by     uuid not null,
  created_at     timestamptz not null,
  updated_at     timestamptz not null,
  search         tsvector,
  unique (scope_id, name)
);
create unique index libraries_reference on libraries (scope, name);
create index libraries_search on libraries using gin (search) with (fastupdate = off);
create index libraries_by_name on libraries (name, seq);
create index libraries_by_downloads on libraries (downloads, seq);
create index libraries_by_created_at on libraries (created_at, seq);
create index libraries_by_updated_at on libraries (updated_at, seq);
create index libraries_by_license on libraries (license, seq);

create table library_tags (
  tag     text not null,
  library bigint not null references libraries (seq) on delete cascade,
  primary key (tag, library)
);
create index library_tags_library on library_tags (library);

-- precedence orders as SemVer does when compared byte by byte.
create table library_versions (
  id           uuid primary key,
  library_id   uuid not null references libraries (id),
  version      text not null,
  version_key  text not null,
  precedence   text collate "C" not null,
  prerelease   boolean not null,
  description  text,
  tags         text not null default '',
  license      text,
  storage_path text not null,
  size_bytes   bigint not null,
  checksum     text not null,
  downloads    bigint not null default 0,
  yanked_at    timestamptz,
  deleted_at   timestamptz,
  created_by   uuid not null,
  created_at   timestamptz not null,
  unique (library_id, version_key)
);
create index library_versions_order on library_versions (library_id, precedence desc);

-- Downloads a day (days since 1970-01-01, UTC), not one row each: no address of anybody is kept. The nil UUID
-- is an anonymous caller.
create table downloads (
  version_id    uuid not null references library_versions (id) on delete cascade,
  day           integer not null,
  downloaded_by uuid not null,
  count         bigint not null,
  primary key (version_id, day, downloaded_by)
);
create index downloads_day on downloads (day);
