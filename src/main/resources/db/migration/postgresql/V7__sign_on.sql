-- Keys of which every node needs the same: of the cookie that carries a single sign-on under way.
create table cookie_keys (
  name       text primary key,
  secret     bytea not null,
  created_at timestamptz not null
);

-- Devices that wait for a person to confirm them (RFC 8628). Codes are kept as SHA-256 alone.
create table device_requests (
  id               uuid primary key,
  device_code_hash bytea not null unique,
  user_code_hash   bytea not null unique,
  client_name      text not null,
  scopes           text not null,
  address          text not null,
  status           text not null check (status in ('pending', 'approved', 'denied', 'used')),
  user_id          uuid references users (id) on delete cascade,
  interval_seconds integer not null,
  polled_at        timestamptz,
  created_at       timestamptz not null,
  expires_at       timestamptz not null
);
create index device_requests_expiry on device_requests (expires_at);
create index device_requests_address on device_requests (address);

-- Codes that somebody typed and no device shows, for a while: against guessing.
create table device_misses (
  id        uuid primary key,
  user_id   uuid not null references users (id) on delete cascade,
  address   text not null,
  missed_at timestamptz not null
);
create index device_misses_user on device_misses (user_id, missed_at);
create index device_misses_address on device_misses (address, missed_at);
