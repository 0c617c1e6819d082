-- The names before the slash of @scope/name. One table for users and teams makes them unique; a row
-- is never deleted, so that nobody inherits the references to another's libraries.
create table namespaces (
  id          text primary key,
  name        text not null unique,
  scope_type  text not null check (scope_type in ('user', 'team')),
  quota_bytes integer,
  used_bytes  integer not null default 0,
  created_at  timestamp not null
);

create table users (
  id            text primary key references namespaces (id),
  username      text not null unique,
  email         text not null,
  email_key     text not null unique,
  password_hash text,
  role          text not null,
  suspended     boolean not null default false,
  issuer        text,
  subject       text,
  created_at    timestamp not null,
  updated_at    timestamp not null,
  unique (issuer, subject)
);

create table teams (
  id           text primary key references namespaces (id),
  name         text not null unique,
  display_name text not null,
  created_at   timestamp not null,
  created_by   text references users (id)
);

create table team_members (
  team_id   text not null references teams (id) on delete cascade,
  user_id   text not null references users (id) on delete cascade,
  role      text not null check (role in ('admin', 'member')),
  joined_at timestamp not null,
  primary key (team_id, user_id)
);
create index team_members_user on team_members (user_id);

-- Login tokens by their jti; API tokens by their hash.
create table tokens (
  id           text primary key,
  user_id      text not null references users (id) on delete cascade,
  kind         text not null check (kind in ('login', 'api')),
  token_hash   blob unique,
  name         text not null,
  scopes       text not null,
  created_at   timestamp not null,
  expires_at   timestamp,
  last_used_at timestamp,
  revoked_at   timestamp
);
create index tokens_user on tokens (user_id, kind);

create table signing_keys (
  generation integer primary key,
  kid        text not null unique,
  jwk        text not null,
  created_at timestamp not null
);

-- A library; description, tags and licence are those of its latest version.
create table libraries (
  seq            integer primary key,
  id             text not null unique,
  scope_type     text not null,
  scope_id       text not null references namespaces (id),
  scope          text not null,
  name           text not null,
  visibility     text not null check (visibility in ('public', 'private')),
  deprecation    text,
  latest_version text,
  description    text,
  tags           text not null default '',
  license        text,
  downloads      integer not null default 0,
  versions_count integer not null default 0,
  created_by     text not null,
  created_at     timestamp not null,
  updated_at     timestamp not null,
  unique (scope_id, name)
);
create unique index libraries_reference on libraries (scope, name);
create index libraries_by_name on libraries (name, seq);
create index libraries_by_downloads on libraries (downloads, seq);
create index libraries_by_created_at on libraries (created_at, seq);
create index libraries_by_updated_at on libraries (updated_at, seq);
create index libraries_by_license on libraries (license, seq);

create table library_tags (
  tag     text not null,
  library integer not null references libraries (seq) on delete cascade,
  primary key (tag, library)
);
create index library_tags_library on library_tags (library);

-- precedence orders as SemVer does when compared byte by byte.
create table library_versions (
  id           text primary key,
  library_id   text not null references libraries (id),
  version      text not null,
  version_key  text not null,
  precedence   text not null,
  prerelease   boolean not null,
  description  text,
  tags         text not null default '',
  license      text,
  storage_path text not null,
  size_bytes   integer not null,
  checksum     text not null,
  downloads    integer not null default 0,
  yanked_at    timestamp,
  deleted_at   timestamp,
  created_by   text not null,
  created_at   timestamp not null,
  unique (library_id, version_key)
);
create index library_versions_order on library_versions (library_id, precedence desc);

-- Downloads a day (days since 1970-01-01, UTC), not one row each: no address of anybody is kept. The nil UUID
-- is an anonymous caller.
create table downloads (
  version_id    text not null references library_versions (id) on delete cascade,
  day           integer not null,
  downloaded_by text not null,
  count         integer not null,
  primary key (version_id, day, downloaded_by)
);
create index downloads_day on downloads (day);

-- The words of each library, by its seq, as Terms cuts them: the tokenizer has only to split at spaces, so
-- every character that a term may hold counts as one of a word.
create virtual table library_search using fts5 (
  name, tags, scope, description,
  content = '', contentless_delete = 1, prefix = '1 2 3',
  tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* Co Cn'"
);
